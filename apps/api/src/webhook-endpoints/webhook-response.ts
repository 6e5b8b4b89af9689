import type { WebhookDelivery, WebhookEndpoint } from '@koppel/contracts';
import type { DeliveryRow, WebhookEndpoint as Endpoint } from '@koppel/persistence/events';

const wire = (at: Date | null): string | null => at?.toISOString() ?? null;

/** An endpoint as it is shown, at a moment: without its secrets. */
export function toEndpointResponse(endpoint: Endpoint, now: Date): WebhookEndpoint {
  const { id, url, description, eventTypes, isEnabled, disabledReason, createdBy, version } = endpoint;
  const until = endpoint.previous?.until ?? null;
  return {
    id,
    url,
    description,
    eventTypes: eventTypes as WebhookEndpoint['eventTypes'], // the contract let no other in
    isEnabled,
    disabledReason,
    disabledAt: wire(endpoint.disabledAt),
    failingSince: wire(endpoint.failingSince),
    previousSecretUntil: until !== null && until > now ? wire(until) : null,
    createdBy,
    createdAt: endpoint.createdAt.toISOString(),
    version,
  };
}

export function toDeliveryResponse(delivery: DeliveryRow): WebhookDelivery {
  const { id, endpointId, eventId, eventType, state, attempts } = delivery;
  return {
    id,
    endpointId,
    eventId,
    eventType,
    occurredAt: delivery.occurredAt.toISOString(),
    state,
    attempts,
    dueAt: wire(delivery.dueAt),
    settledAt: wire(delivery.settledAt),
  };
}
