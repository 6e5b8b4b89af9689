export { InMemoryIssues } from './in-memory-issues.js';
export { describeIssuesContract } from './issues.contract.js';
export { sequentialIds } from './sequential-ids.js';
