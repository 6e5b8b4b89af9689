import { ok, systemActor, type RelationId, type Result, type SourceRelationId } from '../kernel/index.js';
import { dutchDay } from './activity.js';
import {
  addCounts,
  noCounts,
  tell,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type CompareTx,
} from './compare-command.js';
import { isAnonymised } from './anonymised.js';
import { eraseAnonymised } from './erase-history.js';
import { endLinks, refreshRoles } from './link-changes.js';
import { loadAdministrations, loadMembers, type LinkedMember, type Positions } from './members.js';
import { mergeChanges, type MergedChanges } from './merge-changes.js';
import { placeAccounts } from './place-accounts.js';
import { findPendingWrites } from './pending-writes.js';
import type { Relation } from './relation.js';
import { isExactly } from './same-value.js';
import { exactChange } from './exact-change.js';
import { sharedFieldNames, type SharedField } from './fields.js';
import type { SourceRelation } from './source-relation.js';
import {
  isWritable,
  planWritesFor,
  withdrawWrites,
  type AccountFields,
  type MeantWrite,
} from './write-planner.js';

/** Accounts per transaction. */
const accountsPerTransaction = 200;
/** Two million accounts changed in one run. */
const transactionsMax = 10_000;

interface Portion {
  readonly ids: readonly SourceRelationId[];
  readonly counts: CompareCounts;
}

/**
 * Looks at the accounts that the run inserted, changed or saw deleted. New ones are looked up among the known; changed ones
 * go through the three-way merge; deleted ones lose their link and never their relation (E11). Initial and addition runs
 * have placed their new accounts already and come here for what an earlier run had linked.
 */
export async function compareChanges(deps: CompareDeps, command: CompareRun): Promise<CompareCounts> {
  const isResync = command.runKind === 'resync';
  let counts = noCounts;
  let done = 0;
  let after: SourceRelationId | null = null;
  for (let portion = 0; portion < transactionsMax; portion += 1) {
    const place: SourceRelationId | null = after;
    const result: Result<Portion, never> = await deps.uow.run(command.tenantId, async (tx) => {
      const ids: SourceRelationId[] = isResync
        ? await tx.sourceRelations.findChangedIn(command.runId, place, accountsPerTransaction)
        : await tx.sourceRelations.findUnmergedIn(command.runId, place, accountsPerTransaction);
      return ok({
        ids,
        counts:
          ids.length > 0
            ? await tell(tx, command, await comparePortion(deps, command, { tx, ids }))
            : noCounts,
      });
    });
    if (!result.ok) break; // never: `work` has no expected failure
    counts = addCounts(counts, result.value.counts);
    done += result.value.ids.length;
    after = result.value.ids.at(-1) ?? after;
    if (isResync && done > 0) await command.onProgress(done, done);
    if (result.value.ids.length < accountsPerTransaction) break;
  }
  return counts;
}

async function comparePortion(
  deps: CompareDeps,
  command: CompareRun,
  portion: { readonly tx: CompareTx; readonly ids: readonly SourceRelationId[] },
): Promise<CompareCounts> {
  const { tx, ids } = portion;
  await tx.relations.lockForComparing();
  const administrations = await loadAdministrations(tx);
  const links = await tx.links.findOfSources(ids);
  const relationIds = [...new Set(links.map((link) => link.relationId))].sort();
  const relations = await tx.relations.findManyForUpdate(relationIds);
  const members = await loadMembers(tx, relationIds, { positions: administrations, forUpdate: true });
  const known = new Set(links.map((link) => link.sourceRelationId));
  const merged = await mergeRelations(deps, { tx, administrations }, { ids, relations, members });
  await tx.sourceRelations.acceptAsBase(ids);
  const moved = [...members.values()].flat().filter(({ source }) => known.has(source.id) && isMoved(source));
  const fresh = ids.filter((id) => !known.has(id));
  const placed = await placeAccounts(deps, command, {
    tx,
    administrations,
    fresh,
    moved: moved.map(({ source }) => source.id),
  });
  return addCounts(addCounts(placed, merged), { changed: moved.length });
}

/** Present, and with another shared value than last time. */
function isMoved({ base, fields, state }: SourceRelation): boolean {
  return (
    state === 'present' &&
    base !== null &&
    sharedFieldNames.some((field) => !isExactly(base[field], fields.shared[field]))
  );
}

async function mergeRelations(
  deps: CompareDeps,
  world: { readonly tx: CompareTx; readonly administrations: Positions },
  {
    ids,
    relations,
    members,
  }: {
    readonly ids: readonly SourceRelationId[];
    readonly relations: readonly Relation[];
    readonly members: ReadonlyMap<RelationId, readonly LinkedMember[]>;
  },
): Promise<Partial<CompareCounts>> {
  const { tx } = world;
  const now = deps.now();
  const changed = new Set(ids);
  const ended = await endLinks(tx, [...members.values()].flat(), now);
  const refreshed = await refreshRoles(tx, ended.members, now);
  const relationOf = new Map([...members].flatMap(([id, own]) => own.map(({ source }) => [source.id, id])));
  const own = Map.groupBy(refreshed, ({ source }) => relationOf.get(source.id));
  const conflicts = Map.groupBy(
    await tx.conflicts.findOpenOfRelations(relations.map(({ id }) => id)),
    ({ relationId }) => relationId,
  );
  const sources = [...members.values()].flat().map(({ source }) => source.id);
  const pending = await findPendingWrites(tx, sources);
  const facts = { newId: deps.newId, now, today: dutchDay(now) };
  const merges = relations.map((relation) => {
    const openConflicts = conflicts.get(relation.id) ?? [];
    const merged = mergeChanges(
      { relation, members: own.get(relation.id) ?? [], changed, openConflicts, pending },
      facts,
    );
    return { before: relation, relation: merged.relation ?? relation, merged };
  });
  const saved = merges.flatMap(({ merged }) => merged.relation ?? []);
  const newConflicts = merges.flatMap(({ merged }) => merged.newConflicts);
  if (saved.length > 0) await tx.relations.saveMany(saved);
  const acts = merges.flatMap(({ before, relation }) => {
    const sources = (own.get(relation.id) ?? []).map(({ source }) => source);
    const { administrations } = world;
    return exactChange(deps.newId(), { before, after: relation, sources, administrations, now }) ?? [];
  });
  if (acts.length > 0) await tx.actions.addMany(acts);
  await tx.conflicts.addMany(newConflicts);
  await tx.conflicts.saveMany(merges.flatMap(({ merged }) => merged.savedConflicts));
  // After the act that tells of the change: it holds what stood before too.
  for (const { id } of relations) {
    const ofRelation = own.get(id) ?? [];
    if (ofRelation.some(({ source }) => changed.has(source.id) && isAnonymised(source)))
      await eraseAnonymised(tx, { relationId: id, members: ofRelation }, now);
  }
  const isHeld = (id: RelationId) =>
    (own.get(id) ?? []).some(({ source }) => changed.has(source.id) && awaits(world, source));
  const writes = await sendWrites(deps, world, { merges, isHeld });
  return { deleted: ended.count, conflicts: newConflicts.length, writes };
}

/** What is edited in an administration that is not active yet reaches the others with its plan, once an admin saw that (product.md 3.19). */
function awaits(
  { administrations }: { readonly administrations: Positions },
  { administrationId }: SourceRelation,
): boolean {
  return administrations.get(administrationId)?.state === 'coupling';
}

async function sendWrites(
  deps: CompareDeps,
  { tx, administrations }: { readonly tx: CompareTx; readonly administrations: Positions },
  {
    merges,
    isHeld,
  }: {
    readonly merges: readonly { readonly relation: Relation; readonly merged: MergedChanges }[];
    readonly isHeld: (id: RelationId) => boolean;
  },
): Promise<number> {
  const facts = { newId: deps.newId, now: deps.now(), byName: systemActor.name, purpose: 'resync' } as const;
  const withdrawn = merges.flatMap(({ relation, merged }): AccountFields[] =>
    perMember(merged.withdrawn).map(([member, fields]) => ({ member, relationId: relation.id, fields })),
  );
  await withdrawWrites(tx, withdrawn, facts);
  const sent = merges.filter(({ relation }) => !isHeld(relation.id));
  const writes = sent.flatMap(({ relation, merged }): MeantWrite[] =>
    perMember(merged.spread)
      .filter(([member]) => isWritable(member, administrations))
      .map(([member, fields]) => ({ member, relationId: relation.id, relation, fields })),
  );
  return planWritesFor(tx, writes, facts);
}

function perMember(
  targets: readonly { readonly field: SharedField; readonly to: LinkedMember }[],
): [LinkedMember, SharedField[]][] {
  const fields = new Map<LinkedMember, SharedField[]>();
  for (const { field, to } of targets) fields.set(to, [...(fields.get(to) ?? []), field]);
  return [...fields];
}
