import { isTaken, settleDelivery, settleReceiver, type Outcome } from '@koppel/domain/outgoing-events';
import { ok } from '@koppel/domain/kernel';
import { KeyUnavailable, type FullTransaction } from '@koppel/persistence';
import type { DueDelivery, EndpointTurn, TriedDelivery, WebhookEndpoint } from '@koppel/persistence/events';
import type { Services } from '../services.js';
import { postEvent } from './post-event.js';
import { bodyOf, headersOf } from './sign-event.js';

/** Posts to one endpoint at the same time. */
const atOnceMax = 10;
/** Begins no other round after so long: other endpoints have their turn. */
const turnMaxMs = 20_000;
export const postTimeoutMs = 15_000;
/** Longer than a turn with its last posts. */
export const leaseMs = 60_000;
const answerMaxBytes = 65_536;
/** A receiver that took nothing of a round is left in peace for a moment. */
const restMs = 5_000;

type Tools = Pick<Services, 'config' | 'deps' | 'cipher' | 'stopping' | 'log' | 'deliveryResults'>;

/** What came of a round: whether there may be another one at once. */
type Round = 'taken' | 'failed' | 'nothing-due';

/** Delivers what is due to one endpoint, in rounds, and gives the turn back. */
export async function deliverTurn(tools: Tools, turn: EndpointTurn): Promise<void> {
  const { deps, stopping } = tools;
  const began = deps.uptime();
  let round: Round = 'taken';
  try {
    while (round === 'taken' && !stopping.aborted && deps.uptime() - began < turnMaxMs)
      round = await deliverRound(tools, turn);
  } catch (error) {
    round = 'failed';
    throw error;
  } finally {
    const rest = round === 'failed' ? new Date(deps.now().getTime() + restMs) : null;
    await deps.uow.run(turn.tenantId, async (tx) => ok(await tx.deliveryQueue.release(turn, rest)));
  }
}

async function deliverRound(tools: Tools, turn: EndpointTurn): Promise<Round> {
  const { deps, stopping } = tools;
  const due = await read(tools, turn);
  if (!due) return 'nothing-due';
  const attempts = await Promise.allSettled(
    due.deliveries.map((delivery) => attempt(tools, due.endpoint, delivery)),
  );
  const tried = attempts.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const broken = attempts.find((one) => one.status === 'rejected');
  if (tried.length > 0)
    await deps.uow.run(turn.tenantId, async (tx) => ok(await record(tools, tx, { turn, tried })));
  if (broken && !stopping.aborted) throw broken.reason;
  return tried.some(({ outcome }) => isTaken(outcome)) ? 'taken' : 'failed';
}

interface Due {
  readonly endpoint: WebhookEndpoint;
  readonly deliveries: readonly DueDelivery[];
}

async function read({ deps }: Tools, { tenantId, endpointId }: EndpointTurn): Promise<Due | undefined> {
  const found = await deps.uow.run<Due | undefined, never>(tenantId, async (tx) => {
    const endpoint = await tx.webhookEndpoints.findById(endpointId);
    if (!endpoint?.isEnabled) return ok(undefined);
    const deliveries = await tx.deliveryQueue.findDue(endpointId, { now: deps.now(), limit: atOnceMax });
    return ok(deliveries.length > 0 ? { endpoint, deliveries } : undefined);
  });
  return found.ok ? found.value : undefined;
}

type Tried = TriedDelivery & { readonly outcome: Outcome };

async function attempt(tools: Tools, endpoint: WebhookEndpoint, delivery: DueDelivery): Promise<Tried> {
  const { deps } = tools;
  const began = deps.uptime();
  const outcome = await post(tools, endpoint, delivery);
  const [now, failure] = [deps.now(), failureOf(outcome)];
  tools.deliveryResults.count(failure);
  const settled = settleDelivery(delivery.attempts + 1, outcome, { now, chance: deps.random() });
  return {
    ...settled,
    id: delivery.id,
    replays: delivery.replays,
    outcome,
    at: now,
    ms: Math.round(deps.uptime() - began),
    status: outcome.kind === 'answered' ? outcome.status : null,
    failure,
  };
}

async function post(tools: Tools, endpoint: WebhookEndpoint, { event }: DueDelivery): Promise<Outcome> {
  const { config, deps, stopping } = tools;
  const secrets = secretsOf(tools, endpoint);
  if (!secrets) return { kind: 'unreached', reason: 'secret-unreadable' };
  const body = bodyOf(event, config.publicUrl);
  const headers = headersOf({ id: event.id, body }, secrets, deps.now());
  const policy = { isLoopbackAllowed: config.isLoopbackAllowed };
  const bounds = { timeoutMs: postTimeoutMs, answerMaxBytes, policy, stopping };
  return postEvent({ url: endpoint.url, headers, body }, bounds);
}

/** The secret, and the one before it while it still holds; undefined when the key that seals them is gone (F47). */
function secretsOf({ cipher, deps }: Tools, endpoint: WebhookEndpoint): string[] | undefined {
  const { id: endpointId, tenantId, secret, previous } = endpoint;
  const sealed = previous && previous.until > deps.now() ? [secret, previous.secret] : [secret];
  try {
    return sealed.map((one) => cipher.decrypt(one, { tenantId, endpointId, field: 'webhook-secret' }));
  } catch (error) {
    if (error instanceof KeyUnavailable) return undefined;
    throw error;
  }
}

function failureOf(outcome: Outcome): string | null {
  if (isTaken(outcome)) return null;
  if (outcome.kind === 'unreached') return outcome.reason;
  return outcome.status >= 300 && outcome.status < 400 ? 'redirect' : 'status';
}

async function record(
  { deps, log }: Tools,
  tx: FullTransaction,
  { turn, tried }: { readonly turn: EndpointTurn; readonly tried: readonly Tried[] },
): Promise<void> {
  const endpoint = await tx.webhookEndpoints.findByIdForUpdate(turn.endpointId);
  await tx.deliveryQueue.record(tried);
  if (!endpoint) return;
  const now = deps.now();
  const health = settleReceiver(
    endpoint,
    tried.map(({ outcome }) => outcome),
    now,
  );
  const isDisabled = endpoint.isEnabled && !health.isEnabled;
  if (!isDisabled && health.failingSince?.getTime() === endpoint.failingSince?.getTime()) return;
  await tx.webhookEndpoints.save({ ...endpoint, ...health, version: endpoint.version + Number(isDisabled) });
  if (!isDisabled) return;
  log.warn({ endpointId: endpoint.id, reason: health.disabledReason }, 'webhook switched off');
  const params = { host: new URL(endpoint.url).host, reason: health.disabledReason ?? '' };
  const causeKey = `webhook-disabled:${endpoint.id}`;
  await tx.issues.report([{ cause: 'webhook-disabled', causeKey, administrationId: null, params }], now);
}
