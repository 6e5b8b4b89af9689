import { invariant, ok, type AdministrationId, type Deps, type TenantId } from '../kernel/index.js';
import { loadAdministrations } from './members.js';
import { linesOfPart, walkPlannedParts, type PlannedPart } from './parts/planned-parts.js';
import { aboveShare } from './plan-creates.js';
import { PlanFingerprint } from './plan-fingerprint.js';
import {
  becomingActive,
  coupled,
  missedIn,
  updatesOf,
  walkUpdates,
  type NamedWrite,
  type PlannedUpdate,
  type PlanTx,
} from './walk-plan.js';

export interface WritePlan {
  /** Accounts, and parts of accounts, that would be updated, per administration; those without any stand with 0. */
  readonly accounts: ReadonlyMap<AdministrationId, number>;
  /** The first `updatesMax`, by relation. */
  readonly updates: readonly PlannedUpdate[];
  readonly isCut: boolean;
  /** Accounts that would be made, per administration; none where these are made on first use. */
  readonly creates: ReadonlyMap<AdministrationId, number>;
  /** Beside those, per administration, the ones that wait until a person says whether an account there is the relation. */
  readonly waiting: ReadonlyMap<AdministrationId, number>;
  /** The administrations in which the former are so many that their number must be confirmed. */
  readonly aboveShare: readonly AdministrationId[];
  /** Changes when any write of the plan does, also one that was cut off. */
  readonly fingerprint: string;
}

/**
 * What would be written to Exact if the shared values were (product.md 3.19): per relation with accounts in several
 * administrations, every account that says something else. Fields in dispute are left out. Writes nothing.
 */
export async function planWrites(
  deps: Pick<Deps<PlanTx>, 'uow' | 'now'>,
  command: { readonly tenantId: TenantId; readonly updatesMax: number },
): Promise<WritePlan> {
  const accounts = new Map<AdministrationId, number>();
  const updates: PlannedUpdate[] = [];
  let found = 0;
  const read = await deps.uow.run(command.tenantId, async (tx) => {
    for (const [id, { state }] of await loadAdministrations(tx)) if (coupled.has(state)) accounts.set(id, 0);
    const see = (administrationId: AdministrationId, fields: readonly PlannedUpdate[]) => {
      if (fields.length > 0) accounts.set(administrationId, (accounts.get(administrationId) ?? 0) + 1);
      found += fields.length;
      updates.push(...fields.slice(0, command.updatesMax - updates.length));
    };
    const foreseen = await foreseePlan(tx, deps.now(), {
      write: (write) => see(write.member.source.administrationId, updatesOf(write)),
      part: (part) => see(part.intent.administrationId, linesOfPart(part)),
    });
    return ok(foreseen);
  });
  invariant(read.ok, 'reading a plan has no expected failure');
  return { accounts, updates, isCut: found > updates.length, ...read.value };
}

/** What the admin confirms of a plan: what it writes, and the new accounts that their number must be confirmed of. */
export type ForeseenPlan = Pick<WritePlan, 'creates' | 'waiting' | 'aboveShare' | 'fingerprint'>;

/** The plan as it is now; writes nothing. */
export async function foreseePlan(
  tx: PlanTx,
  now: Date,
  see?: {
    readonly write: (write: NamedWrite) => void;
    readonly part: (part: PlannedPart) => void;
  },
): Promise<ForeseenPlan> {
  const fingerprint = new PlanFingerprint();
  await walkUpdates(tx, (writes) => {
    for (const write of writes) fingerprint.add(write);
    if (see) writes.forEach(see.write);
    return Promise.resolve();
  });
  await walkPlannedParts(tx, await becomingActive(tx), (parts) => {
    for (const part of parts) fingerprint.addPart(part);
    if (see) parts.forEach(see.part);
    return Promise.resolve();
  });
  const missing = await tx.missingAccounts.sumUp(await missedIn(tx, now));
  fingerprint.addCreates(missing, await loadAdministrations(tx));
  const { counts: creates, waiting } = missing;
  return { creates, waiting, aboveShare: await aboveShare(tx, creates), fingerprint: fingerprint.text() };
}
