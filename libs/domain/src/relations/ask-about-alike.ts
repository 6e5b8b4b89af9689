import type { IssuesTx } from '../issues/index.js';
import {
  asId,
  type AdministrationId,
  type OutboxTx,
  type RelationId,
  type SourceRelationId,
  type WriteIntentId,
} from '../kernel/index.js';
import type { WriteIntentsTx } from '../sync/index.js';
import { isAwaitingAnswer } from './awaiting-answer.js';
import { openProposals } from './open-proposals.js';
import type { LinkedMember } from './members.js';
import type { JudgementsTx } from './judgements.port.js';
import type { LinksTx } from './links.port.js';
import type { MatchModelTx } from './match-model.port.js';
import { comparePair } from './matching/index.js';
import type { ProposalsTx } from './proposals.port.js';
import type { SourceRelation } from './source-relation.js';
import type { SourceRelationsTx } from './source-relations.port.js';

export type AskAboutAlikeTx = ProposalsTx &
  JudgementsTx &
  MatchModelTx &
  IssuesTx &
  LinksTx &
  SourceRelationsTx;

/** Asks whether the account is the relation, unless that is asked or answered; only of an account that belongs to another one. */
export async function askAboutAlike(
  tx: AskAboutAlikeTx,
  about: { readonly relationId: RelationId; readonly account: SourceRelation },
  facts: { readonly newId: () => string; readonly now: Date },
): Promise<void> {
  const links = await tx.links.findOfRelations([about.relationId]);
  const own = links.filter(({ state }) => state === 'linked').map(({ sourceRelationId: id }) => id);
  const ids: SourceRelationId[] = [...new Set([...own, about.account.id])];
  const accounts = new Map(
    (await tx.sourceRelations.findComparablesOf(ids)).map((comparable) => [comparable.record.id, comparable]),
  );
  const found = accounts.get(about.account.id);
  if (!found) return;
  const [likest] = own
    .flatMap((id) => accounts.get(id) ?? [])
    .map(({ record }) => comparePair(record, found.record))
    .sort((one, other) => other.score - one.score);
  if (likest)
    await openProposals(
      tx,
      { accounts, questions: [{ verdict: likest, double: null }] },
      { ...facts, runId: null },
    );
}

/** Two relations that a person kept apart, with the accounts of each. */
interface KeptApart {
  readonly relations: readonly { readonly id: RelationId }[];
  readonly members: readonly (readonly LinkedMember[])[];
  readonly now: Date;
}

/**
 * An account that was not made because one there may be the same, or waits for that answer, is made after all, now that a person said that it is not. Whoever ignored
 * that it was not made wants none.
 */
export async function createAfterAll(
  tx: IssuesTx & WriteIntentsTx & OutboxTx,
  { relations, members, now }: KeptApart,
  byName: string,
): Promise<void> {
  for (const [side, { id: relationId }] of relations.entries()) {
    const there = new Set((members[1 - side] ?? []).map(({ source }) => source.administrationId));
    await wakeWaiting(tx, { relationId, there }, now);
    const told = await tx.issues.findOpen(`account-alike:${relationId}:`);
    for (const { causeKey, administrationId, params } of told) {
      if (administrationId === null || !there.has(administrationId)) continue;
      await tx.issues.resolve([causeKey], now, byName);
      await planAgain(tx, asId<WriteIntentId>(String(params['intentId'])), now);
    }
  }
}

/** Those that were meant with many others waited for this answer. */
async function wakeWaiting(
  tx: WriteIntentsTx & OutboxTx,
  at: { readonly relationId: RelationId; readonly there: ReadonlySet<AdministrationId> },
  now: Date,
): Promise<void> {
  for (const { id, administrationId } of await tx.writeIntents.findOpenCreatesOf([at.relationId])) {
    if (!at.there.has(administrationId)) continue;
    const create = await tx.writeIntents.findByIdForUpdate(id);
    if (!create || !isAwaitingAnswer(create)) continue;
    await tx.writeIntents.save({ ...create, dueAt: now });
    await tx.outbox.add({ kind: 'send-write', intentId: id });
  }
}

async function planAgain(tx: WriteIntentsTx & OutboxTx, intentId: WriteIntentId, now: Date): Promise<void> {
  const intent = await tx.writeIntents.findByIdForUpdate(intentId);
  if (intent?.state !== 'failed' || intent.failure?.kind !== 'alike') return;
  if (await tx.writeIntents.findOpenCreate(intent.relationId, intent.administrationId)) return;
  // The tries go on counting: by them a worker that stood still is told from the one that took over.
  const fresh = { state: 'planned', failure: null, settledAt: null, sentAt: null } as const;
  const again = { triesBefore: intent.attempts, createdAt: now, dueAt: now };
  await tx.writeIntents.save({ ...intent, ...fresh, ...again });
  await tx.outbox.add({ kind: 'send-write', intentId: intent.id });
}
