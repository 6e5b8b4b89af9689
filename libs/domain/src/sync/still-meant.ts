import { writeIssuesOf, type IssuesTx } from '../issues/index.js';
import { systemActor } from '../kernel/index.js';
import {
  findSurvivor,
  isAnonymised,
  subjectOf,
  type LinksTx,
  type RelationsTx,
  type SourceRelation,
} from '../relations/index.js';
import type { WriteIntent } from './write-intent.js';
import type { WriteIntentsTx } from './write-intents.port.js';

/**
 * Whether what was meant may still be written into the account: it belongs to the relation that the write came from, or to the one that
 * this was merged into, and Exact did not make it anonymous.
 */
export async function isStillMeant(
  tx: LinksTx & RelationsTx,
  { relationId }: WriteIntent,
  account: SourceRelation,
): Promise<boolean> {
  if (isAnonymised(account)) return false;
  const links = await tx.links.findOfSources([account.id]);
  if (links.some((link) => link.relationId === relationId)) return true;
  const survivor = await findSurvivor(tx, relationId);
  return survivor !== undefined && links.some((link) => link.relationId === survivor.id);
}

/** Ends a write of which nothing is meant any more, with the questions about it; of an anonymous account no value is kept. */
export async function takeBack(
  tx: WriteIntentsTx & IssuesTx,
  intent: WriteIntent,
  { account, now }: { readonly account: SourceRelation; readonly now: Date },
): Promise<void> {
  const settled = { ...intent, state: 'superseded', failure: null, settledAt: now } as const;
  await tx.writeIntents.save(isAnonymised(account) ? withoutValues(settled) : settled);
  await tx.issues.resolve(writeIssuesOf(subjectOf(intent)), now, systemActor.name);
}

/**
 * Ends a write, with the questions about it: into an administration that takes part no more, so that its values are old once it returns, or that
 * nobody wants any more and that never arrived.
 */
export async function endUpdate(
  tx: WriteIntentsTx & IssuesTx,
  intent: WriteIntent,
  now: Date,
): Promise<void> {
  await tx.writeIntents.save({ ...intent, state: 'superseded', failure: null, settledAt: now });
  await tx.issues.resolve(writeIssuesOf(subjectOf(intent)), now, systemActor.name);
}

/** The write as it is kept once nothing of what was meant may be. */
export function withoutValues(intent: WriteIntent): WriteIntent {
  return intent.part
    ? { ...intent, patch: {}, part: { kind: intent.part.kind, exactId: intent.part.exactId, was: null } }
    : { ...intent, patch: {} };
}
