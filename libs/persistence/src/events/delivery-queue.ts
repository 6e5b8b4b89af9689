import { and, asc, eq, exists, isNotNull, lte, sql } from 'drizzle-orm';
import type { DeliveryState, SettledDelivery } from '@koppel/domain/outgoing-events';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { inSystem, type Database, type Tx } from '../database.js';
import { newIdAt } from '../new-id.js';
import {
  tenants,
  webhookAttempts,
  webhookDeliveries,
  webhookEndpoints,
  webhookEvents,
} from '../schema/index.js';
import { forgetAttempts, type GoneDelivery } from './trim-events.js';

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
  /** Times that it was asked for anew before it was read. */
  readonly replays: number;
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
  readonly replays: number;
  readonly at: Date;
  readonly status: number | null;
  readonly failure: string | null;
  readonly ms: number;
}

/**
 * Gives the turn of endpoints with due deliveries to the caller: of those that nobody delivers to, first who waited longest. Other
 * workers pass them by until `now` + `leaseMs`. Those of an organisation that is switched off wait until it is on again.
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
        select e.id from webhook_endpoints e join tenants t on t.id = e.tenant_id
        where e.is_enabled and t.feature_enabled_at is not null and (e.leased_until is null or e.leased_until <= ${at}::timestamptz)
          and exists (select from webhook_deliveries d
            where d.endpoint_id = e.id and d.state = 'waiting' and d.due_at <= ${at}::timestamptz)
        order by e.served_at nulls first, e.id limit ${limit} for update of e skip locked)
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

  /** The first `limit` deliveries of an endpoint that are due, as long due first; none while the organisation is switched off. */
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
          exists(this.switchedOn()),
        ),
      )
      .orderBy(asc(webhookDeliveries.dueAt), asc(webhookDeliveries.id))
      .limit(limit);
    return rows.map(({ delivery, event }) => ({
      id: delivery.id,
      attempts: delivery.attempts,
      replays: delivery.replays,
      event: {
        id: event.id,
        type: event.type,
        data: event.data as DueDelivery['event']['data'], // our own rows
        link: event.link,
        at: event.occurredAt,
      },
    }));
  }

  /**
   * Writes how attempts ended. What was asked for anew meanwhile stays due, with the attempt in its log; what was removed meanwhile is
   * passed by.
   */
  async record(tried: readonly TriedDelivery[]): Promise<void> {
    for (const one of tried) {
      if (!(await this.settle(one)) && !(await this.isThere(one.id))) continue;
      const { id: deliveryId, at, status, failure, ms } = one;
      const attempt = { tenantId: this.tenantId, deliveryId, at, status, failure, ms };
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

  /**
   * Forgets at most `limit` deliveries of an endpoint that is removed, with their attempts; returns how many went. An attempt that is
   * being written is waited for.
   */
  async forget(endpointId: string, limit: number): Promise<number> {
    const { tx, tenantId } = this;
    const gone = await tx.execute<GoneDelivery>(sql`
      delete from webhook_deliveries where id in (
        select id from webhook_deliveries where tenant_id = ${tenantId}::uuid and endpoint_id = ${endpointId}::uuid
        order by id limit ${limit} for update)
      returning tenant_id, id`);
    await forgetAttempts(tx, gone);
    return gone.length;
  }

  private async settle({ id, replays, state, attempts, dueAt, at }: TriedDelivery): Promise<boolean> {
    const settledAt = state === 'waiting' ? null : at;
    const settled = await this.tx
      .update(webhookDeliveries)
      .set({ state, attempts, dueAt, settledAt })
      .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.replays, replays)))
      .returning({ id: webhookDeliveries.id });
    return settled.length > 0;
  }

  private async isThere(id: string): Promise<boolean> {
    const found = await this.tx
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .where(eq(webhookDeliveries.id, id))
      .for('key share');
    return found.length > 0;
  }

  private switchedOn() {
    return this.tx
      .select({ id: tenants.id })
      .from(tenants)
      .where(and(eq(tenants.id, this.tenantId), isNotNull(tenants.featureEnabledAt)));
  }
}
