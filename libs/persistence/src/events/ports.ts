import type { TenantId } from '@koppel/domain/kernel';
import type { Tx } from '../database.js';
import { DeliveryQueue } from './delivery-queue.js';
import { WebhookEndpoints } from './webhook-endpoints.js';

/** What a transaction reaches of outgoing webhooks. */
export interface EventPorts {
  readonly webhookEndpoints: WebhookEndpoints;
  readonly deliveryQueue: DeliveryQueue;
}

export function eventPortsOf(tx: Tx, tenantId: TenantId): EventPorts {
  return { webhookEndpoints: new WebhookEndpoints(tx), deliveryQueue: new DeliveryQueue(tx, tenantId) };
}
