import { ok, type Deps, type Result, type TenantId } from '../kernel/index.js';
import type { AccountWrite } from './write-intent.js';
import type { WriteIntentsTx } from './write-intents.port.js';

/**
 * Keeps the moment before a create first goes out to Exact: what was made or changed there earlier is not its doing. False when another worker
 * has taken it over.
 */
export async function beginCreate(
  { uow, now }: Deps<WriteIntentsTx>,
  tenantId: TenantId,
  claimed: AccountWrite,
): Promise<boolean> {
  const begun = await uow.run(tenantId, async (tx): Promise<Result<boolean, never>> => {
    const intent = await tx.writeIntents.findByIdForUpdate(claimed.id);
    if (intent?.state !== 'sent' || intent.attempts !== claimed.attempts) return ok(false);
    if (intent.sentAt === null) await tx.writeIntents.save({ ...intent, sentAt: now() });
    return ok(true);
  });
  return begun.ok && begun.value;
}
