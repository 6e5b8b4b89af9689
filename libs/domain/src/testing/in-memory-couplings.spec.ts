import { describeAuthorisationAttemptsContract } from './authorisation-attempts.contract.js';
import { describeCouplingsContract } from './couplings.contract.js';
import { InMemoryAuthorisationAttempts } from './in-memory-authorisation-attempts.js';
import { InMemoryCouplings } from './in-memory-couplings.js';

describeCouplingsContract(async () => new InMemoryCouplings());
describeAuthorisationAttemptsContract(async () => new InMemoryAuthorisationAttempts());
