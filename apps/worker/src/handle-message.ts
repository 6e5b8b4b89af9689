import {
  systemActor,
  unreachable,
  type ConnectionId,
  type Message,
  type TenantId,
} from '@koppel/domain/kernel';
import { sendWrite, startResync } from '@koppel/domain/sync';
import { ExactError, isTransient } from '@koppel/exact-client';
import { findConnectionOwner } from '@koppel/persistence';
import { forgetDeliveries } from './events/forget-deliveries.js';
import { done, type Handled, type Services } from './services.js';
import { compareFetched } from './sync/compare.js';
import { fetchAdministration } from './sync/fetch-administration.js';
import { listDivisions } from './sync/list-divisions.js';
import { fetchWhatWasNoticed, keepItsSubscriptions } from './webhooks/handle-webhooks.js';

const laterMs = 30_000;

/** Every message says "look at this"; what there is to do is read from Postgres, so a message may come twice or late. */
export function handleMessage(services: Services, tenantId: TenantId, message: Message): Promise<Handled> {
  switch (message.kind) {
    case 'run-step':
      return fetchAdministration(services, { tenantId, runId: message.runId, stepId: message.stepId });
    case 'compare-run':
      return compareFetched(services, { tenantId, runId: message.runId });
    case 'send-write':
      return write(services, tenantId, message);
    case 'list-divisions':
      return listDivisions(services, { tenantId, connectionId: message.connectionId });
    case 'keep-alive':
      return keepAlive(services, message.connectionId);
    case 'start-resync':
      return resync(services, tenantId, message);
    case 'fetch-noticed':
      return fetchWhatWasNoticed(services, tenantId);
    case 'keep-subscriptions':
      return keepItsSubscriptions(services, { tenantId, administrationId: message.administrationId });
    case 'forget-deliveries':
      return forgetDeliveries(services, tenantId, message.endpointId);
    default:
      return unreachable(message);
  }
}

async function write(
  { deps, writeSource, survivedFaults }: Services,
  tenantId: TenantId,
  { intentId }: Extract<Message, { kind: 'send-write' }>,
): Promise<Handled> {
  const outcome = await sendWrite({ ...deps, source: writeSource }, { tenantId, intentId });
  if (outcome.kind === 'fenced') survivedFaults.countFenced('write');
  return outcome.kind === 'waiting' ? { kind: 'later', at: outcome.dueAt } : done;
}

/** An unused refresh token dies after 30 days (E03). */
async function keepAlive(
  { database, clients, deps, log }: Services,
  connectionId: ConnectionId,
): Promise<Handled> {
  const owner = await findConnectionOwner(database, connectionId);
  if (!owner) return done;
  try {
    await clients.keepAlive(connectionId, owner.region);
    return done;
  } catch (error) {
    if (!(error instanceof ExactError)) throw error;
    log.warn({ connectionId, kind: error.kind }, 'connection not kept alive');
    return isTransient(error) ? { kind: 'later', at: new Date(deps.now().getTime() + laterMs) } : done;
  }
}

async function resync(
  { deps, log }: Services,
  tenantId: TenantId,
  { administrationIds }: Extract<Message, { kind: 'start-resync' }>,
): Promise<Handled> {
  const started = await startResync(deps, {
    tenantId,
    administrationIds,
    trigger: 'schedule',
    actor: systemActor,
  });
  if (started.ok) return done;
  log.info({ tenantId, reason: started.error.kind }, 'no resync started');
  // What changed during the freeze may have come after the open run had read past it.
  if (started.error.kind !== 'sync-already-running') return done;
  return { kind: 'later', at: new Date(deps.now().getTime() + laterMs) };
}
