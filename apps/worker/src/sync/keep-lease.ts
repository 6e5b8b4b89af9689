import { ok, type SyncStepId, type TenantId } from '@koppel/domain/kernel';
import type { Services } from '../services.js';

export interface Lease {
  readonly tenantId: TenantId;
  readonly owner: string;
}

/** Tells which step is held from now on, and for how long each renewal is. */
export type Hold = (stepId: SyncStepId, forMs: number) => void;

/** Renews the lease of whatever step `owner` holds while `work` runs. A lost lease is not our business here: the fence refuses. */
export async function keepLease<T>(
  services: Services,
  lease: Lease,
  work: (hold: Hold) => Promise<T>,
): Promise<T> {
  let held: { readonly stepId: SyncStepId; readonly forMs: number } | undefined;
  const { deps, log, config } = services;
  const renew = async (): Promise<void> => {
    if (!held) return;
    const { stepId, forMs } = held;
    await deps.uow.run(lease.tenantId, async (tx) =>
      ok(await tx.syncSteps.renewLease(stepId, lease.owner, forMs)),
    );
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ stepId: held?.stepId, err: error }, 'lease not renewed'));
  }, config.timings.leaseRenewEveryMs);
  try {
    return await work((stepId, forMs) => (held = { stepId, forMs }));
  } finally {
    clearInterval(timer);
  }
}
