import type { WriteIntent } from './write-intent.js';

/** What people are told of a write that did not simply succeed. */
export type WriteIssue = 'write-refused' | 'write-uncertain' | 'account-alike';

/** The cause key: one issue per account, part of one, or account that is to be made, however many writes to it fail. */
export function writeIssueOf(cause: WriteIssue, intent: WriteIntent): string {
  const { sourceRelationId, part, relationId, administrationId } = intent;
  const about = part ? `:${part.kind}:${part.exactId ?? 'new'}` : '';
  return `${cause}:${sourceRelationId ?? `${relationId}:${administrationId}`}${about}`;
}

/** The cause keys of all that people may have been told. */
export function writeIssuesOf(intent: WriteIntent): string[] {
  const causes: readonly WriteIssue[] = ['write-refused', 'write-uncertain', 'account-alike'];
  return causes.map((cause) => writeIssueOf(cause, intent));
}
