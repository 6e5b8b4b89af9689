import { ok, type SyncStepId, type TenantId } from '@koppel/domain/kernel';
import type { Services } from '../services.js';

export interface Lease {
  readonly tenantId: TenantId;
  readonly owner: string;
  readonly forMs: number;
}

/** Renews the lease of whatever step `owner` holds while `work` runs. A lost lease is not our business here: the fence refuses. */
export async function keepLease<T>(
  services: Services,
  lease: Lease,
  work: (hold: (stepId: SyncStepId) => void) => Promise<T>,
): Promise<T> {
  let held: SyncStepId | undefined;
  const { deps, log, config } = services;
  const renew = async (stepId: SyncStepId): Promise<void> => {
    await deps.uow.run(lease.tenantId, async (tx) =>
      ok(await tx.syncSteps.renewLease(stepId, lease.owner, lease.forMs)),
    );
  };
  const timer = setInterval(() => {
    if (held)
      renew(held).catch((error: unknown) => log.warn({ stepId: held, err: error }, 'lease not renewed'));
  }, config.timings.leaseRenewEveryMs);
  try {
    return await work((stepId) => (held = stepId));
  } finally {
    clearInterval(timer);
  }
}
