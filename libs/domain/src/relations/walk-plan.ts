import type { AdministrationState } from '../administrations/index.js';
import type { AdministrationId, RelationId } from '../kernel/index.js';
import { dutchDay } from './activity.js';
import type { ConflictsTx } from './conflicts.port.js';
import { sharedFieldNames, type SharedField, type SharedValues } from './fields.js';
import { loadAdministrations, loadMembers, type Positions } from './members.js';
import type { MissedIn, MissingAccountsTx } from './missing-accounts.port.js';
import type { PlannedPartField, PlannedPartsTx } from './parts/planned-parts.js';
import { creatingIn, type PlanCreatesTx } from './plan-creates.js';
import { differingPatch, isSharing, type PlannedWrite } from './write-planner.js';

export type PlanTx = PlanCreatesTx & ConflictsTx & MissingAccountsTx & PlannedPartsTx;

/** One field of one account, or of a contact person, an address or a bank account of it, that would be written. */
export interface PlannedUpdate {
  readonly administrationId: AdministrationId;
  readonly relationId: RelationId;
  readonly relationName: string;
  readonly field: SharedField | PlannedPartField;
  readonly from: SharedValues[SharedField];
  readonly to: SharedValues[SharedField];
}

/** Relations that are looked at together. */
export const relationsPerPortion = 500;
/** Two million relations. */
const portionsMax = 4_000;
/** The administrations that the coupling is about, before and after it becomes active. */
export const coupled: ReadonlySet<AdministrationState> = new Set<AdministrationState>(['coupling', 'active']);

/** What would be written to one account, and whose it is. */
export interface NamedWrite extends PlannedWrite {
  readonly relationName: string;
}

/** The accounts that say something else than their relation, by relation. Fields in dispute are left out. */
export async function walkUpdates(
  tx: PlanTx,
  take: (writes: readonly NamedWrite[]) => Promise<void>,
): Promise<void> {
  const administrations = await loadAdministrations(tx);
  let after: RelationId | null = null;
  for (let portion = 0; portion < portionsMax; portion += 1) {
    const ids: RelationId[] = await tx.relations.findDiffering(after, relationsPerPortion);
    if (ids.length > 0) await take(await writesOf(tx, ids, administrations));
    after = ids.at(-1) ?? after;
    if (ids.length < relationsPerPortion) return;
  }
}

/** Those of the given relations. */
export async function writesOf(
  tx: PlanTx,
  ids: readonly RelationId[],
  administrations: Positions,
): Promise<NamedWrite[]> {
  const relations = await tx.relations.findMany(ids);
  const members = await loadMembers(tx, ids, { positions: administrations });
  const disputes = new Set(
    (await tx.conflicts.findOpenOfRelations(ids)).map(({ relationId, field }) => relationId + field),
  );
  return relations.flatMap((relation) => {
    const fields = sharedFieldNames.filter((field) => !disputes.has(relation.id + field));
    return (members.get(relation.id) ?? [])
      .filter(
        (member) =>
          isSharing(member) &&
          coupled.has(administrations.get(member.source.administrationId)?.state ?? 'removed'),
      )
      .map((member) => ({
        member,
        relationId: relation.id,
        relationName: relation.values.name,
        patch: differingPatch({ member }, relation, fields),
      }))
      .filter(({ patch }) => Object.keys(patch).length > 0);
  });
}

/** A line for each field. */
export function updatesOf({ member, relationId, relationName, patch }: NamedWrite): PlannedUpdate[] {
  return sharedFieldNames
    .filter((field) => field in patch)
    .map((field) => ({
      administrationId: member.source.administrationId,
      relationId,
      relationName,
      field,
      from: member.source.fields.shared[field],
      to: patch[field] ?? null,
    }));
}

/** Where relations are to have an account, and on which day. */
export async function missedIn(tx: PlanTx, now: Date): Promise<MissedIn> {
  return { administrations: await creatingIn(tx), today: dutchDay(now) };
}

/** The administrations for which writes wait until the coupling, or their addition to it, is active. */
export async function becomingActive(tx: PlanTx): Promise<AdministrationId[]> {
  const { isActive } = await tx.syncPolicy.read();
  return [...(await loadAdministrations(tx)).values()]
    .filter(({ state }) => state === 'coupling' || state === 'selected' || (!isActive && state === 'active'))
    .map(({ id }) => id);
}
