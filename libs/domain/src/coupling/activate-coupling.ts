import type { Administration, AdministrationsTx, ConnectionsTx } from '../administrations/index.js';
import type { IssuesTx } from '../issues/index.js';
import { err, ok, type AdministrationId, type Deps, type OutboxTx, type Result } from '../kernel/index.js';
import { applyPlan, dropPlannedParts, foreseePlan, type PlanTx } from '../relations/index.js';
import { countMissingSettings, type SettingsTx } from '../settings/index.js';
import { participants, type Coupling, type WrongStep } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import type { BlockingIssuesOpen, FinishStep } from './finish-synchronise.js';
import { lockCoupling, moveOn } from './lock-coupling.js';
import { isReadLately, readSince } from './read-lately.js';

export type ActivateCouplingError =
  | WrongStep
  | BlockingIssuesOpen
  | { readonly kind: 'settings-incomplete'; readonly missing: number }
  /** The plan rests on what Exact said at `readAt`, the oldest of its administrations; `readChanges` reads what changed since. */
  | { readonly kind: 'exact-not-read-lately'; readonly readAt: Date }
  /** What would be written is not what was seen; `fingerprint` is that of the plan as it is now. */
  | { readonly kind: 'plan-changed'; readonly fingerprint: string }
  /** More new accounts than anybody expects, in these administrations, and their number was not confirmed. */
  | CreatesExceedShare;

export interface CreatesExceedShare {
  readonly kind: 'creates-exceed-share';
  /** In all administrations. */
  readonly creates: number;
  readonly administrationIds: readonly AdministrationId[];
}

export type ActivateCouplingTx = CouplingsTx &
  ConnectionsTx &
  AdministrationsTx &
  SettingsTx &
  IssuesTx &
  PlanTx &
  OutboxTx;

export interface ActivateCoupling extends FinishStep {
  /** The admin's word that the shared values may be written to Exact (product.md 3.19). */
  readonly writeSharedValues: boolean;
  /** Of the plan that the admin saw; without it nothing is written. */
  readonly planFingerprint?: string | undefined;
  /** The number of new accounts that the admin saw; needed only where that is above the share. */
  readonly acceptedCreates?: number | undefined;
}

type Activated = Result<Coupling, ActivateCouplingError>;

/**
 * Finishes the coupling (step 6): its administrations become active, editing is free again, and a resync fetches what
 * changed in Exact during the freeze (product.md 3.16). Only now, and only when the admin says so, is anything written to Exact, and
 * only the plan that the admin saw, of what was read within the hour; where that is longer ago it can still be finished without writing.
 */
export function activateCoupling(
  deps: Deps<ActivateCouplingTx>,
  command: ActivateCoupling,
): Promise<Activated> {
  const { tenantId, actor } = command;
  return deps.uow.run(tenantId, async (tx): Promise<Activated> => {
    const coupling = await lockCoupling(tx, deps);
    if (coupling.step !== 'settings') return err({ kind: 'wrong-step', step: coupling.step });
    const takingPart = participants(coupling, await tx.administrations.findManyForUpdate());
    const ids = takingPart.map((one) => one.id);
    const missing = await countMissingSettings(tx, ids);
    if (missing > 0) return err({ kind: 'settings-incomplete', missing });
    const count = await tx.issues.countOpenBlocking();
    if (count > 0) return err({ kind: 'blocking-issues-open', count });
    const now = deps.now();
    if (command.writeSharedValues) {
      const readAt = readSince(takingPart);
      if (readAt && !isReadLately(readAt, now)) return err({ kind: 'exact-not-read-lately', readAt });
      const written = await writePlan(tx, deps, { ...command, now });
      if (!written.ok) return written;
    } else await dropPlannedParts(tx, ids, now);
    for (const one of takingPart) await tx.administrations.save(activated(one, coupling, now));
    await tx.outbox.add({ kind: 'start-resync', administrationIds: ids });
    await tx.outbox.addMany(
      ids.map((administrationId) => ({ kind: 'keep-subscriptions', administrationId })),
    );
    const activatedAt = coupling.activatedAt ?? now;
    return moveOn(tx, deps, { coupling: { ...coupling, activatedAt }, on: 'activated', actor });
  });
}

/**
 * Means the plan that the admin saw. It is read before anything is written, so that a refusal costs no more than the page that showed it; what
 * moves between the two is found out by the fingerprint of what was meant, whose error rolls that back.
 */
async function writePlan(
  tx: ActivateCouplingTx,
  deps: Deps<ActivateCouplingTx>,
  command: ActivateCoupling & { readonly now: Date },
): Promise<Result<void, ActivateCouplingError>> {
  const { now, actor } = command;
  const seen = await foreseePlan(tx, now);
  const { fingerprint, aboveShare: administrationIds } = seen;
  if (fingerprint !== command.planFingerprint) return err({ kind: 'plan-changed', fingerprint });
  const creates = [...seen.creates.values()].reduce((sum, count) => sum + count, 0);
  if (administrationIds.length > 0 && command.acceptedCreates !== creates)
    return err({ kind: 'creates-exceed-share', creates, administrationIds });
  const meant = await applyPlan(tx, { newId: deps.newId, now, byName: actor.name, purpose: 'plan' });
  if (meant.fingerprint !== fingerprint) return err({ kind: 'plan-changed', fingerprint: meant.fingerprint });
  return ok(undefined);
}

function activated(administration: Administration, coupling: Coupling, now: Date): Administration {
  const nextSyncAt = new Date(now.getTime() + coupling.resyncMinutes * 60_000);
  const activatedAt = administration.activatedAt ?? now;
  return { ...administration, state: 'active', selectedAt: null, activatedAt, nextSyncAt };
}
