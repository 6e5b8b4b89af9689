import type { AdministrationId, ConnectionId, SyncRunId, SyncStepId, WriteIntentId } from './ids.js';

/**
 * What the outbox carries: only "look at this". The truth stays in Postgres, so a message may arrive twice or late.
 * Ids only, never personal data: jobs are clear text in the queue.
 */
export type Message =
  | { readonly kind: 'list-divisions'; readonly connectionId: ConnectionId }
  | { readonly kind: 'run-step'; readonly runId: SyncRunId; readonly stepId: SyncStepId }
  | { readonly kind: 'compare-run'; readonly runId: SyncRunId }
  | { readonly kind: 'start-resync'; readonly administrationIds: readonly AdministrationId[] }
  | { readonly kind: 'send-write'; readonly intentId: WriteIntentId }
  | { readonly kind: 'keep-alive'; readonly connectionId: ConnectionId }
  /** Of everything that Exact told the tenant of. */
  | { readonly kind: 'fetch-noticed' }
  | { readonly kind: 'keep-subscriptions'; readonly administrationId: AdministrationId }
  /** The log of a webhook that was removed. */
  | { readonly kind: 'forget-deliveries'; readonly endpointId: string };

export type MessageKind = Message['kind'];
