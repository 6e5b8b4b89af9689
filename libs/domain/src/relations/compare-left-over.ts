import { ok, type SourceRelationId } from '../kernel/index.js';
import {
  addCounts,
  atOnceByDefault,
  noCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
} from './compare-command.js';
import { accountsAtHand, findParties } from './find-parties.js';
import type { KeysOfSource } from './match-keys.port.js';
import type { Meter } from './meter.js';
import { keysOfAccounts } from './neighbours.js';
import { placeParties } from './place-parties.js';
import { portionsOf } from './portions-of.js';
import { RecentAccounts } from './recent-accounts.js';

const accountsPerRead = 2_000;
/** Ten million accounts. */
const portionsMax = 5_000;
/** Some four megabytes; each page looks at all that are left, which takes a second or two of a million. */
const idsPerPage = 50_000;
/** As many accounts, some more than once. */
const pagesMax = 400;

/**
 * Compares accounts that no relation has with those that share a key with them, and gives each a relation: what a comparison of everything
 * makes of them, in memory that does not grow with the number of accounts. What is left is asked from the database: after a crash it
 * goes on where it was.
 */
export async function compareLeftOver(
  deps: CompareDeps,
  command: CompareRun,
  { meter, areKeysKept }: { readonly meter: Meter; readonly areKeysKept: boolean },
): Promise<CompareCounts> {
  if (!areKeysKept) await keepKeys(deps, command);
  const { perLookUp } = deps.accountsAtOnce ?? atOnceByDefault;
  let counts = noCounts;
  let after: SourceRelationId | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const ids: SourceRelationId[] = await readIds(deps, command, after);
    if (ids.length === 0 && after === null) break;
    // After the last one from the first again: parties may have left some for later.
    after = ids.at(-1) ?? null;
    for (const some of portionsOf(ids, perLookUp)) {
      const recent = new RecentAccounts(accountsAtHand);
      const keys = await keysOfUnlinked(deps, command, { ids: some, recent });
      if (keys.length === 0) continue;
      const parties = await findParties(deps, command, { keys, recent });
      counts = addCounts(counts, await placeParties(deps, command, { ...parties, meter }));
    }
  }
  return counts;
}

async function readIds(
  deps: CompareDeps,
  command: CompareRun,
  after: SourceRelationId | null,
): Promise<SourceRelationId[]> {
  const page = await deps.uow.run(command.tenantId, async (tx) =>
    ok(await tx.sourceRelations.findUnlinkedByName(after, idsPerPage)),
  );
  return page.ok ? page.value : []; // never failed: reading has no expected failure
}

/** The keys of those that have no relation by now. */
async function keysOfUnlinked(
  deps: CompareDeps,
  command: CompareRun,
  { ids, recent }: { readonly ids: readonly SourceRelationId[]; readonly recent: RecentAccounts },
): Promise<KeysOfSource[]> {
  const keys: KeysOfSource[] = [];
  for (const some of portionsOf(ids, accountsPerRead)) {
    const read = await deps.uow.run(command.tenantId, async (tx) => ok(await recent.find(tx, some)));
    const comparables = read.ok ? read.value : []; // never failed, as above
    const unlinked = comparables.filter(({ relationId }) => relationId === null);
    const byId = new Map(unlinked.map(({ record }) => [record.id, record]));
    keys.push(...keysOfAccounts(some.flatMap((id) => byId.get(id) ?? [])));
  }
  return keys;
}

/** Keeps the keys of all of them before anybody is looked up: who comes up first must find those that come up last. */
async function keepKeys(deps: CompareDeps, command: CompareRun): Promise<void> {
  let after: SourceRelationId | null = null;
  for (let portion = 0; portion < portionsMax; portion += 1) {
    const place: SourceRelationId | null = after;
    const kept = await deps.uow.run(command.tenantId, async (tx) => {
      const records = await tx.sourceRelations.findUnlinkedRecords(place, accountsPerRead);
      const keys = keysOfAccounts(records);
      await tx.matchKeys.addMany(command.runId, keys);
      return ok(keys.at(-1)?.sourceRelationId ?? null);
    });
    after = kept.ok ? kept.value : null; // never failed, as above
    if (after === null) return;
  }
}
