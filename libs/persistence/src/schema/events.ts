import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, systemAll, tenantId, tenantOnly } from './columns.js';

/** Where an integrator wants to be told of events. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    url: text('url').notNull(),
    description: text('description').notNull(),
    /** Types of events; none: all of them. */
    eventTypes: text('event_types').array().notNull(),
    isEnabled: boolean('is_enabled').notNull(),
    disabledReason: text('disabled_reason'), // person | gone | failing
    disabledAt: at('disabled_at'),
    failingSince: at('failing_since'),
    secretKeyId: text('secret_key_id').notNull(),
    secretCiphertext: text('secret_ciphertext').notNull(),
    /** The secret before the last rotation, which signs beside the new one until then. */
    previousKeyId: text('previous_key_id'),
    previousCiphertext: text('previous_ciphertext'),
    previousUntil: at('previous_until'),
    /** One worker at a time delivers to an endpoint; free again after this moment, also when that worker died. */
    leasedUntil: at('leased_until'),
    /** When its last turn began: who waited longest is next. */
    servedAt: at('served_at'),
    version: integer('version').notNull().default(1),
    createdBy: text('created_by').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [index('webhook_endpoints_tenant').on(table.tenantId), systemAll(), tenantOnly()],
);

/** What happened, written with the change. Its id is the `webhook-id` of every delivery, for ever. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    type: text('type').notNull(),
    data: jsonb('data').notNull(),
    link: text('link').notNull(),
    occurredAt: at('occurred_at').notNull(),
  },
  (table) => [
    index('webhook_events_occurred').on(table.tenantId, table.occurredAt, table.id),
    systemAll(),
    tenantOnly(),
  ],
);

/** One event on its way to one endpoint: the queue of deliveries. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    endpointId: uuid('endpoint_id').notNull(),
    eventId: uuid('event_id').notNull(),
    state: text('state').notNull(), // waiting | delivered | failed
    /** Since it was made or sent anew. */
    attempts: integer('attempts').notNull(),
    /** Times that it was asked for anew: an attempt from before such a time settles nothing. */
    replays: integer('replays').notNull().default(0),
    dueAt: at('due_at'),
    settledAt: at('settled_at'),
  },
  (table) => [
    uniqueIndex('webhook_deliveries_once').on(table.tenantId, table.endpointId, table.eventId),
    index('webhook_deliveries_due')
      .on(table.endpointId, table.dueAt)
      .where(sql`${table.state} = 'waiting'`),
    index('webhook_deliveries_list').on(table.tenantId, table.endpointId, table.id),
    systemAll(),
    tenantOnly(),
  ],
);

/** The delivery log: every attempt and how it ended. */
export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    deliveryId: uuid('delivery_id').notNull(),
    at: at('at').notNull(),
    /** Of HTTP; null when there was no answer. */
    status: integer('status'),
    failure: text('failure'),
    ms: integer('ms').notNull(),
  },
  (table) => [
    index('webhook_attempts_delivery').on(table.tenantId, table.deliveryId, table.id),
    systemAll(),
    tenantOnly(),
  ],
);
