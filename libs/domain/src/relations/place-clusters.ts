import { ok, type Result, type SourceRelationId } from '../kernel/index.js';
import {
  addCounts,
  noCounts,
  tell,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type CompareTx,
} from './compare-command.js';
import { planGroups, type IdPair, type Standing } from './group-plan.js';
import { inLanes } from './lanes.js';
import type { Cluster } from './matching/index.js';
import { loadAdministrations, memberOf } from './members.js';
import type { Meter } from './meter.js';
import { placeGroups } from './place-groups.js';

/** Accounts per transaction. */
const accountsPerTransaction = 1_000;

export interface PlacedClusters {
  readonly counts: CompareCounts;
  /** What is certain, but for a person to decide. */
  readonly certainPairs: readonly IdPair[];
}

/** Gives the accounts of certain groups their relation, in many small transactions. */
export async function placeClusters(
  deps: CompareDeps,
  command: CompareRun,
  found: { readonly clusters: AsyncIterable<readonly Cluster[]>; readonly meter: Meter },
): Promise<PlacedClusters> {
  let counts = noCounts;
  const certainPairs: IdPair[] = [];
  await inLanes(inPortions(found.clusters), async (clusters) => {
    const placed = await placePortion(deps, command, clusters);
    counts = addCounts(counts, placed.counts);
    certainPairs.push(...placed.certainPairs);
    await found.meter.advance(placed.counts.created);
  });
  return { counts, certainPairs };
}

/** Throws, and stores nothing, when another comparison links one of the accounts meanwhile. */
async function placePortion(
  deps: CompareDeps,
  command: CompareRun,
  clusters: readonly Cluster[],
): Promise<PlacedClusters> {
  const placed = await deps.uow.run(command.tenantId, async (tx): Promise<Result<PlacedClusters, never>> => {
    const standing = await loadStanding(tx, clusters);
    const { groups, certainPairs } = planGroups(clusters, standing, command.contactHandling);
    const counts = await tell(tx, command, await placeGroups(deps, tx, groups));
    return ok({ counts, certainPairs });
  });
  return placed.ok ? placed.value : { counts: noCounts, certainPairs: [] }; // never: it has no expected failure
}

/** What stands of the accounts of some clusters. */
export async function loadStanding(tx: CompareTx, clusters: readonly Cluster[]): Promise<Standing> {
  const ids = clusters.flatMap(({ members }) => members as readonly SourceRelationId[]); // ids of accounts
  const positions = await loadAdministrations(tx);
  const sources = await tx.sourceRelations.findMany(ids);
  const links = await tx.links.findOfSources(ids);
  return {
    members: new Map(
      sources
        .filter((source) => source.state === 'present')
        .map((source) => [source.id, memberOf(source, positions)]),
    ),
    relationOf: new Map(links.map((link) => [link.sourceRelationId, link.relationId])),
  };
}

async function* inPortions(clusters: AsyncIterable<readonly Cluster[]>): AsyncGenerator<Cluster[]> {
  let portion: Cluster[] = [];
  let accounts = 0;
  for await (const some of clusters) {
    for (const cluster of some) {
      portion.push(cluster);
      accounts += cluster.members.length;
      if (accounts < accountsPerTransaction) continue;
      yield portion;
      portion = [];
      accounts = 0;
    }
  }
  if (portion.length > 0) yield portion;
}
