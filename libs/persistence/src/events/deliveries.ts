import { and, asc, desc, eq, lt, sql } from 'drizzle-orm';
import { pingType, type DeliveryState, type Event } from '@koppel/domain/outgoing-events';
import type { TenantId } from '@koppel/domain/kernel';
import type { Tx } from '../database.js';
import { arrayParameter } from '../array-parameter.js';
import { newIdAt } from '../new-id.js';
import { cutPage, decodeCursor, pageSizeDefault } from '../read/cursor.js';
import { webhookAttempts, webhookDeliveries, webhookEndpoints, webhookEvents } from '../schema/index.js';
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

/** Undefined also when its endpoint is removed: the log of that is forgotten bit by bit. */
export async function findDelivery(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
  const [row] = await tx
    .select(columns)
    .from(webhookDeliveries)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
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

/** Sends a delivery anew, with the same `webhook-id` and all its attempts; after an attempt that is under way. */
export async function replayDelivery(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.update(webhookDeliveries).set(anew(now)).where(eq(webhookDeliveries.id, id));
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

interface ReplayedEvent {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly at: string;
}

/**
 * Sends the events of a time anew to an endpoint that wants them: also what was never meant for it because it was switched off or not
 * there yet. The oldest `limit` of them, and what else happened in the moment of the last one: `continueSince`, null when there were
 * fewer, is the moment after it, from where a longer range is gone on with, and nothing is skipped or sent twice.
 */
export async function replayRange(
  tx: Tx,
  endpoint: Pick<WebhookEndpoint, 'id' | 'tenantId' | 'eventTypes'>,
  range: ReplayRange,
): Promise<{ replayed: number; continueSince: Date | null }> {
  const { id, tenantId } = endpoint;
  const events = await findReplayed(tx, endpoint, range);
  for (let start = 0; start < events.length; start += rowsPerInsert)
    await again(tx, { id, tenantId, now: range.now }, events.slice(start, start + rowsPerInsert));
  const last = events.length < range.limit ? undefined : events.at(-1);
  return { replayed: events.length, continueSince: last ? new Date(Date.parse(last.at) + 1) : null };
}

/** Held, so that none of them is forgotten before its delivery is there. */
async function findReplayed(
  tx: Tx,
  { tenantId, eventTypes }: Pick<WebhookEndpoint, 'tenantId' | 'eventTypes'>,
  { since, until, limit }: ReplayRange,
): Promise<readonly ReplayedEvent[]> {
  const wanted =
    eventTypes.length === 0
      ? sql`type <> ${pingType}`
      : sql`type = any(${arrayParameter(eventTypes)}::text[])`;
  return tx.execute<ReplayedEvent>(sql`
    select id, occurred_at as at from webhook_events
    where tenant_id = ${tenantId}::uuid and ${wanted}
      and occurred_at between ${since.toISOString()}::timestamptz and ${until.toISOString()}::timestamptz
    order by occurred_at fetch first ${limit} rows with ties for key share`);
}

const anew = (now: Date) => ({
  ...{ state: 'waiting', attempts: 0, dueAt: now, settledAt: null },
  replays: sql`${webhookDeliveries.replays} + 1`,
});

const rowsPerInsert = 500;

async function again(
  tx: Tx,
  { id: endpointId, tenantId, now }: { id: string; tenantId: TenantId; now: Date },
  events: readonly ReplayedEvent[],
): Promise<void> {
  await tx
    .insert(webhookDeliveries)
    .values(
      events.map((event) => ({
        ...{ id: newIdAt(new Date(event.at)), tenantId, endpointId, eventId: event.id },
        ...{ state: 'waiting', attempts: 0, dueAt: now, settledAt: null },
      })),
    )
    .onConflictDoUpdate({
      target: [webhookDeliveries.tenantId, webhookDeliveries.eventId, webhookDeliveries.endpointId],
      set: anew(now),
    });
}

interface Row {
  readonly delivery: typeof webhookDeliveries.$inferSelect;
  readonly type: string;
  readonly occurredAt: Date;
}

function toDelivery({ delivery, type, occurredAt }: Row): DeliveryRow {
  const { tenantId: _, replays: __, state, ...rest } = delivery;
  return { ...rest, eventType: type, occurredAt, state: state as DeliveryState }; // our own rows
}
