export type { Issue, IssueCause, IssueClass, IssueState, Trouble } from './issue.js';
export type { Issues, IssuesTx } from './issues.port.js';
