import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { DeliveryState, SettledDelivery } from '@koppel/domain/outgoing-events';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { inSystem, type Database, type Tx } from '../database.js';
import { newIdAt } from '../new-id.js';
import { webhookAttempts, webhookDeliveries, webhookEndpoints, webhookEvents } from '../schema/index.js';

/** An endpoint whose turn a worker has, until `leasedUntil`. */
export interface EndpointTurn {
  readonly tenantId: TenantId;
  readonly endpointId: string;
  readonly leasedUntil: Date;
}

/** A delivery that is to be tried now, with its event. */
export interface DueDelivery {
  readonly id: string;
  readonly attempts: number;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly data: Readonly<Record<string, unknown>>;
    readonly link: string;
    readonly at: Date;
  };
}

/** A tried delivery: where it stands, and a line of the log. */
export interface TriedDelivery extends SettledDelivery {
  readonly id: string;
  readonly at: Date;
  readonly status: number | null;
  readonly failure: string | null;
  readonly ms: number;
}

/**
 * Gives the turn of endpoints with due deliveries to the caller: of those that nobody delivers to, first who waited longest. Other
 * workers pass them by until `now` + `leaseMs`.
 */
export async function claimEndpoints(
  database: Database,
  { now, leaseMs, limit }: { readonly now: Date; readonly leaseMs: number; readonly limit: number },
): Promise<EndpointTurn[]> {
  const leasedUntil = new Date(now.getTime() + leaseMs);
  const [at, until] = [now.toISOString(), leasedUntil.toISOString()];
  return inSystem(database, async (tx) => {
    const rows = await tx.execute<{ id: string; tenant_id: string }>(sql`
      update webhook_endpoints set leased_until = ${until}::timestamptz, served_at = ${at}::timestamptz
      where id in (
        select e.id from webhook_endpoints e
        where e.is_enabled and (e.leased_until is null or e.leased_until <= ${at}::timestamptz)
          and exists (select from webhook_deliveries d
            where d.endpoint_id = e.id and d.state = 'waiting' and d.due_at <= ${at}::timestamptz)
        order by e.served_at nulls first, e.id limit ${limit} for update skip locked)
      returning id, tenant_id`);
    return rows.map((row) => ({ tenantId: asId<TenantId>(row.tenant_id), endpointId: row.id, leasedUntil }));
  });
}

/** The queue of deliveries of one tenant, over Postgres. */
export class DeliveryQueue {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  /** The first `limit` deliveries of an endpoint that are due, as long due first. */
  async findDue(endpointId: string, { now, limit }: { now: Date; limit: number }): Promise<DueDelivery[]> {
    const rows = await this.tx
      .select({ delivery: webhookDeliveries, event: webhookEvents })
      .from(webhookDeliveries)
      .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
      .where(
        and(
          eq(webhookDeliveries.endpointId, endpointId),
          eq(webhookDeliveries.state, 'waiting' satisfies DeliveryState),
          lte(webhookDeliveries.dueAt, now),
        ),
      )
      .orderBy(asc(webhookDeliveries.dueAt), asc(webhookDeliveries.id))
      .limit(limit);
    return rows.map(({ delivery, event }) => ({
      id: delivery.id,
      attempts: delivery.attempts,
      event: {
        id: event.id,
        type: event.type,
        data: event.data as DueDelivery['event']['data'], // our own rows
        link: event.link,
        at: event.occurredAt,
      },
    }));
  }

  /** Writes how attempts ended. What was taken back meanwhile, or its endpoint removed, is passed by. */
  async record(tried: readonly TriedDelivery[]): Promise<void> {
    for (const { id, state, attempts, dueAt, at, status, failure, ms } of tried) {
      const settledAt = state === 'waiting' ? null : at;
      const known = await this.tx
        .update(webhookDeliveries)
        .set({ state, attempts, dueAt, settledAt })
        .where(eq(webhookDeliveries.id, id))
        .returning({ id: webhookDeliveries.id });
      if (known.length === 0) continue;
      const attempt = { tenantId: this.tenantId, deliveryId: id, at, status, failure, ms };
      await this.tx.insert(webhookAttempts).values({ id: newIdAt(at), ...attempt });
    }
  }

  /** Gives a turn back: the next begins not before `restUntil`. One that was over and is another worker's by now stays his. */
  async release({ endpointId, leasedUntil }: EndpointTurn, restUntil: Date | null): Promise<void> {
    await this.tx
      .update(webhookEndpoints)
      .set({ leasedUntil: restUntil })
      .where(and(eq(webhookEndpoints.id, endpointId), eq(webhookEndpoints.leasedUntil, leasedUntil)));
  }
}
