export { InMemoryIssues } from './in-memory-issues.js';
export { describeIssuesContract } from './issues.contract.js';
export { sequentialIds } from './sequential-ids.js';
export { InMemoryInvoiceNumbers } from './in-memory-invoice-numbers.js';
export { InMemorySettings } from './in-memory-settings.js';
export { describeInvoiceNumbersContract } from './invoice-numbers.contract.js';
export { describeSettingsContract } from './settings.contract.js';
