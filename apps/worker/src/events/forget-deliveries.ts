import { ok, type TenantId } from '@koppel/domain/kernel';
import { done, type Handled, type Services } from '../services.js';

/** One transaction's worth: each has up to ten attempts and those of its replays. */
const forgottenAtOnce = 500;
/** Of one job: others of the queue have their turn after it. */
const portionsMax = 20;

/** Forgets the log of a webhook that was removed, in portions that hold nobody up. */
export async function forgetDeliveries(
  { deps, stopping }: Pick<Services, 'deps' | 'stopping'>,
  tenantId: TenantId,
  endpointId: string,
): Promise<Handled> {
  for (let portion = 0; portion < portionsMax && !stopping.aborted; portion += 1) {
    const forgotten = await deps.uow.run<number, never>(tenantId, async (tx) =>
      ok(await tx.deliveryQueue.forget(endpointId, forgottenAtOnce)),
    );
    if (forgotten.ok && forgotten.value < forgottenAtOnce) return done;
  }
  return { kind: 'later', at: deps.now() };
}
