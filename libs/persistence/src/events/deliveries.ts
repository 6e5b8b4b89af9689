import { and, asc, desc, eq, inArray, lt, ne, sql } from 'drizzle-orm';
import { pingType, type DeliveryState, type Event } from '@koppel/domain/outgoing-events';
import type { TenantId } from '@koppel/domain/kernel';
import type { Tx } from '../database.js';
import { newIdAt } from '../new-id.js';
import { cutPage, decodeCursor, pageSizeDefault } from '../read/cursor.js';
import { webhookAttempts, webhookDeliveries, webhookEvents } from '../schema/index.js';
import type { WebhookEndpoint } from './webhook-endpoints.js';

export interface DeliveryAttempt {
  readonly at: Date;
  /** Of HTTP; null when there was no answer. */
  readonly status: number | null;
  readonly failure: string | null;
  readonly ms: number;
}

/** A line of an endpoint's delivery log. */
export interface DeliveryRow {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly occurredAt: Date;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly dueAt: Date | null;
  readonly settledAt: Date | null;
}

export interface DeliveriesQuery {
  readonly endpointId: string;
  readonly state?: DeliveryState | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const columns = {
  delivery: webhookDeliveries,
  type: webhookEvents.type,
  occurredAt: webhookEvents.occurredAt,
};

/** Deliveries of an endpoint, newest event first. Throws `InvalidCursor` when the cursor is none of this list. */
export async function listDeliveries(
  tx: Tx,
  query: DeliveriesQuery,
): Promise<{ items: DeliveryRow[]; nextCursor: string | null }> {
  const limit = query.limit ?? pageSizeDefault;
  const [before] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ['id']);
  const rows = await tx
    .select(columns)
    .from(webhookDeliveries)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .where(
      and(
        eq(webhookDeliveries.endpointId, query.endpointId),
        query.state && eq(webhookDeliveries.state, query.state),
        before === undefined ? undefined : lt(webhookDeliveries.id, String(before)),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit + 1);
  return cutPage(rows.map(toDelivery), limit, ({ id }) => [id]);
}

export async function findDelivery(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
  const [row] = await tx
    .select(columns)
    .from(webhookDeliveries)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .where(eq(webhookDeliveries.id, id));
  return row && toDelivery(row);
}

/** More than ten attempts and as many replays make. */
const attemptsShown = 200;

/** The attempts of a delivery, oldest first; the first two hundred. */
export async function findAttempts(tx: Tx, deliveryId: string): Promise<DeliveryAttempt[]> {
  return tx
    .select({
      at: webhookAttempts.at,
      status: webhookAttempts.status,
      failure: webhookAttempts.failure,
      ms: webhookAttempts.ms,
    })
    .from(webhookAttempts)
    .where(eq(webhookAttempts.deliveryId, deliveryId))
    .orderBy(asc(webhookAttempts.at), asc(webhookAttempts.id))
    .limit(attemptsShown);
}

/** Sends a delivery anew, with the same `webhook-id` and all its attempts. */
export async function replayDelivery(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ state: 'waiting', attempts: 0, dueAt: now, settledAt: null })
    .where(eq(webhookDeliveries.id, id));
}

/** Sends an event to one endpoint only, whatever it wants to be told of. */
export async function addDelivery(
  tx: Tx,
  { id: endpointId, tenantId }: Pick<WebhookEndpoint, 'id' | 'tenantId'>,
  { type, data, link, at }: Event,
): Promise<string> {
  const [eventId, id] = [newIdAt(at), newIdAt(at)];
  await tx.insert(webhookEvents).values({ id: eventId, tenantId, type, data, link, occurredAt: at });
  await tx
    .insert(webhookDeliveries)
    .values({ id, tenantId, endpointId, eventId, state: 'waiting', attempts: 0, dueAt: at });
  return id;
}

export interface ReplayRange {
  readonly since: Date;
  readonly until: Date;
  readonly now: Date;
  readonly limit: number;
}

/**
 * Sends the events of a time anew to an endpoint that wants them: also what was never meant for it because it was switched off or not
 * there yet. The oldest `limit` of them; the moment of the last one is told, so that a longer range can be gone through.
 */
export async function replayRange(
  tx: Tx,
  { id, tenantId, eventTypes }: Pick<WebhookEndpoint, 'id' | 'tenantId' | 'eventTypes'>,
  { since, until, now, limit }: ReplayRange,
): Promise<{ replayed: number; lastAt: Date | null }> {
  const events = await tx
    .select({ id: webhookEvents.id, at: webhookEvents.occurredAt })
    .from(webhookEvents)
    .where(
      and(
        eq(webhookEvents.tenantId, tenantId),
        sql`${webhookEvents.occurredAt} >= ${since.toISOString()}::timestamptz`,
        sql`${webhookEvents.occurredAt} <= ${until.toISOString()}::timestamptz`,
        eventTypes.length === 0
          ? ne(webhookEvents.type, pingType)
          : inArray(webhookEvents.type, [...eventTypes]),
      ),
    )
    .orderBy(asc(webhookEvents.occurredAt), asc(webhookEvents.id))
    .limit(limit);
  for (let start = 0; start < events.length; start += rowsPerInsert)
    await again(tx, { id, tenantId, now }, events.slice(start, start + rowsPerInsert));
  return { replayed: events.length, lastAt: events.at(-1)?.at ?? null };
}

const rowsPerInsert = 500;

async function again(
  tx: Tx,
  { id: endpointId, tenantId, now }: { id: string; tenantId: TenantId; now: Date },
  events: readonly { readonly id: string; readonly at: Date }[],
): Promise<void> {
  const fresh = { state: 'waiting', attempts: 0, dueAt: now, settledAt: null };
  await tx
    .insert(webhookDeliveries)
    .values(
      events.map((event) => ({ id: newIdAt(event.at), tenantId, endpointId, eventId: event.id, ...fresh })),
    )
    .onConflictDoUpdate({
      target: [webhookDeliveries.tenantId, webhookDeliveries.endpointId, webhookDeliveries.eventId],
      set: fresh,
    });
}

interface Row {
  readonly delivery: typeof webhookDeliveries.$inferSelect;
  readonly type: string;
  readonly occurredAt: Date;
}

function toDelivery({ delivery, type, occurredAt }: Row): DeliveryRow {
  const { tenantId: _, state, ...rest } = delivery;
  return { ...rest, eventType: type, occurredAt, state: state as DeliveryState }; // our own rows
}
