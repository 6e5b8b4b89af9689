import type { WebhookEndpoint } from '@koppel/persistence/events';

/** What a person may change. */
export interface EndpointChanges {
  readonly url?: string | undefined;
  readonly description?: string | undefined;
  readonly eventTypes?: readonly string[] | undefined;
  readonly isEnabled?: boolean | undefined;
}

/** An endpoint after a change. Switched on it begins anew: nothing of its bad days counts any more. */
export function changedEndpoint(
  before: WebhookEndpoint,
  changes: EndpointChanges,
  now: Date,
): WebhookEndpoint {
  const { url = before.url, description = before.description, eventTypes = before.eventTypes } = changes;
  const { isEnabled = before.isEnabled } = changes;
  const health = isEnabled === before.isEnabled ? {} : isEnabled ? switchedOn : switchedOff(now);
  const version = before.version + 1;
  return { ...before, url, description, eventTypes: [...new Set(eventTypes)], ...health, version };
}

const switchedOn = { isEnabled: true, disabledReason: null, disabledAt: null, failingSince: null } as const;

function switchedOff(now: Date) {
  return { isEnabled: false, disabledReason: 'person', disabledAt: now } as const;
}
