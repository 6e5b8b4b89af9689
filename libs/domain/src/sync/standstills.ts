import { closedIssue, type Issue, type IssuesTx } from '../issues/index.js';
import { systemActor, type AdministrationId } from '../kernel/index.js';
import { dataKindOfPart, type DataKind } from './data-kind.js';

/** The key of a closed endpoint that writes of the kind wait for: each has its own end, and opens by itself. */
export function closedToWrites(id: AdministrationId, kind: DataKind): string {
  return `endpoint-suspended:${id}:writes:${kind}`;
}

/** The keys of what lets the writes of an administration wait until a known moment; that Exact is silent is over with any answer. */
export function standstillsOf(id: AdministrationId): readonly string[] {
  const kinds: readonly DataKind[] = ['accounts', ...Object.values(dataKindOfPart)];
  return [...kinds.map((kind) => closedToWrites(id, kind)), `day-limit-reached:${id}`, `exact-silent:${id}`];
}

const standstills = ['endpoint-suspended', 'day-limit-reached'];

/**
 * Whether an issue tells of a standstill that lasts: a write that arrived before its end proves nothing, since fetching leaves part of the day
 * to writes (F31), and another endpoint may be closed.
 */
export function isStandstill(issue: Pick<Issue, 'cause' | 'params'>, now: Date): boolean {
  return standstills.includes(issue.cause) && lasts(issue, now);
}

function lasts({ params }: Pick<Issue, 'params'>, now: Date): boolean {
  return String(params['until'] ?? '') > now.toISOString();
}

/**
 * Closes standstills whose end has come: the write that met one may be wanted no more, or be refused, so that none arrives that would tell.
 * Who meets it again tells it anew.
 */
export async function closePastStandstills(tx: IssuesTx, now: Date): Promise<void> {
  const suspended = await tx.issues.findUnresolvedCauseKeys('endpoint-suspended:');
  const limited = await tx.issues.findUnresolvedCauseKeys('day-limit-reached:');
  const silent = await tx.issues.findUnresolvedCauseKeys('exact-silent:');
  const keys = [...suspended.filter((key) => /:writes(:|$)/.test(key)), ...limited, ...silent];
  for (const issue of await tx.issues.findUnresolvedForUpdate(keys))
    if (!lasts(issue, now)) await tx.issues.save(closedIssue(issue, now, systemActor.name));
}
