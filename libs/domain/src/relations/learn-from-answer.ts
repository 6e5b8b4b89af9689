import type { ActionsTx } from './actions.port.js';
import { orderedPair } from './judgement.js';
import type { MatchModelTx } from './match-model.port.js';
import { asidePrefix, asideReason, learnAside, type LearntModel } from './matching/index.js';
import type { Proposal } from './proposal.js';
import type { ProposalsTx } from './proposals.port.js';

/** Questions that an answer is weighed among: some ten times as many as people answer. */
const questionsMax = 5_000;

export type LearnTx = ProposalsTx & MatchModelTx & ActionsTx;

/** Whether an answer to it may set others of its kind aside. */
export function mayTeach({ questionKind }: Pick<Proposal, 'questionKind'>): boolean {
  return questionKind?.startsWith(asidePrefix) === true;
}

/**
 * After a "not the same": where the answers by now set questions of its kind aside, those that are open leave the queue at once, and new ones
 * come apart. What joins by itself is learnt by a comparison of everything only.
 */
export async function learnFromAnswer(
  tx: LearnTx,
  { questionKind }: Pick<Proposal, 'questionKind'>,
): Promise<void> {
  const model = await tx.matchModel.find();
  if (model && questionKind !== null && mayTeach({ questionKind }))
    await learnKinds(tx, model, [questionKind]);
}

/** Sets those of the kinds aside that the answers by now set aside, and are not yet. */
export async function learnKinds(tx: LearnTx, model: LearntModel, kinds: readonly string[]): Promise<void> {
  const wanted = kinds.filter((kind) => !(kind in model.released));
  if (wanted.length === 0) return;
  const noted = await tx.proposals.findOfAsideKinds(questionsMax);
  const acts = noted.map(({ actionId }) => actionId).filter((id) => id !== null);
  const ofBatches = new Set(await tx.actions.findThoseOfBatches(acts));
  const looked = noted.filter(({ actionId }) => actionId === null || !ofBatches.has(actionId));
  const questions = looked.map(({ relationA, relationB, ...question }) => ({
    ...question,
    party: orderedPair(relationA, relationB).join(),
  }));
  const learnt = learnAside(questions, model.aside);
  for (const kind of wanted) {
    const found = learnt.get(kind);
    if (found && (await tx.matchModel.setAside(kind, found)))
      await tx.proposals.setKindAside(kind, found.upTo, asideReason(kind, found));
  }
}
