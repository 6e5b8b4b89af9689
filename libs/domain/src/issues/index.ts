export type { CauseFacts, Text, WayOutKind } from './cause-facts.js';
export { causeTable, factsOfCause, fillText } from './cause-table.js';
export { closedIssue } from './close-issue.js';
export { ignoreBatch, ignoredMax, type IgnoreBatch, type IgnoredBatch } from './ignore-batch.js';
export { ignoreIssue, type IgnoreIssue, type IgnoreIssueError } from './ignore-issue.js';
export {
  issueClasses,
  type Issue,
  type IssueCause,
  type IssueClass,
  type IssueState,
  type Trouble,
} from './issue.js';
export type { Issues, IssuesTx } from './issues.port.js';
export { openIssue } from './open-issue.js';
export {
  reopenIssue,
  undoIgnoring,
  type ReopenIssue,
  type ReopenIssueError,
  type UndoIgnoringError,
} from './reopen-issue.js';
export {
  aboutFields,
  createIssuesOf,
  fieldsLeft,
  paramsOfBoth,
  isWriteFailure,
  unwrittenFields,
  unwrittenParam,
  writeFailures,
  writeIssueOf,
  writeIssuesOf,
  type WriteFailure,
  type WriteIssue,
  type WriteSubject,
} from './write-issues.js';
