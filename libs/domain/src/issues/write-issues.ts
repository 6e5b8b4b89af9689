import type { AdministrationId, RelationId, SourceRelationId } from '../kernel/index.js';
import type { Issue } from './issue.js';

/** Of a write that failed or is in doubt only the latest of these stands. */
export const writeFailures = [
  'write-refused',
  'write-uncertain',
  'write-exists',
  'write-forbidden',
  'reference-invalid',
  'ledger-account-unusable',
  'period-closed',
  'role-missing',
] as const;

/** What people are told when a write failed or is in doubt. */
export type WriteFailure = (typeof writeFailures)[number];

/** What people are told of a write that did not simply succeed. */
export type WriteIssue = WriteFailure | 'account-kept' | 'account-alike';

/** What a write is about. */
export interface WriteSubject {
  readonly administrationId: AdministrationId;
  readonly relationId: RelationId;
  /** Null for an account that is to be made. */
  readonly sourceRelationId: SourceRelationId | null;
  /** Which of the account's contact persons, addresses and bank accounts; none when it is about the account itself. */
  readonly partKey?: string;
}

/** The cause key: one issue per account, part of one, or account that is to be made, however many writes to it fail. */
export function writeIssueOf(cause: WriteIssue, subject: WriteSubject): string {
  const { sourceRelationId, partKey, relationId, administrationId } = subject;
  const about = partKey === undefined ? '' : `:${partKey}`;
  return `${cause}:${sourceRelationId ?? `${relationId}:${administrationId}`}${about}`;
}

/** The cause keys of all that people may have been told. */
export function writeIssuesOf(subject: WriteSubject): string[] {
  const causes: readonly WriteIssue[] = [...writeFailures, 'account-kept', 'account-alike'];
  return causes.map((cause) => writeIssueOf(cause, subject));
}

/** Whether it is about values that were meant for an account and are not there. */
export function isWriteFailure(cause: string): cause is WriteFailure {
  return writeFailures.some((one) => one === cause);
}

/**
 * The fields that an issue about a write tells are not written; undefined when it is about all of it: a new account, or an issue that does
 * not say.
 */
export function unwrittenFields({ params }: Pick<Issue, 'params'>): readonly string[] | undefined {
  const { fields } = params;
  return fields === undefined ? undefined : String(fields).split(' ');
}

/** The same fields as a parameter. */
export function unwrittenParam(fields: Iterable<string>): { readonly fields: string } {
  return { fields: [...new Set(fields)].sort().join(' ') };
}

/** The issue when only these of its fields are not written any more. */
export function aboutFields(issue: Issue, fields: readonly string[]): Issue {
  return { ...issue, params: { ...issue.params, ...unwrittenParam(fields) }, version: issue.version + 1 };
}

/** What is told of beside the given fields; nothing when either of them is about all there is. */
export function fieldsLeft(
  told: readonly string[] | undefined,
  fields: readonly string[] | undefined,
): readonly string[] {
  return fields && told ? told.filter((field) => !fields.includes(field)) : [];
}

const reasonMax = 500;

/** What one issue of two failures says: the reason of fields that are told of already stays to be read. */
export function paramsOfBoth(earlier: Pick<Issue, 'params'>, latest: Pick<Issue, 'params'>): Issue['params'] {
  const others = fieldsLeft(unwrittenFields(earlier), unwrittenFields(latest));
  if (others.length === 0) return latest.params;
  const reasons = [latest, earlier].map(({ params }) => String(params['reason'] ?? ''));
  const reason = [...new Set(reasons)].join(' / ').slice(0, reasonMax);
  return { ...latest.params, reason, ...unwrittenParam([...others, ...(unwrittenFields(latest) ?? [])]) };
}

/** The same of an account that was to be made for the relation. */
export function createIssuesOf(relationId: RelationId, administrationId: AdministrationId): string[] {
  return writeIssuesOf({ relationId, administrationId, sourceRelationId: null });
}
