import type { SourceRelationId } from '../kernel/index.js';
import { orderedPair } from './judgement.js';
import type { LinksTx } from './links.port.js';
import { comparePair, type LearntModel, type MatchRecord } from './matching/index.js';
import type { Proposal } from './proposal.js';
import type { SourceRelationsTx } from './source-relations.port.js';
import { verdictsOn, type JudgeTx, type Pair } from './verdicts.js';

export type ContradictionTx = LinksTx & SourceRelationsTx & JudgeTx;

/**
 * Whether the two relations of a question hold accounts that may not come together unseen, though the two that the question names
 * may: a person said "not the same", a veto keeps them apart (another KvK number, another company of the group), or one administration
 * has an account on both sides and the question is not about doubles. Merging A with B and A with C would join B and C.
 */
export async function wouldContradict(tx: ContradictionTx, proposal: Proposal): Promise<boolean> {
  const links = await tx.links.findOfRelations([proposal.relationA, proposal.relationB]);
  const linked = links.filter(({ state }) => state === 'linked');
  const idsOf = (relationId: string): SourceRelationId[] => [
    ...new Set(linked.filter((link) => link.relationId === relationId).map((link) => link.sourceRelationId)),
  ];
  const [left, right] = [idsOf(proposal.relationA), idsOf(proposal.relationB)];
  if (left.length + right.length <= 2) return false; // the two that were compared
  const pairs = left.flatMap((one) => right.map((other): Pair => orderedPair(one, other)));
  const said = await verdictsOn(tx, pairs);
  if (said.some(({ verdict }) => verdict === 'different')) return true;
  const learnt = await tx.matchModel.find();
  const comparables = await tx.sourceRelations.findComparablesOf([...left, ...right]);
  const records = new Map(comparables.map(({ record }) => [record.id, record]));
  return said.some(({ sourceA, sourceB, verdict }) => {
    const [one, other] = [records.get(sourceA), records.get(sourceB)];
    if (!one || !other || verdict === 'same') return false;
    return keepsApart({ one, other, proposal, learnt });
  });
}

interface Facing {
  readonly one: MatchRecord;
  readonly other: MatchRecord;
  readonly proposal: Proposal;
  readonly learnt: LearntModel | undefined;
}

function keepsApart({ one, other, proposal, learnt }: Facing): boolean {
  if (proposal.kind === 'match' && one.administrationId === other.administrationId) return true;
  return comparePair(one, other, learnt && { learnt }).vetoes.length > 0;
}
