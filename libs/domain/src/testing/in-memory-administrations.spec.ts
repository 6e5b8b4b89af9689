import { describeAdministrationsContract } from './administrations.contract.js';
import { InMemoryAdministrations } from './in-memory-administrations.js';

describeAdministrationsContract(async () => new InMemoryAdministrations());
