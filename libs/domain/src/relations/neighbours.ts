import type { SourceRelationId } from '../kernel/index.js';
import type { CompareRun, CompareTx } from './compare-command.js';
import {
  candidateKeys,
  compareOne,
  countStems,
  nothingLearnt,
  sharedKey,
  sharedValues,
  type Judgement,
  type LearntModel,
  type MatchContext,
  type PairVerdict,
} from './matching/index.js';
import type { Comparable } from './source-relations.port.js';

/** A key that more accounts share says little; matching divides such keys in a batch, here they are passed over. */
const sharersMax = 40;
const candidatesMax = 200;

/** Some accounts and those that share a key with one of them; read at once, and kept right while the accounts are placed. */
export interface Neighbours {
  readonly accounts: Map<string, Comparable>;
  readonly sharers: ReadonlyMap<SourceRelationId, readonly SourceRelationId[]>;
  /** By either account. */
  readonly judgements: ReadonlyMap<string, readonly Judgement[]>;
  readonly learnt: LearntModel;
}

/** One account beside the accounts that it may be the same as. */
export interface Look {
  readonly comparable: Comparable;
  readonly verdicts: readonly PairVerdict[];
}

/** Keeps the keys of the accounts and reads who shares one. */
export async function readNeighbours(
  tx: CompareTx,
  command: CompareRun,
  comparables: readonly Comparable[],
): Promise<Neighbours> {
  const keys = comparables.map(({ record }) => ({
    sourceRelationId: record.id as SourceRelationId, // a record's id is its account's
    keys: candidateKeys(record),
  }));
  await tx.matchKeys.addMany(command.runId, keys);
  const sharers = await tx.matchKeys.findSharers(keys, { sharersMax, limit: candidatesMax });
  const accounts = new Map(comparables.map((comparable) => [comparable.record.id, comparable]));
  const others = new Set([...sharers.values()].flat().filter((id) => !accounts.has(id)));
  for (const other of await tx.sourceRelations.findComparablesOf([...others]))
    accounts.set(other.record.id, other);
  const judgements = await readJudgements(
    tx,
    keys.map(({ sourceRelationId }) => sourceRelationId),
  );
  return { accounts, sharers, judgements, learnt: (await tx.matchModel.find()) ?? nothingLearnt };
}

async function readJudgements(
  tx: CompareTx,
  ids: readonly SourceRelationId[],
): Promise<ReadonlyMap<string, readonly Judgement[]>> {
  const byAccount = new Map<string, Judgement[]>();
  for (const { sourceA, sourceB, verdict } of await tx.judgements.findLatestOf(ids)) {
    if (verdict === 'unsure') continue;
    for (const id of [sourceA, sourceB])
      byAccount.set(id, [...(byAccount.get(id) ?? []), { a: sourceA, b: sourceB, verdict }]);
  }
  return byAccount;
}

/** The accounts that share a key with this one and have a relation by now. */
export function neighboursOf({ record }: Comparable, { accounts, sharers }: Neighbours): Comparable[] {
  const ids = sharers.get(record.id as SourceRelationId) ?? []; // as above
  return ids
    .map((other) => accounts.get(other))
    .filter((other) => other !== undefined)
    .filter(({ relationId }) => relationId !== null);
}

/** Compares an account with its neighbours that have a relation by now. */
export function lookAround(comparable: Comparable, neighbours: Neighbours): Look {
  const { judgements, learnt } = neighbours;
  const id = comparable.record.id as SourceRelationId; // as above
  const candidates = neighboursOf(comparable, neighbours);
  const context = {
    ...stemsAmong([comparable, ...candidates], learnt),
    judgements: judgements.get(id) ?? [],
    learnt,
  };
  const records = candidates.map(({ record }) => record);
  return { comparable, verdicts: compareOne(comparable.record, records, context) };
}

/** Counts how many different names use a value among all that share a key with the account: enough to see that it is shared. */
function stemsAmong(comparables: readonly Comparable[], learnt: LearntModel): MatchContext {
  const stems = new Map<string, string[]>();
  for (const { record } of comparables) {
    for (const { kind, value, stem } of sharedValues(record, learnt)) {
      const key = sharedKey(kind, value);
      stems.set(key, [...(stems.get(key) ?? []), stem]);
    }
  }
  return { stemsUsing: (kind, value) => Math.max(1, countStems(stems.get(sharedKey(kind, value)) ?? [])) };
}
