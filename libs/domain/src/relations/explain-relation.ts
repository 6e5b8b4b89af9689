import type { AdministrationsTx } from '../administrations/index.js';
import type { RelationId } from '../kernel/index.js';
import type { JudgementsTx } from './judgements.port.js';
import type { LinksTx } from './links.port.js';
import type { MatchKeysTx } from './match-keys.port.js';
import type { MatchModelTx } from './match-model.port.js';
import { comparePair, type MatchRecord, type PairVerdict } from './matching/index.js';
import { keysOfAccounts, lookAround, readAround, sharerBoundsOf, type Neighbours } from './neighbours.js';
import type { Comparable, SourceRelationsTx } from './source-relations.port.js';

export type ExplainTx = AdministrationsTx &
  LinksTx &
  SourceRelationsTx &
  MatchKeysTx &
  JudgementsTx &
  MatchModelTx;

/** Two accounts of one relation, and what speaks for it and against it. */
export interface JoinedPair {
  readonly one: MatchRecord;
  readonly other: MatchRecord;
  readonly verdict: PairVerdict;
}

/** Twice the administrations that a tenant can have: more are hardly one, and every two of them are compared. */
const explainedMax = 100;

export interface ExplainedRelation {
  readonly pairs: readonly JoinedPair[];
  /** Accounts beyond the first hundred by id, of which nothing is told. */
  readonly untold: number;
}

/**
 * Why the accounts of a relation are one, as the matcher sees them now: each beside the account that it fits best of those before
 * it, the strongest tie first. What a person decided is among the reasons. No pairs for a relation of one account.
 */
export async function explainRelation(tx: ExplainTx, id: RelationId): Promise<ExplainedRelation> {
  const links = await tx.links.findOfRelations([id]);
  const linked = links.filter(({ state }) => state === 'linked').map((link) => link.sourceRelationId);
  const ids = [...new Set(linked)].sort();
  const untold = Math.max(0, ids.length - explainedMax);
  const comparables = await tx.sourceRelations.findComparablesOf(ids.slice(0, explainedMax));
  if (comparables.length < 2) return { pairs: [], untold };
  const sharers = await tx.matchKeys.findSharers(
    keysOfAccounts(comparables.map(({ record }) => record)),
    await sharerBoundsOf(tx),
  );
  const neighbours = await readAround(tx, comparables, { sharers });
  return { pairs: strongestTies(await allPairs(comparables, neighbours), comparables), untold };
}

/** A tree over all accounts by its best pairs. */
function strongestTies(all: readonly JoinedPair[], comparables: readonly Comparable[]): JoinedPair[] {
  const pairs = all.toSorted(byStrength);
  const [first, ...others] = comparables.map(({ record }) => record.id);
  const tied = new Set(first === undefined ? [] : [first]);
  return others.flatMap(() => {
    const next = pairs.find(({ one, other }) => tied.has(one.id) !== tied.has(other.id));
    if (!next) return []; // never: every two accounts are a pair
    for (const { id } of [next.one, next.other]) tied.add(id);
    return [next];
  });
}

function byStrength(a: JoinedPair, b: JoinedPair): number {
  const idsOf = ({ one, other }: JoinedPair): string => one.id + other.id;
  return b.verdict.score - a.verdict.score || (idsOf(a) < idsOf(b) ? -1 : 1);
}

async function allPairs(comparables: readonly Comparable[], neighbours: Neighbours): Promise<JoinedPair[]> {
  const found = new Map<string, PairVerdict>();
  for (const { verdicts } of await lookAround(comparables, neighbours))
    for (const verdict of verdicts) found.set(`${verdict.a},${verdict.b}`, verdict);
  const records = comparables
    .map(({ record }) => record)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return records.flatMap((one, at) =>
    records.slice(at + 1).map((other) => ({
      ...{ one, other },
      verdict: found.get(`${one.id},${other.id}`) ?? aloneVerdict(one, other, neighbours),
    })),
  );
}

/** Of two that share no key, or that fit so badly that no look tells of them: only a person, or a third account, made them one. */
function aloneVerdict(one: MatchRecord, other: MatchRecord, { learnt, judgements }: Neighbours): PairVerdict {
  return comparePair(one, other, { learnt, judgements: judgements.get(one.id) ?? [] });
}
