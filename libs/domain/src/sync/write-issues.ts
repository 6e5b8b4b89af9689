import type { WriteIntent } from './write-intent.js';

/** What people are told of a write that did not simply succeed. */
export type WriteIssue = 'write-refused' | 'write-uncertain';

/** The cause key: one issue per account, or part of one, however many writes to it fail. */
export function writeIssueOf(cause: WriteIssue, { id, sourceRelationId, part }: WriteIntent): string {
  const about = part ? `:${part.kind}:${part.exactId ?? 'new'}` : '';
  return `${cause}:${sourceRelationId ?? id}${about}`;
}

/** The cause keys of all that people may have been told. */
export function writeIssuesOf(intent: WriteIntent): string[] {
  return [writeIssueOf('write-refused', intent), writeIssueOf('write-uncertain', intent)];
}
