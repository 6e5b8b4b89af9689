import { sql } from 'drizzle-orm';
import { asId, type Message, type TenantId } from '@koppel/domain/kernel';
import { arrayParameter } from '../array-parameter.js';
import { inSystem, type Database } from '../database.js';

/** A message on its way out. */
export interface OutboxEntry {
  readonly id: number;
  /** Tells it from one that had its number before an older backup was restored (F28). */
  readonly availableAt: Date;
  readonly tenantId: TenantId;
  readonly message: Message;
  /** Whether it is about a run that is a resync. */
  readonly isOfResync: boolean;
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
    const rows = await tx.execute<Row>(sql`
      select o.id, o.available_at, o.tenant_id, o.message, coalesce(r.kind = 'resync', false) as is_of_resync
      from outbox o left join sync_runs r on r.id = (o.message ->> 'runId')::uuid
      where o.dispatched_at is null and o.available_at <= now() and o.message ->> 'kind' = any(${arrayParameter(kinds)}::text[])
      order by o.available_at, o.id limit ${limit} for update of o skip locked`);
    if (rows.length === 0) return 0;
    const entries = rows.map((row) => ({
      id: Number(row.id),
      availableAt: new Date(row.available_at),
      tenantId: asId<TenantId>(row.tenant_id),
      message: row.message,
      isOfResync: row.is_of_resync,
    }));
    await dispatch(entries);
    const ids = JSON.stringify(entries.map((entry) => entry.id));
    await tx.execute(sql`update outbox set dispatched_at = now()
      where id in (select value::bigint from jsonb_array_elements_text(${ids}::jsonb))`);
    return entries.length;
  });
}

interface Row {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly available_at: string;
  readonly tenant_id: string;
  readonly message: Message;
  readonly is_of_resync: boolean;
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
