import type { AdministrationsTx } from '../administrations/index.js';
import type { SourceRelationId } from '../kernel/index.js';
import type { CompareRun, CompareTx } from './compare-command.js';
import type { SharerBounds, Sharers, SharersOfOne } from './match-keys.port.js';
import {
  alikeUpTo,
  candidateKeys,
  NearRecords,
  nothingLearnt,
  type Judgement,
  type LearntModel,
  type MatchRecord,
  type NearLook,
  type NearTies,
} from './matching/index.js';
import type { JudgementsTx } from './judgements.port.js';
import type { MatchModelTx } from './match-model.port.js';
import { RecentAccounts } from './recent-accounts.js';
import type { Comparable, SourceRelationsTx } from './source-relations.port.js';

const crowdMax = 24;
/** So many crowded keys of an account bring up all who share them. */
const fullKeys = 5;

/**
 * How far sharers are looked up. A key that more accounts share says little; matching divides such keys in a batch, here they bring up
 * nobody: of 300,000 relations of groups of builders one question is missed by it, and no certain account. Whom all administrations
 * have comes up. Without the crowd the value would count as one that only the account's neighbours use.
 */
export async function sharerBoundsOf(tx: AdministrationsTx): Promise<SharerBounds> {
  const sharersMax = alikeUpTo((await tx.administrations.findMany()).length);
  return { sharersMax, limit: sharersMax * fullKeys, crowdMax };
}

/** Looks between two pauses: some ten milliseconds. */
const looksPerTurn = 25;

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

/** Reads who shares a key with the accounts, and keeps their keys. */
export async function readNeighbours(
  tx: CompareTx,
  command: CompareRun,
  comparables: readonly Comparable[],
): Promise<Neighbours> {
  return readAround(tx, comparables, { sharers: await keepAndFindSharers(tx, command, comparables) });
}

type AroundTx = SourceRelationsTx & JudgementsTx & MatchModelTx;

/** Reads those that share a key with one of the accounts, and what was learnt, unless they are at hand. */
export async function readAround(
  tx: AroundTx,
  comparables: readonly Comparable[],
  about: { readonly sharers: Sharers; readonly learnt?: LearntModel; readonly recent?: RecentAccounts },
): Promise<Neighbours> {
  const { sharers } = about;
  const ids = comparables.map(({ record }) => record.id as SourceRelationId); // a record's id is its account's
  const accounts = new Map(comparables.map((comparable) => [comparable.record.id, comparable]));
  const others = new Set(ids.flatMap((id) => bothOf(sharers.get(id))).filter((id) => !accounts.has(id)));
  const { recent = new RecentAccounts(others.size) } = about;
  for (const other of await recent.find(tx, [...others])) accounts.set(other.record.id, other);
  const judgements = await readJudgements(tx, ids);
  return { accounts, sharers, judgements, learnt: about.learnt ?? (await readLearnt(tx)) };
}

/** What the last comparison of everything has learnt. */
export async function readLearnt(tx: MatchModelTx): Promise<LearntModel> {
  return (await tx.matchModel.find()) ?? nothingLearnt;
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
  return tx.matchKeys.findSharers(keys, await sharerBoundsOf(tx));
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

/** Which of its neighbours each account is tied to, placed or not. */
export async function tiesAround(
  comparables: readonly Comparable[],
  neighbours: Neighbours,
  { near, pause }: { readonly near: NearRecords; readonly pause?: (() => Promise<void>) | undefined },
): Promise<(NearTies & { readonly id: SourceRelationId })[]> {
  const found: (NearTies & { readonly id: SourceRelationId })[] = [];
  for (const comparable of comparables) {
    const id = comparable.record.id as SourceRelationId; // as above
    const ties = near.tiesOf(comparable.record, {
      candidates: neighboursOf(comparable, neighbours).map(({ record }) => record),
      around: recordsAround(comparable, neighbours),
      judgements: neighbours.judgements.get(id) ?? [],
    });
    found.push({ id, ...ties });
    if (found.length % looksPerTurn === 0) await pause?.();
  }
  return found;
}

/** Those that share a key with the account, near or in the crowd. */
export function recordsAround({ record }: Comparable, { accounts, sharers }: Neighbours): MatchRecord[] {
  const around = new Set(bothOf(sharers.get(record.id as SourceRelationId))); // as above
  return [...around].flatMap((other) => accounts.get(other)?.record ?? []);
}

/** What each account is beside its neighbours that have a relation, or get one first: those before it among the accounts. */
export async function lookAround(
  comparables: readonly Comparable[],
  neighbours: Neighbours,
  pause?: () => Promise<void>,
): Promise<Look[]> {
  const near = new NearRecords(neighbours.learnt);
  const before = new Set<string>();
  const looks: Look[] = [];
  for (const comparable of comparables) {
    const { id } = comparable.record;
    const candidates = neighboursOf(comparable, neighbours).filter(
      ({ record, relationId }) => relationId !== null || before.has(record.id),
    );
    before.add(id);
    const look = near.lookAt(comparable.record, {
      candidates: candidates.map(({ record }) => record),
      around: recordsAround(comparable, neighbours),
      judgements: neighbours.judgements.get(id) ?? [],
    });
    looks.push({ comparable, ...look });
    if (looks.length % looksPerTurn === 0) await pause?.();
  }
  return looks;
}
