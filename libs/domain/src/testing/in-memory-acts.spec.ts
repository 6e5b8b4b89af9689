import { describeActsContract } from './acts.contract.js';
import { InMemoryActs } from './in-memory-acts.js';

describeActsContract(async () => new InMemoryActs());
