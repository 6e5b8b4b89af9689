import { sql } from 'drizzle-orm';
import type { DeliveryState } from '@koppel/domain/outgoing-events';
import { inSystem, type Database } from '../database.js';

/** Why a delivery was not tried any more, in its log. */
export const heldReason = 'backup-restored';

/**
 * After an older backup was restored (reliability.md F28): what waits in it may have been delivered since, so nothing of it is sent again by
 * itself. Each such delivery says why in its log, and can be replayed with the same `webhook-id`. Returns how many there were.
 */
export async function holdDeliveries(database: Database): Promise<number> {
  const [waiting, failed]: DeliveryState[] = ['waiting', 'failed'];
  return inSystem(database, async (tx) => {
    const held = await tx.execute(sql`
      with held as (
        update webhook_deliveries set state = ${failed}, due_at = null, settled_at = now() where state = ${waiting} returning id, tenant_id)
      insert into webhook_attempts (id, tenant_id, delivery_id, at, status, failure, ms)
      select gen_random_uuid(), tenant_id, id, now(), null, ${heldReason}, 0 from held returning id`);
    return held.length;
  });
}
