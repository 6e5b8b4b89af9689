import { ok, type Result, type SourceRelationId } from '../kernel/index.js';
import {
  addCounts,
  atOnceByDefault,
  noCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type CompareTx,
} from './compare-command.js';
import { findParties } from './find-parties.js';
import type { KeysOfSource } from './match-keys.port.js';
import type { MatchRecord } from './matching/index.js';
import type { Meter } from './meter.js';
import { keysOfAccounts } from './neighbours.js';
import { placeParties } from './place-parties.js';
import type { Comparable } from './source-relations.port.js';

/** Ten million accounts. */
const lookUpsMax = 5_000;

/** A relation may have an account in each of fifty administrations: of accounts in a row, all of their relations may be fifty times as many. */
const readsPerLookUp = 10;

interface Read {
  readonly last: SourceRelationId | null;
  /** All accounts of the relations whose first one was read. */
  readonly records: readonly MatchRecord[];
}

interface Page {
  readonly last: SourceRelationId | null;
  readonly keys: readonly KeysOfSource[];
  readonly isEnd: boolean;
}

/**
 * Asks what comparing anew finds between relations that stand, as a comparison of everything at once does: another version of the matcher
 * may see what the one before did not. Relations come with all their accounts; those without one that are tied to them are placed
 * along. What is open or answered already is not asked twice, so after a crash it begins again.
 */
export async function askAboutLinked(
  deps: CompareDeps,
  command: CompareRun,
  meter: Meter,
): Promise<CompareCounts> {
  let counts = noCounts;
  let after: SourceRelationId | null = null;
  for (let lookUp = 0; lookUp < lookUpsMax; lookUp += 1) {
    const { keys, last, isEnd }: Page = await readPage(deps, command, after);
    after = last;
    const parties = await findParties(deps, command, { keys, withLinked: true });
    const subjects = new Set(keys.map(({ sourceRelationId }) => sourceRelationId));
    counts = addCounts(counts, await placeParties(deps, command, { ...parties, meter, subjects }));
    await meter.advance(keys.length);
    if (isEnd) break;
  }
  return counts;
}

/** Keys of relations with all their accounts, until they are enough for a look-up. */
async function readPage(
  deps: CompareDeps,
  command: CompareRun,
  from: SourceRelationId | null,
): Promise<Page> {
  const { perLookUp } = deps.accountsAtOnce ?? atOnceByDefault;
  const keys: KeysOfSource[] = [];
  let last = from;
  while (keys.length < perLookUp) {
    const after = last;
    const limit = Math.ceil(perLookUp / readsPerLookUp);
    const read = await deps.uow.run(command.tenantId, async (tx): Promise<Result<Read, never>> => {
      const ids = (await tx.sourceRelations.findRecords(after, limit)).map(idOf);
      const here = await tx.sourceRelations.findComparablesOf(ids);
      return ok({ last: ids.at(-1) ?? null, records: await wholeRelations(tx, here) });
    });
    if (!read.ok || read.value.last === null) return { last, keys, isEnd: true }; // never failed: reading has no expected failure
    last = read.value.last;
    keys.push(...keysOfAccounts(read.value.records));
  }
  return { last, keys, isEnd: false };
}

/** The accounts of the relations of which the first account, by id, is among these. */
async function wholeRelations(tx: CompareTx, here: readonly Comparable[]): Promise<MatchRecord[]> {
  const relationIds = new Set(here.map(({ relationId }) => relationId).filter((id) => id !== null));
  const links = (await tx.links.findOfRelations([...relationIds])).filter(({ state }) => state === 'linked');
  const known = new Map(here.map(({ record }) => [idOf(record), record]));
  const byRelation = Map.groupBy(links, ({ relationId }) => relationId);
  const own = [...byRelation.values()]
    .map((members) => [...new Set(members.map(({ sourceRelationId }) => sourceRelationId))].sort())
    .filter(([first]) => first !== undefined && known.has(first))
    .flat();
  const others = await tx.sourceRelations.findComparablesOf(own.filter((id) => !known.has(id)));
  for (const { record } of others) known.set(idOf(record), record);
  return own.flatMap((id) => known.get(id) ?? []);
}

function idOf({ id }: MatchRecord): SourceRelationId {
  return id as SourceRelationId; // a record's id is its account's
}
