import { ok, systemActor } from '@koppel/domain/kernel';
import { startResync } from '@koppel/domain/sync';
import { trimEvents } from '@koppel/persistence/events';
import { trimAnswers } from '@koppel/persistence/idempotency';
import { findTenantsWithDueSync, findUsableConnections, trimHistory, trimRuns } from '@koppel/persistence';
import type { Tick } from '../queues.js';
import { done, type Handled, type Services } from '../services.js';
import { sealHistories } from './seal-histories.js';

const tenantsMax = 500;
const connectionsMax = 5_000;
const resyncsKeptMs = 30 * 86_400_000;
/** More than a thousand tenants make in a day. */
const trimmedRunsMax = 200_000;
/** Seven years, as long as Dutch books are kept. */
const exactChangesKeptMs = 7 * 366 * 86_400_000;
/** Of each tenant, per day. */
const trimmedChangesMax = 10_000;
/** As the api promises to give an answer again. */
const answersKeptMs = 48 * 3_600_000;
/** More than a day of one caller's at the request limit. */
const trimmedAnswersMax = 2_000_000;
/** As long as they can be replayed. */
const eventsKeptMs = 30 * 86_400_000;
/** More than a day of all tenants. */
const trimmedEventsMax = 2_000_000;
/** One transaction's worth. */
const trimmedAtOnce = 1_000;

/**
 * What the schedules do: start resyncs that are due, and seal the history; once a day list administrations again, which keeps consents alive
 * too, and forget old resyncs, changes, answers and events.
 */
export async function tick(services: Services, which: Tick): Promise<Handled> {
  if (which === 'resync') {
    await startDueResyncs(services);
    await sealHistories(services);
  } else {
    await askDaily(services);
    await forgetOldResyncs(services);
    await forgetOldChanges(services);
    await forgetOldAnswers(services);
    await forgetOldEvents(services);
  }
  return done;
}

async function startDueResyncs({ database, deps, log }: Services): Promise<void> {
  for (const tenantId of await findTenantsWithDueSync(database, tenantsMax)) {
    const started = await startResync(deps, {
      tenantId,
      trigger: 'schedule',
      actor: systemActor,
      isOnlyDue: true,
    });
    // Another worker's tick may have been quicker; a broken connection waits for a person.
    if (!started.ok) log.info({ tenantId, reason: started.error.kind }, 'no resync started');
  }
}

async function askDaily({ database, deps }: Services): Promise<void> {
  for (const { tenantId, connectionId } of await findUsableConnections(database, connectionsMax)) {
    await deps.uow.run(tenantId, async (tx) => {
      await tx.outbox.add({ kind: 'keep-alive', connectionId });
      await tx.outbox.add({ kind: 'list-divisions', connectionId });
      return ok(undefined);
    });
  }
}

async function forgetOldChanges({ database, log }: Services): Promise<void> {
  const bounds = { ageMs: exactChangesKeptMs, limit: trimmedChangesMax, tenantsMax: connectionsMax };
  const gone = await trimHistory(database, bounds);
  if (gone > 0) log.info({ gone }, 'old changes from Exact forgotten');
}

async function forgetOldResyncs({ database, log }: Services): Promise<void> {
  let gone = 0;
  for (let last = trimmedAtOnce; last === trimmedAtOnce && gone < trimmedRunsMax; gone += last)
    last = await trimRuns(database, { ageMs: resyncsKeptMs, limit: trimmedAtOnce });
  if (gone > 0) log.info({ gone }, 'old resyncs forgotten');
}

async function forgetOldAnswers({ database, log }: Services): Promise<void> {
  let gone = 0;
  for (let last = trimmedAtOnce; last === trimmedAtOnce && gone < trimmedAnswersMax; gone += last)
    last = await trimAnswers(database, { ageMs: answersKeptMs, limit: trimmedAtOnce });
  if (gone > 0) log.info({ gone }, 'old answers to idempotency keys forgotten');
}

async function forgetOldEvents({ database, deps, log }: Services): Promise<void> {
  const before = new Date(deps.now().getTime() - eventsKeptMs);
  let gone = 0;
  for (let last = trimmedAtOnce; last === trimmedAtOnce && gone < trimmedEventsMax; gone += last)
    last = await trimEvents(database, { before, limit: trimmedAtOnce });
  if (gone > 0) log.info({ gone }, 'old events forgotten');
}
