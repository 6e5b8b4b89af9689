import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import {
  changedMeanwhile,
  notFound,
  tooManyWebhookEndpoints,
  webhookSwitchedOff,
  webhookUrlRefused,
} from '../problems.js';
import { cursor, id, idParams, line, listQuery, moment, nothing } from '../values.js';

const tag = 'webhook-endpoints';

/** The domain's words; a spec of the api keeps both lists the same. */
export const webhookEventType = z.enum([
  'connection.reauth_required',
  'administration.blocked',
  'sync.completed',
  'sync.failed',
  'relation.created',
  'relation.updated',
  'relation.merged',
  'relation.deleted',
  'conflict.opened',
  'conflict.resolved',
]);
export type WebhookEventType = z.output<typeof webhookEventType>;

export const webhookReceiver = z.strictObject({
  id,
  url: z.string(),
  description: z.string(),
  /** None: all, also those of later releases. */
  eventTypes: z.array(webhookEventType),
  isEnabled: z.boolean(),
  /** By a person, because the receiver answered 410, or because it took nothing for five days. */
  disabledReason: z.enum(['person', 'gone', 'failing']).nullable(),
  disabledAt: moment.nullable(),
  /** Since when nothing was taken; null while it is. */
  failingSince: moment.nullable(),
  /** Until when the secret before the last rotation signs as well. */
  previousSecretUntil: moment.nullable(),
  createdBy: z.string(),
  createdAt: moment,
  version: z.int(),
});
export type WebhookEndpoint = z.output<typeof webhookReceiver>;

export const webhookDelivery = z.strictObject({
  id,
  endpointId: id,
  /** The `webhook-id` of all its attempts. */
  eventId: id,
  eventType: z.string(),
  occurredAt: moment,
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int(),
  /** When it is tried next; null when it is not. */
  dueAt: moment.nullable(),
  settledAt: moment.nullable(),
});
export type WebhookDelivery = z.output<typeof webhookDelivery>;

const secret = z.string();
const written = {
  url: line(2_000).min(1),
  description: line(200),
  eventTypes: z.array(webhookEventType).max(webhookEventType.options.length),
};

export const listWebhookEndpointsEndpoint = endpoint({
  method: 'GET',
  path: '/v1/webhook-endpoints',
  summary: 'Where the organisation is told of events',
  tag,
  access: 'admin',
  response: z.strictObject({ items: z.array(webhookReceiver) }),
  problems: [],
});
export const createWebhookEndpointEndpoint = endpoint({
  method: 'POST',
  path: '/v1/webhook-endpoints',
  summary: 'Add an endpoint; its secret is shown once',
  tag,
  access: 'admin',
  body: z.strictObject({
    ...written,
    description: written.description.default(''),
    eventTypes: written.eventTypes.default([]),
  }),
  response: z.strictObject({ endpoint: webhookReceiver, secret }),
  status: 201,
  problems: [webhookUrlRefused, tooManyWebhookEndpoints],
});
export const changeWebhookEndpointEndpoint = endpoint({
  method: 'PATCH',
  path: '/v1/webhook-endpoints/:id',
  summary: 'Change an endpoint, or switch it on or off',
  tag,
  access: 'admin',
  params: idParams,
  body: z
    .strictObject({ ...written, isEnabled: z.boolean() })
    .partial()
    .extend({ version: z.int() }),
  response: webhookReceiver,
  problems: [notFound, changedMeanwhile, webhookUrlRefused],
});
export const removeWebhookEndpointEndpoint = endpoint({
  method: 'DELETE',
  path: '/v1/webhook-endpoints/:id',
  summary: 'Remove an endpoint with its delivery log',
  tag,
  access: 'admin',
  params: idParams,
  body: z.strictObject({ version: z.int() }),
  response: nothing,
  status: 204,
  problems: [notFound, changedMeanwhile],
});
export const rotateWebhookSecretEndpoint = endpoint({
  method: 'POST',
  path: '/v1/webhook-endpoints/:id/secret',
  summary: 'Make a new secret, shown once; the one before it signs as well for 24 hours',
  tag,
  access: 'admin',
  params: idParams,
  body: z.strictObject({ version: z.int() }),
  response: z.strictObject({ endpoint: webhookReceiver, secret }),
  problems: [notFound, changedMeanwhile],
});
export const pingWebhookEndpointEndpoint = endpoint({
  method: 'POST',
  path: '/v1/webhook-endpoints/:id/ping',
  summary: 'Send an event `webhook.ping`, to try whether the receiver is reached',
  tag,
  access: 'admin',
  params: idParams,
  response: webhookDelivery,
  status: 202,
  problems: [notFound, webhookSwitchedOff],
});
export const listWebhookDeliveriesEndpoint = endpoint({
  method: 'GET',
  path: '/v1/webhook-endpoints/:id/deliveries',
  summary: 'What was or is to be delivered, newest event first',
  tag,
  access: 'admin',
  params: idParams,
  query: z.strictObject({ ...listQuery, state: z.enum(['waiting', 'delivered', 'failed']).optional() }),
  response: z.strictObject({ items: z.array(webhookDelivery), nextCursor: cursor.nullable() }),
  problems: [notFound],
});
export const replayWebhookRangeEndpoint = endpoint({
  method: 'POST',
  path: '/v1/webhook-endpoints/:id/replay',
  summary:
    'Send the events of a time anew, with their own webhook-id; also those from when it was switched off',
  tag,
  access: 'admin',
  params: idParams,
  body: z.strictObject({ since: moment, until: moment.optional() }),
  response: z.strictObject({
    replayed: z.int(),
    /** There are more than go in one request: go on from here. */
    continueSince: moment.nullable(),
  }),
  status: 202,
  problems: [notFound],
});
export const getWebhookDeliveryEndpoint = endpoint({
  method: 'GET',
  path: '/v1/webhook-deliveries/:id',
  summary: 'A delivery with its attempts, oldest first',
  tag,
  access: 'admin',
  params: idParams,
  response: webhookDelivery.extend({
    log: z.array(
      z.strictObject({
        at: moment,
        /** Of HTTP; null when there was no answer. */
        status: z.int().nullable(),
        /** status, redirect, timeout, tls, dns, connection, address-refused, secret-unreadable or backup-restored; null when it was taken. */
        failure: z.string().nullable(),
        ms: z.int(),
      }),
    ),
  }),
  problems: [notFound],
});
export const replayWebhookDeliveryEndpoint = endpoint({
  method: 'POST',
  path: '/v1/webhook-deliveries/:id/replay',
  summary: 'Deliver anew, with the same webhook-id',
  tag,
  access: 'admin',
  params: idParams,
  response: webhookDelivery,
  status: 202,
  problems: [notFound],
});
