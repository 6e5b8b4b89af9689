import { ok, type SyncStepId, type TenantId } from '@koppel/domain/kernel';
import type { Renewal } from '@koppel/domain/sync';
import type { Services } from '../services.js';

export interface Lease {
  readonly tenantId: TenantId;
  readonly owner: string;
}

/** Tells which step is held from now on, and for how long each renewal is. */
export type Hold = (stepId: SyncStepId, forMs: number) => void;

/**
 * Renews the lease of whatever step `owner` holds while `work` runs, over connections that no work takes (F23). A row that the work itself
 * has locked is waited for over the others. A lost lease is not our business here: the fence refuses.
 */
export async function keepLease<T>(
  services: Services,
  lease: Lease,
  work: (hold: Hold) => Promise<T>,
): Promise<T> {
  let held: { readonly stepId: SyncStepId; readonly forMs: number } | undefined;
  const { deps, reserved, log, config } = services;
  let isRenewing = false;
  const renew = async (): Promise<void> => {
    if (!held || isRenewing) return;
    isRenewing = true;
    try {
      const renewed = await renewOver(reserved, { ...lease, ...held, ifLocked: 'skip' });
      if (!renewed) await renewOver(deps.uow, { ...lease, ...held, ifLocked: 'wait' });
    } catch (error) {
      log.warn({ stepId: held.stepId, err: error }, 'lease not renewed');
    } finally {
      isRenewing = false;
    }
  };
  const timer = setInterval(() => void renew(), config.timings.leaseRenewEveryMs);
  try {
    return await work((stepId, forMs) => (held = { stepId, forMs }));
  } finally {
    clearInterval(timer);
  }
}

async function renewOver(
  uow: Services['reserved'],
  { tenantId, owner, stepId, ...renewal }: Lease & Renewal & { readonly stepId: SyncStepId },
): Promise<boolean> {
  const renewed = await uow.run<boolean, never>(tenantId, async (tx) =>
    ok(await tx.syncSteps.renewLease(stepId, owner, renewal)),
  );
  return renewed.ok && renewed.value;
}
