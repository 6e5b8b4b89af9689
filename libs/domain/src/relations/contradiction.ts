import type { RelationId, SourceRelationId } from '../kernel/index.js';
import { orderedPair } from './judgement.js';
import type { JudgementsTx } from './judgements.port.js';
import type { LinksTx } from './links.port.js';
import type { MatchModelTx } from './match-model.port.js';
import { comparePair, type LearntModel, type MatchRecord, type Reason } from './matching/index.js';
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
  return (await findContradicting(tx, [asked])).length > 0;
}

/** Those of the questions of which `wouldContradict` is true; read together. */
export async function findContradicting<T extends AskedRelations>(
  tx: ContradictionTx,
  asked: readonly T[],
): Promise<T[]> {
  const others = await readOthers(tx, asked);
  const learnt = await readLearnt(tx, others);
  return asked.filter((question, at) => {
    const facing = others[at] ?? [];
    const isDouble = facing.some(({ one, other }) => one.administrationId === other.administrationId);
    return (question.kind === 'match' && isDouble) || vetoesAmong(facing, learnt).length > 0;
  });
}

/** What keeps other accounts of the two relations apart than the two that the question names: each reason once. */
export async function readContradictions(tx: ContradictionTx, asked: AskedRelations): Promise<Reason[]> {
  const others = await readOthers(tx, [asked]);
  const vetoes = vetoesAmong(others.flat(), await readLearnt(tx, others));
  return [...new Map(vetoes.map((veto) => [JSON.stringify([veto.key, veto.params]), veto])).values()];
}

/** An account of either relation; what persons said of the two. */
interface Facing {
  readonly one: MatchRecord;
  readonly other: MatchRecord;
  readonly said: 'same' | 'different' | 'unsure' | null;
}

/** Of each question the pairs of accounts of its two relations, but for the one that it names. */
async function readOthers(tx: ContradictionTx, asked: readonly AskedRelations[]): Promise<Facing[][]> {
  const relations = new Set(asked.flatMap(({ relationA, relationB }) => [relationA, relationB]));
  const links = await tx.links.findOfRelations([...relations]);
  const accountsOf = Map.groupBy(
    links.filter(({ state }) => state === 'linked'),
    ({ relationId }) => relationId,
  );
  const idsOf = (relationId: RelationId): SourceRelationId[] => [
    ...new Set((accountsOf.get(relationId) ?? []).map(({ sourceRelationId }) => sourceRelationId)),
  ];
  const pairs = asked.map(({ relationA, relationB, sourceA, sourceB }) => {
    const [left, right] = [idsOf(relationA), idsOf(relationB)];
    const named = orderedPair(sourceA, sourceB).join();
    return left
      .flatMap((one) => right.map((other): Pair => orderedPair(one, other)))
      .filter((pair) => pair.join() !== named);
  });
  const all = pairs.flat();
  if (all.length === 0) return pairs.map(() => []);
  const comparables = await tx.sourceRelations.findComparablesOf([...new Set(all.flat())]);
  const records = new Map(comparables.map(({ record }) => [record.id, record]));
  const said = new Map(
    (await verdictsOn(tx, all)).map(({ sourceA, sourceB, verdict }) => [[sourceA, sourceB].join(), verdict]),
  );
  return pairs.map((own) =>
    own.flatMap(([a, b]) => {
      const [one, other] = [records.get(a), records.get(b)];
      return one && other ? [{ one, other, said: said.get([a, b].join()) ?? null }] : [];
    }),
  );
}

/** Nobody's, and unread, where no accounts face each other. */
async function readLearnt(
  tx: MatchModelTx,
  others: readonly (readonly Facing[])[],
): Promise<LearntModel | undefined> {
  return others.every(({ length }) => length === 0) ? undefined : tx.matchModel.find();
}

function vetoesAmong(others: readonly Facing[], learnt: LearntModel | undefined): readonly Reason[] {
  return others.flatMap(({ one, other, said }): readonly Reason[] => {
    if (said === 'same') return [];
    if (said === 'different') return [{ key: 'veto-judged-different', params: {}, weight: 0 }];
    return comparePair(one, other, learnt && { learnt }).vetoes;
  });
}
