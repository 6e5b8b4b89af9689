import type { SourceRelationId } from '../kernel/index.js';
import type { CompareRun, CompareTx } from './compare-command.js';
import type { Sharers, SharersOfOne } from './match-keys.port.js';
import {
  candidateKeys,
  NearRecords,
  nothingLearnt,
  type Judgement,
  type LearntModel,
  type MatchRecord,
  type NearLook,
} from './matching/index.js';
import type { JudgementsTx } from './judgements.port.js';
import type { MatchModelTx } from './match-model.port.js';
import type { Comparable, SourceRelationsTx } from './source-relations.port.js';

/**
 * How far sharers are looked up. A key that more accounts share says little; matching divides such keys in a batch, here they bring up
 * nobody: of 300,000 relations of groups of builders one question is missed by it, and no certain account. Without the crowd the
 * value would count as one that only the account's neighbours use.
 */
export const sharerBounds = { sharersMax: 40, limit: 200, crowdMax: 24 };

/** Some accounts and those that share a key with one of them, read at once. */
export interface Neighbours {
  readonly accounts: ReadonlyMap<string, Comparable>;
  readonly sharers: Sharers;
  /** By either account. */
  readonly judgements: ReadonlyMap<string, readonly Judgement[]>;
  readonly learnt: LearntModel;
}

/** One account beside the accounts that it may be the same as. */
export interface Look extends NearLook {
  readonly comparable: Comparable;
}

/** Reads who shares a key with the accounts; when nobody did so before, their keys are kept first. */
export async function readNeighbours(
  tx: CompareTx,
  command: CompareRun,
  {
    comparables,
    known,
  }: { readonly comparables: readonly Comparable[]; readonly known?: Sharers | undefined },
): Promise<Neighbours> {
  return readAround(tx, comparables, known ?? (await keepAndFindSharers(tx, command, comparables)));
}

type AroundTx = SourceRelationsTx & JudgementsTx & MatchModelTx;

/** Reads those that share a key with one of the accounts. */
export async function readAround(
  tx: AroundTx,
  comparables: readonly Comparable[],
  sharers: Sharers,
): Promise<Neighbours> {
  const ids = comparables.map(({ record }) => record.id as SourceRelationId); // a record's id is its account's
  const accounts = new Map(comparables.map((comparable) => [comparable.record.id, comparable]));
  const others = new Set(ids.flatMap((id) => bothOf(sharers.get(id))).filter((id) => !accounts.has(id)));
  for (const other of await tx.sourceRelations.findComparablesOf([...others]))
    accounts.set(other.record.id, other);
  const judgements = await readJudgements(tx, ids);
  return { accounts, sharers, judgements, learnt: (await tx.matchModel.find()) ?? nothingLearnt };
}

/** The candidate keys of accounts, as they are stored. */
export function keysOfAccounts(records: readonly MatchRecord[]): {
  readonly sourceRelationId: SourceRelationId;
  readonly keys: number[];
}[] {
  return records.map((record) => ({
    sourceRelationId: record.id as SourceRelationId, // as above
    keys: candidateKeys(record),
  }));
}

async function keepAndFindSharers(
  tx: CompareTx,
  command: CompareRun,
  comparables: readonly Comparable[],
): Promise<Sharers> {
  const keys = keysOfAccounts(comparables.map(({ record }) => record));
  await tx.matchKeys.addMany(command.runId, keys);
  return tx.matchKeys.findSharers(keys, sharerBounds);
}

async function readJudgements(
  tx: JudgementsTx,
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

function bothOf(sharers: SharersOfOne | undefined): readonly SourceRelationId[] {
  return sharers ? [...sharers.near, ...sharers.crowd] : [];
}

/** The accounts that come up for this one. */
export function neighboursOf({ record }: Comparable, { accounts, sharers }: Neighbours): Comparable[] {
  const { near = [] } = sharers.get(record.id as SourceRelationId) ?? {}; // as above
  return near.map((other) => accounts.get(other)).filter((other) => other !== undefined);
}

/** What each account is beside its neighbours that have a relation, or get one first: those before it among the accounts. */
export function lookAround(comparables: readonly Comparable[], neighbours: Neighbours): Look[] {
  const near = new NearRecords(neighbours.learnt);
  const before = new Set<string>();
  return comparables.map((comparable) => {
    const { id } = comparable.record;
    const candidates = neighboursOf(comparable, neighbours).filter(
      ({ record, relationId }) => relationId !== null || before.has(record.id),
    );
    before.add(id);
    const around = new Set(bothOf(neighbours.sharers.get(id as SourceRelationId))); // as above
    const look = near.lookAt(comparable.record, {
      candidates: candidates.map(({ record }) => record),
      around: [...around].flatMap((other) => neighbours.accounts.get(other)?.record ?? []),
      judgements: neighbours.judgements.get(id) ?? [],
    });
    return { comparable, ...look };
  });
}
