import { ok, type SourceRelationId } from '../kernel/index.js';
import { atOnceByDefault, type CompareDeps, type CompareRun } from './compare-command.js';
import { inLanes } from './lanes.js';
import type { KeysOfSource, Sharers } from './match-keys.port.js';
import { NearRecords, nothingLearnt, type LearntModel } from './matching/index.js';
import { keysOfAccounts, readLearnt, readAround, sharerBoundsOf, tiesAround } from './neighbours.js';
import { portionsOf } from './portions-of.js';
import { RecentAccounts } from './recent-accounts.js';
import { TiedAccounts, type Party } from './tied-accounts.js';

/** Accounts per read; with those that share a key some ten times as many are at hand. */
const accountsPerRead = 100;
/** Accounts whose sharers are looked up together. */
const accountsPerLookUp = 10_000;
/** Of those 5,000 bring up some 35,000, and most come up again soon. */
export const accountsAtHand = 12_000;
/** With those around them some hundreds of accounts are looked at in each lane. */
const normalisedAtHand = 2_500;
/** Nearly all parties are small. Where chains of questions run on and on, who is reached last comes later, and finds the others placed. */
const growthMax = 20;

/** Accounts that are tied to each other and to nobody else, in groups, and how many names use their shared values. */
export interface Parties {
  readonly parties: readonly Party[];
  /** By `sharedKey`; what is not here one name uses. */
  readonly stems: ReadonlyMap<string, number>;
}

interface Sought {
  readonly keys: readonly KeysOfSource[];
  /** With them at hand those are not read again; nobody is at hand when left out. */
  readonly recent?: RecentAccounts;
  readonly withLinked?: boolean;
}

/**
 * Finds whoever is tied to some accounts, directly or through others without a relation: what a comparison of everything makes of
 * an account depends on these alone. In memory are only keys and ties: of a million accounts of twenty
 * administrations 5,000 bring up some 35,000, and the largest party is 44. `withLinked`: how many names use the values of the accounts that
 * are reached and have a relation is looked up too. Two addresses that are one can be written so that only one of them brings up the others there.
 */
export async function findParties(
  deps: CompareDeps,
  command: CompareRun,
  { keys, recent = new RecentAccounts(accountsAtHand), withLinked = false }: Sought,
): Promise<Parties> {
  const learnt = await deps.uow.run(command.tenantId, async (tx) => ok(await readLearnt(tx)));
  const model = learnt.ok ? learnt.value : nothingLearnt;
  const world = { learnt: model, recent, near: new NearRecords(model, normalisedAtHand) };
  const { perParty } = deps.accountsAtOnce ?? atOnceByDefault;
  const tied = new TiedAccounts();
  let next = keys;
  let looked = 0;
  const linked: KeysOfSource[] = [];
  while (next.length > 0 && looked < keys.length * growthMax) {
    for (const some of portionsOf(next, accountsPerLookUp))
      await lookAtAll(deps, command, { ...world, keys: some, tied });
    looked += next.length;
    const reached = await readReached(deps, command, { tied, perParty, recent });
    next = reached.unlinked;
    if (withLinked) linked.push(...reached.linked);
  }
  const stemsOnly: Noting = { add: ({ shared }) => tied.noteShared(shared), belongs: () => undefined };
  for (const some of portionsOf(linked, accountsPerLookUp))
    await lookAtAll(deps, command, { ...world, keys: some, tied: stemsOnly });
  tied.leave(next.map(({ sourceRelationId }) => sourceRelationId));
  return { parties: tied.parties(perParty), stems: tied.stems };
}

type Noting = Pick<TiedAccounts, 'add' | 'belongs'>;

async function lookAtAll(
  deps: CompareDeps,
  command: CompareRun,
  work: {
    readonly keys: readonly KeysOfSource[];
    readonly learnt: LearntModel;
    readonly recent: RecentAccounts;
    readonly near: NearRecords;
    readonly tied: Noting;
  },
): Promise<void> {
  const { keys, learnt, recent, near, tied } = work;
  const found = await deps.uow.run(command.tenantId, async (tx) =>
    ok(await tx.matchKeys.findSharers(keys, await sharerBoundsOf(tx))),
  );
  const known: Sharers = found.ok ? found.value : new Map(); // never failed: reading has no expected failure
  await inLanes(inPortions(keys), async (portion) => {
    const ids = portion.map(({ sourceRelationId }) => sourceRelationId);
    const read = await deps.uow.run(command.tenantId, async (tx) => {
      const comparables = await recent.find(tx, ids);
      return ok({
        comparables,
        neighbours: await readAround(tx, comparables, { sharers: known, learnt, recent }),
      });
    });
    if (!read.ok) return; // never, as above
    const { comparables, neighbours } = read.value;
    for (const { record, relationId } of comparables)
      if (relationId !== null) tied.belongs(record.id as SourceRelationId, relationId); // a record's id is its account's
    for (const account of await tiesAround(comparables, neighbours, { near, pause: deps.pause })) {
      tied.add(account);
      for (const { a, b, verdict } of neighbours.judgements.get(account.id) ?? [])
        if (verdict === 'same') tied.add({ id: account.id, tied: [a, b], shared: [] });
    }
  });
}

interface Reached {
  readonly unlinked: KeysOfSource[];
  readonly linked: KeysOfSource[];
}

/** Keys of the accounts that others are tied to, and that nobody looked at yet. */
async function readReached(
  deps: CompareDeps,
  command: CompareRun,
  {
    tied,
    perParty,
    recent,
  }: { readonly tied: TiedAccounts; readonly perParty: number; readonly recent: RecentAccounts },
): Promise<Reached> {
  const found: Reached = { unlinked: [], linked: [] };
  for (const ids of portionsOf(tied.reached(), accountsPerRead)) {
    const read = await deps.uow.run(command.tenantId, async (tx) => ok(await recent.find(tx, ids)));
    const comparables = read.ok ? read.value : []; // never failed, as above
    tied.settle(ids);
    for (const { record, relationId } of comparables) {
      const id = record.id as SourceRelationId; // a record's id is its account's
      const keys = keysOfAccounts([record]);
      if (relationId !== null) {
        tied.belongs(id, relationId);
        found.linked.push(...keys);
      } else if (tied.sizeAround(id) > perParty) tied.leave([id]);
      else found.unlinked.push(...keys);
    }
  }
  return found;
}

async function* inPortions(keys: readonly KeysOfSource[]): AsyncGenerator<readonly KeysOfSource[]> {
  yield* portionsOf(keys, accountsPerRead);
}
