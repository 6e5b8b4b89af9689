import { ok, type SourceRelationId } from '../kernel/index.js';
import {
  addCounts,
  atOnceByDefault,
  noCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
} from './compare-command.js';
import { findParties } from './find-parties.js';
import type { KeysOfSource } from './match-keys.port.js';
import type { Meter } from './meter.js';
import { keysOfAccounts } from './neighbours.js';
import { placeParties } from './place-parties.js';

const accountsPerRead = 2_000;
/** Ten million accounts. */
const lookUpsMax = 5_000;

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
  let counts = noCounts;
  let after: SourceRelationId | null = null;
  for (let lookUp = 0; lookUp < lookUpsMax; lookUp += 1) {
    const keys: KeysOfSource[] = await readKeys(deps, command, after);
    if (keys.length === 0 && after === null) break;
    // After the last one from the first again: parties may have left some for later.
    after = keys.at(-1)?.sourceRelationId ?? null;
    if (keys.length === 0) continue;
    const parties = await findParties(deps, command, { keys });
    counts = addCounts(counts, await placeParties(deps, command, { ...parties, meter }));
  }
  return counts;
}

/** Keeps the keys of all of them before anybody is looked up: who comes up first must find those that come up last. */
async function keepKeys(deps: CompareDeps, command: CompareRun): Promise<void> {
  let after: SourceRelationId | null = null;
  for (let portion = 0; portion < lookUpsMax; portion += 1) {
    const keys: KeysOfSource[] = await readKeys(deps, command, after);
    if (keys.length === 0) return;
    await deps.uow.run(command.tenantId, async (tx) => ok(await tx.matchKeys.addMany(command.runId, keys)));
    after = keys.at(-1)?.sourceRelationId ?? null;
  }
}

async function readKeys(
  deps: CompareDeps,
  command: CompareRun,
  from: SourceRelationId | null,
): Promise<KeysOfSource[]> {
  const keys: KeysOfSource[] = [];
  let after = from;
  const { perLookUp } = deps.accountsAtOnce ?? atOnceByDefault;
  while (keys.length < perLookUp) {
    const place = after;
    const limit = Math.min(accountsPerRead, perLookUp - keys.length);
    const page = await deps.uow.run(command.tenantId, async (tx) =>
      ok(await tx.sourceRelations.findUnlinkedRecords(place, limit)),
    );
    const records = page.ok ? page.value : []; // never failed: reading has no expected failure
    keys.push(...keysOfAccounts(records));
    after = keys.at(-1)?.sourceRelationId ?? null;
    if (records.length < limit) break;
  }
  return keys;
}
