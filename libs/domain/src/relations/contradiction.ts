import type { SourceRelationId } from '../kernel/index.js';
import { orderedPair } from './judgement.js';
import type { JudgementsTx } from './judgements.port.js';
import type { LinksTx } from './links.port.js';
import type { MatchModelTx } from './match-model.port.js';
import { comparePair, type MatchRecord, type Reason } from './matching/index.js';
import type { Proposal } from './proposal.js';
import type { SourceRelationsTx } from './source-relations.port.js';
import { verdictsOn, type Pair } from './verdicts.js';

export type ContradictionTx = LinksTx & SourceRelationsTx & JudgementsTx & MatchModelTx;

/** What a question is about. */
export type AskedRelations = Pick<Proposal, 'kind' | 'relationA' | 'relationB' | 'sourceA' | 'sourceB'>;

/**
 * Whether the two relations of a question hold accounts that may not come together unseen, though the two that the question names
 * may: a person said "not the same", a veto keeps them apart (another KvK number, another company of the group), or one administration
 * has an account on both sides and the question is not about doubles. Merging A with B and A with C would join B and C.
 */
export async function wouldContradict(tx: ContradictionTx, asked: AskedRelations): Promise<boolean> {
  const others = await readOthers(tx, asked);
  const isDouble = others.some(({ one, other }) => one.administrationId === other.administrationId);
  return (asked.kind === 'match' && isDouble) || (await vetoesAmong(tx, others)).length > 0;
}

/** What keeps other accounts of the two relations apart than the two that the question names: each reason once. */
export async function readContradictions(tx: ContradictionTx, asked: AskedRelations): Promise<Reason[]> {
  return vetoesAmong(tx, await readOthers(tx, asked));
}

/** An account of either relation; what persons said of the two. */
interface Facing {
  readonly one: MatchRecord;
  readonly other: MatchRecord;
  readonly said: 'same' | 'different' | 'unsure' | null;
}

async function readOthers(tx: ContradictionTx, asked: AskedRelations): Promise<Facing[]> {
  const links = await tx.links.findOfRelations([asked.relationA, asked.relationB]);
  const linked = links.filter(({ state }) => state === 'linked');
  const idsOf = (relationId: string): SourceRelationId[] => [
    ...new Set(linked.filter((link) => link.relationId === relationId).map((link) => link.sourceRelationId)),
  ];
  const [left, right] = [idsOf(asked.relationA), idsOf(asked.relationB)];
  const named = orderedPair(asked.sourceA, asked.sourceB).join();
  const pairs = left
    .flatMap((one) => right.map((other): Pair => orderedPair(one, other)))
    .filter((pair) => pair.join() !== named);
  if (pairs.length === 0) return [];
  const comparables = await tx.sourceRelations.findComparablesOf([...left, ...right]);
  const records = new Map(comparables.map(({ record }) => [record.id, record]));
  return (await verdictsOn(tx, pairs)).flatMap(({ sourceA, sourceB, verdict }) => {
    const [one, other] = [records.get(sourceA), records.get(sourceB)];
    return one && other ? [{ one, other, said: verdict }] : [];
  });
}

async function vetoesAmong(tx: MatchModelTx, others: readonly Facing[]): Promise<Reason[]> {
  const learnt = others.length === 0 ? undefined : await tx.matchModel.find();
  const vetoes = others.flatMap(({ one, other, said }): readonly Reason[] => {
    if (said === 'same') return [];
    if (said === 'different') return [{ key: 'veto-judged-different', params: {}, weight: 0 }];
    return comparePair(one, other, learnt && { learnt }).vetoes;
  });
  return [...new Map(vetoes.map((veto) => [JSON.stringify([veto.key, veto.params]), veto])).values()];
}
