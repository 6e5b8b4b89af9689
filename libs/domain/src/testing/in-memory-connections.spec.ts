import { describeConnectionsContract } from './connections.contract.js';
import { InMemoryConnections } from './in-memory-connections.js';

describeConnectionsContract(async () => new InMemoryConnections());
