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
import type { MatchRecord } from './matching/index.js';
import type { Meter } from './meter.js';
import { keysOfAccounts } from './neighbours.js';
import { placeParties } from './place-parties.js';
import type { Comparable } from './source-relations.port.js';

/** Ten million accounts. */
const lookUpsMax = 5_000;

interface Page {
  readonly last: SourceRelationId | null;
  /** All accounts of the relations whose first one stands on the page. */
  readonly records: readonly MatchRecord[];
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
    const page: Page = await readPage(deps, command, after);
    if (page.last === null) break;
    after = page.last;
    const keys = keysOfAccounts(page.records);
    const parties = await findParties(deps, command, { keys, withLinked: true });
    const subjects = new Set(keys.map(({ sourceRelationId }) => sourceRelationId));
    counts = addCounts(counts, await placeParties(deps, command, { ...parties, meter, subjects }));
    await meter.advance(keys.length);
  }
  return counts;
}

async function readPage(
  deps: CompareDeps,
  command: CompareRun,
  after: SourceRelationId | null,
): Promise<Page> {
  const { perLookUp } = deps.accountsAtOnce ?? atOnceByDefault;
  const read = await deps.uow.run(command.tenantId, async (tx): Promise<Result<Page, never>> => {
    const ids = (await tx.sourceRelations.findRecords(after, perLookUp)).map(idOf);
    const here = await tx.sourceRelations.findComparablesOf(ids);
    return ok({ last: ids.at(-1) ?? null, records: await wholeRelations(tx, here) });
  });
  return read.ok ? read.value : { last: null, records: [] }; // never failed: reading has no expected failure
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
