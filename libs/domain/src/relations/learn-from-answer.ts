import type { ActionsTx } from './actions.port.js';
import { orderedPair } from './judgement.js';
import type { MatchModelTx } from './match-model.port.js';
import { asidePrefix, asideReasonOf, learnAside } from './matching/index.js';
import type { Proposal } from './proposal.js';
import type { ProposalsTx } from './proposals.port.js';

/** Questions that an answer is weighed among: some ten times as many as people answer. */
const questionsMax = 5_000;

export type LearnTx = ProposalsTx & MatchModelTx & ActionsTx;

/**
 * After a "not the same": where the answers by now set questions of its kind aside, those that are open leave the queue at once, and new ones
 * come apart. What joins by itself is learnt by a comparison of everything only.
 */
export async function learnFromAnswer(
  tx: LearnTx,
  { questionKind: kind }: Pick<Proposal, 'questionKind'>,
): Promise<void> {
  if (!kind?.startsWith(asidePrefix)) return;
  const model = await tx.matchModel.find();
  if (!model || kind in model.released) return;
  const noted = await tx.proposals.findOfAsideKinds(questionsMax);
  const acts = noted.map(({ actionId }) => actionId).filter((id) => id !== null);
  const ofBatches = new Set(await tx.actions.findThoseOfBatches(acts));
  const looked = noted.filter(({ actionId }) => actionId === null || !ofBatches.has(actionId));
  const questions = looked.map(({ relationA, relationB, ...question }) => ({
    ...question,
    party: orderedPair(relationA, relationB).join(),
  }));
  const learnt = learnAside(questions, model.aside).get(kind);
  if (!learnt || !(await tx.matchModel.setAside(kind, learnt))) return;
  const reason = { key: asideReasonOf(kind), params: { answers: learnt.answers }, weight: 0 };
  await tx.proposals.setKindAside(kind, learnt.upTo, reason);
}
