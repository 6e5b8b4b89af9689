import { ok, type Deps, type RelationId, type TenantId, type WriteIntentId } from '../kernel/index.js';
import { loadAdministrations } from './members.js';
import { linesOfPart, readPlannedParts } from './parts/planned-parts.js';
import {
  becomingActive,
  relationsPerPortion,
  updatesOf,
  writesOf,
  type PlannedUpdate,
  type PlanTx,
} from './walk-plan.js';

export interface PlanPage {
  readonly updates: readonly PlannedUpdate[];
  /** Where the next page begins; null after the last. */
  readonly next: RelationId | null;
}

/** The plan piece by piece, in a short transaction each, for a file of any size. */
export async function readPlanPage(
  deps: Pick<Deps<PlanTx>, 'uow'>,
  command: { readonly tenantId: TenantId; readonly after: RelationId | null },
): Promise<PlanPage> {
  const read = await deps.uow.run(command.tenantId, async (tx) => {
    const ids = await tx.relations.findDiffering(command.after, relationsPerPortion);
    const writes = ids.length > 0 ? await writesOf(tx, ids, await loadAdministrations(tx)) : [];
    const next = ids.length < relationsPerPortion ? null : (ids.at(-1) ?? null);
    return ok({ updates: writes.flatMap(updatesOf), next });
  });
  return read.ok ? read.value : { updates: [], next: null };
}

export interface PlanPartsPage {
  readonly updates: readonly PlannedUpdate[];
  /** Where the next page begins; null after the last. */
  readonly next: WriteIntentId | null;
}

/** The same of contact persons, addresses and bank accounts. */
export async function readPlanParts(
  deps: Pick<Deps<PlanTx>, 'uow'>,
  command: { readonly tenantId: TenantId; readonly after: WriteIntentId | null },
): Promise<PlanPartsPage> {
  const read = await deps.uow.run(command.tenantId, async (tx) => {
    const administrationIds = await becomingActive(tx);
    const { parts, next } = await readPlannedParts(tx, { administrationIds, after: command.after });
    return ok({ updates: parts.flatMap(linesOfPart), next });
  });
  return read.ok ? read.value : { updates: [], next: null };
}
