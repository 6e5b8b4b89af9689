import { InMemoryIssues } from './in-memory-issues.js';
import { describeIssuesContract } from './issues.contract.js';
import { sequentialIds } from './sequential-ids.js';

describeIssuesContract(async () => new InMemoryIssues(sequentialIds()));
