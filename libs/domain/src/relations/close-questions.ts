import type { IssuesTx } from '../issues/index.js';
import { systemActor, type SourceRelationId } from '../kernel/index.js';
import type { Proposal } from './proposal.js';
import type { ProposalsTx } from './proposals.port.js';

export type CloseQuestionsTx = ProposalsTx & IssuesTx;

/** Closes open questions about accounts that are no longer there; their doubles' issues close with the last one. */
export async function closeQuestionsOf(
  tx: CloseQuestionsTx,
  ids: readonly SourceRelationId[],
  now: Date,
): Promise<void> {
  const open = await tx.proposals.findOpenOfSourcesForUpdate(ids);
  await supersede(tx, open, now);
}

/** Marks proposals as overtaken by events. */
export async function supersede(tx: CloseQuestionsTx, open: readonly Proposal[], now: Date): Promise<void> {
  if (open.length === 0) return;
  await tx.proposals.saveMany(
    open.map(
      (proposal) =>
        ({
          ...proposal,
          state: 'superseded',
          isAside: false,
          decidedAt: now,
          version: proposal.version + 1,
        }) as const,
    ),
  );
  await resolveDoubles(tx, open, { now, byName: systemActor.name });
}

/** Resolves the issue of each group of doubles of which no pair waits any more. */
export async function resolveDoubles(
  tx: CloseQuestionsTx,
  closed: readonly Pick<Proposal, 'groupKey'>[],
  by: { readonly now: Date; readonly byName: string },
): Promise<void> {
  const keys = new Set(closed.map(({ groupKey }) => groupKey).filter((key) => key !== null));
  for (const key of keys)
    if ((await tx.proposals.countOpenInGroup(key)) === 0) await tx.issues.resolve([key], by.now, by.byName);
}
