import { sql } from 'drizzle-orm';
import { asId, type Message, type TenantId } from '@koppel/domain/kernel';
import { arrayParameter } from '../array-parameter.js';
import { inSystem, type Database } from '../database.js';

/** A message on its way out. */
export interface OutboxEntry {
  readonly id: number;
  readonly tenantId: TenantId;
  readonly message: Message;
}

/** Which messages a relay takes at a time. */
export interface OutboxPortion {
  readonly limit: number;
  /** Kinds that it knows: what a newer program wrote waits for a newer relay (F94). */
  readonly kinds: readonly string[];
}

/**
 * Hands the oldest available messages to `dispatch` and marks them as sent when it resolves. The rows stay locked meanwhile: another
 * relay skips them, and when this one dies they are free again (F11, F12). Says how many were sent.
 */
export async function dispatchOutbox(
  database: Database,
  { limit, kinds }: OutboxPortion,
  dispatch: (entries: readonly OutboxEntry[]) => Promise<void>,
): Promise<number> {
  return inSystem(database, async (tx) => {
    const rows = await tx.execute<{ id: string; tenant_id: string; message: Message }>(sql`
      select id, tenant_id, message from outbox where dispatched_at is null and available_at <= now()
        and message ->> 'kind' = any(${arrayParameter(kinds)}::text[])
      order by available_at, id limit ${limit} for update skip locked`);
    if (rows.length === 0) return 0;
    const entries = rows.map((row) => ({
      id: Number(row.id),
      tenantId: asId<TenantId>(row.tenant_id),
      message: row.message,
    }));
    await dispatch(entries);
    const ids = JSON.stringify(entries.map((entry) => entry.id));
    await tx.execute(sql`update outbox set dispatched_at = now()
      where id in (select value::bigint from jsonb_array_elements_text(${ids}::jsonb))`);
    return entries.length;
  });
}

/** Removes messages that were sent more than `ageMs` ago; at most `limit` at a time. */
export async function trimOutbox(
  database: Database,
  bounds: { ageMs: number; limit: number },
): Promise<void> {
  await inSystem(database, (tx) =>
    tx.execute(sql`delete from outbox where id in (select id from outbox
      where dispatched_at < now() - ${bounds.ageMs} * interval '1 millisecond' order by id limit ${bounds.limit})`),
  );
}
