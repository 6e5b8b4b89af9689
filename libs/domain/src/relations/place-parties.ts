import { ok, type Result, type SourceRelationId } from '../kernel/index.js';
import { askAtOnce } from './ask-questions.js';
import {
  addCounts,
  noCounts,
  tell,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type CompareTx,
} from './compare-command.js';
import type { Parties } from './find-parties.js';
import { planGroups, type Group } from './group-plan.js';
import { sameAsFirst } from './joined-accounts.js';
import { inLanes } from './lanes.js';
import {
  compareAll,
  sharedKey,
  type Cluster,
  type Judgement,
  type MatchRecord,
  type Outcome,
} from './matching/index.js';
import type { Meter } from './meter.js';
import { readLearnt } from './neighbours.js';
import { loadStanding } from './place-clusters.js';
import { placeGroups } from './place-groups.js';
import type { Comparable } from './source-relations.port.js';
import type { Party } from './tied-accounts.js';

/** Accounts per transaction; a party is never divided. */
const accountsPerTransaction = 500;

/**
 * Compares all of each party with each other, gives those without a relation one, and asks what is not certain, in one transaction: after a
 * crash either all of it is done or nothing.
 */
export async function placeParties(
  deps: CompareDeps,
  command: CompareRun,
  { parties, stems, meter, subjects = new Set() }: Parties & Placing,
): Promise<CompareCounts> {
  let counts = noCounts;
  await inLanes(inPortions(parties), async (some) => {
    await deps.pause?.();
    const ids = some.flat();
    const placed = await deps.uow.run(command.tenantId, async (tx): Promise<Result<CompareCounts, never>> =>
      ok(await tell(tx, command, await placePortion(deps, command, { tx, ids, stems, subjects }))),
    );
    if (!placed.ok) return; // never: it has no expected failure
    counts = addCounts(counts, placed.value);
    await meter.advance(placed.value.created);
  });
  return counts;
}

interface Placing {
  readonly meter: Meter;
  /** Accounts with a relation that are asked about as well; none when left out. */
  readonly subjects?: ReadonlySet<SourceRelationId>;
}

interface Portion {
  readonly tx: CompareTx;
  readonly ids: Party;
  readonly subjects: ReadonlySet<SourceRelationId>;
  readonly stems: Parties['stems'];
}

async function placePortion(
  deps: CompareDeps,
  command: CompareRun,
  portion: Portion,
): Promise<CompareCounts> {
  const { tx, ids, subjects } = portion;
  const { fresh, outcome } = await comparePortion(portion);
  if (fresh.size === 0 && !ids.some((id) => subjects.has(id))) return noCounts;
  const alone = [...fresh].map((id): Cluster => ({ members: [id], score: 0 }));
  const standing = await loadStanding(tx, [...outcome.clusters, ...alone]);
  const { groups, certainPairs } = planGroups(outcome.clusters, standing, command.contactHandling);
  const placed = new Set(groups.flatMap(({ members }) => members.map(({ source }) => source.id)));
  const rest = [...fresh]
    .filter((id) => !placed.has(id) && !standing.relationOf.has(id))
    .flatMap((id): Group[] => {
      const member = standing.members.get(id);
      return member ? [{ members: [member], into: null }] : [];
    });
  const counts = await placeGroups(deps, tx, [...groups, ...rest]);
  const isAsked = ({ a, b }: { readonly a: string; readonly b: string }): boolean =>
    ([a, b] as SourceRelationId[]).some((id) => fresh.has(id) || subjects.has(id)); // a record's id is its account's
  const asked = await askAtOnce(
    tx,
    {
      certainPairs,
      doubles: outcome.doubles.map((group) => ({ ...group, pairs: group.pairs.filter(isAsked) })),
      proposals: [...outcome.proposals, ...outcome.setAside]
        .filter(isAsked)
        .map(({ teaching: _, ...verdict }) => verdict),
    },
    { newId: deps.newId, now: deps.now(), runId: command.runId },
  );
  return addCounts(counts, asked);
}

/** What the engine makes of the parties, with the other accounts of the relations that stand among them. */
async function comparePortion({
  tx,
  ids,
  stems,
}: Portion): Promise<{ readonly fresh: ReadonlySet<SourceRelationId>; readonly outcome: Outcome }> {
  const own = await tx.sourceRelations.findComparablesOf(ids);
  const { fellows, judgements } = await loadFellows(tx, own);
  const records = [...own, ...fellows].map(({ record }) => record);
  const said = await tx.judgements.findLatestOf(records.map(idOf));
  for (const { sourceA, sourceB, verdict } of said)
    if (verdict !== 'unsure') judgements.push({ a: sourceA, b: sourceB, verdict });
  const outcome = compareAll(records, {
    judgements,
    learnt: await readLearnt(tx),
    stemsUsing: (kind, value) => stems.get(sharedKey(kind, value)) ?? 1,
  });
  const fresh = own.filter(({ relationId }) => relationId === null);
  return { fresh: new Set(fresh.map(({ record }) => idOf(record))), outcome };
}

async function loadFellows(
  tx: CompareTx,
  own: readonly Comparable[],
): Promise<{ readonly fellows: readonly Comparable[]; readonly judgements: Judgement[] }> {
  const relationIds = new Set(own.map(({ relationId }) => relationId).filter((id) => id !== null));
  if (relationIds.size === 0) return { fellows: [], judgements: [] };
  const links = await tx.links.findOfRelations([...relationIds]);
  const linked = links.filter(({ state }) => state === 'linked');
  const known = new Set(own.map(({ record }) => idOf(record)));
  const ids = new Set(linked.map(({ sourceRelationId }) => sourceRelationId).filter((id) => !known.has(id)));
  const fellows = await tx.sourceRelations.findComparablesOf([...ids]);
  const byRelation = Map.groupBy([...own, ...fellows], ({ relationId }) => relationId);
  byRelation.delete(null);
  const joined = [...byRelation.values()].flatMap((members) =>
    sameAsFirst(members.map(({ record }) => idOf(record))),
  );
  return { fellows, judgements: joined };
}

function idOf(record: MatchRecord): SourceRelationId {
  return record.id as SourceRelationId; // a record's id is its account's
}

async function* inPortions(parties: readonly Party[]): AsyncGenerator<readonly Party[]> {
  let portion: Party[] = [];
  let accounts = 0;
  for (const party of parties) {
    portion.push(party);
    accounts += party.length;
    if (accounts < accountsPerTransaction) continue;
    yield portion;
    portion = [];
    accounts = 0;
  }
  if (portion.length > 0) yield portion;
}
