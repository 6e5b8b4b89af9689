import { ok, type Result, type SourceRelationId } from '../kernel/index.js';
import {
  addCounts,
  noCounts,
  tell,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
} from './compare-command.js';
import { inLanes } from './lanes.js';
import { loadAdministrations, memberOf } from './members.js';
import type { Meter } from './meter.js';
import { placeGroups } from './place-groups.js';
import type { SourceRelation } from './source-relation.js';

/** Accounts per transaction. */
const accountsPerTransaction = 1_000;
/** Ten million accounts. */
const readsMax = 5_000;

/** Gives every account that is left without a relation one of its own. */
export async function placeAlone(
  deps: CompareDeps,
  command: CompareRun,
  meter: Meter,
): Promise<CompareCounts> {
  let counts = noCounts;
  await inLanes(unlinkedAccounts(deps, command), async (sources) => {
    const placed = await deps.uow.run(command.tenantId, async (tx): Promise<Result<CompareCounts, never>> => {
      const positions = await loadAdministrations(tx);
      const groups = sources.map((source) => ({ members: [memberOf(source, positions)], into: null }));
      return ok(await tell(tx, command, await placeGroups(deps, tx, groups)));
    });
    if (placed.ok) counts = addCounts(counts, placed.value);
    await meter.advance(sources.length);
  });
  return counts;
}

/** Nothing changes an account that no relation has: its write-back and its next fetch come after comparing. */
async function* unlinkedAccounts(deps: CompareDeps, command: CompareRun): AsyncGenerator<SourceRelation[]> {
  let after: SourceRelationId | null = null;
  for (let read = 0; read < readsMax; read += 1) {
    const place: SourceRelationId | null = after;
    const page: Result<SourceRelation[], never> = await deps.uow.run(command.tenantId, async (tx) =>
      ok(await tx.sourceRelations.findUnlinked(place, accountsPerTransaction)),
    );
    if (!page.ok || page.value.length === 0) return;
    after = page.value.at(-1)?.id ?? null;
    yield page.value;
  }
}
