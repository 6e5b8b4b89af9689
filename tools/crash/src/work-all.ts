import { setTimeout as delay } from 'node:timers/promises';
import type { Message, TenantId } from '@koppel/domain/kernel';
import { dispatchOutbox, findForgottenWork } from '@koppel/persistence';
import { handleMessage, messageKinds, sealHistories, type Services } from '@koppel/worker/handlers';
import type { CrashPoints } from './crash-points.js';

const messagesMax = 2_000;
const batch = 100;
const waitMaxMs = 70_000;

interface Work {
  readonly tenantId: TenantId;
  readonly message: Message;
}

interface Waiting {
  readonly work: Work;
  readonly at: Date;
}

/**
 * Relay, queue and sweeper in one loop, with a queue that forgets everything when the process dies: what was sent to it is found again
 * only because Postgres says that it is due. What waits keeps nobody from being found: it may wait for just that.
 */
export async function workAll(services: Services, points: CrashPoints): Promise<void> {
  const queue: Work[] = [];
  let waiting: Waiting[] = [];
  for (let count = 0; count < messagesMax; count += 1) {
    await relay(services, queue, points);
    const due = queue.shift() ?? (await sweep(services, waiting));
    const next = due ?? firstOf(waiting);
    if (!next) return seal(services, points);
    if (!due) await delay(waitMs(services, waiting));
    waiting = waiting.filter(({ work }) => !isSame(work, next));
    const handled = await handleMessage(services, next.tenantId, next.message);
    if (handled.kind !== 'done') waiting.push({ work: next, at: handled.at });
  }
  throw new Error('messages without end');
}

async function seal(services: Services, points: CrashPoints): Promise<void> {
  await points.reach('seal');
  await sealHistories(services);
  await points.reach('sealed');
}

function firstOf(waiting: Waiting[]): Work | undefined {
  return waiting.sort((one, other) => one.at.getTime() - other.at.getTime())[0]?.work;
}

function waitMs({ deps }: Services, [first]: readonly Waiting[]): number {
  const ms = (first?.at.getTime() ?? 0) - deps.now().getTime();
  return Math.min(waitMaxMs, Math.max(0, ms));
}

function isSame(one: Work, other: Work): boolean {
  return JSON.stringify(one.message) === JSON.stringify(other.message);
}

async function relay(services: Services, queue: Work[], points: CrashPoints): Promise<void> {
  await points.reach('relay');
  await dispatchOutbox(services.database, { limit: batch, kinds: messageKinds }, async (entries) => {
    queue.push(...entries);
    await points.reach('mark as sent');
  });
}

/** The database's clock is ahead of the services': what waits is found as due too. */
async function sweep({ database }: Services, waiting: readonly Waiting[]): Promise<Work | undefined> {
  const found = await findForgottenWork(database, { limit: batch, graceMs: 0 });
  return found.find((work) => !waiting.some((other) => isSame(other.work, work)));
}
