import { setTimeout as delay } from 'node:timers/promises';
import type { Message, TenantId } from '@koppel/domain/kernel';
import { dispatchOutbox, findForgottenWork } from '@koppel/persistence';
import { handleMessage, messageKinds, type Services } from '@koppel/worker/handlers';
import type { CrashPoints } from './crash-points.js';

const messagesMax = 2_000;
const batch = 100;
const waitMaxMs = 70_000;

interface Work {
  readonly tenantId: TenantId;
  readonly message: Message;
}

/**
 * Relay, queue and sweeper in one loop, with a queue that forgets everything when the process dies: what was sent to it is found again
 * only because Postgres says that it is due.
 */
export async function workAll(services: Services, points: CrashPoints): Promise<void> {
  const queue: Work[] = [];
  for (let count = 0; count < messagesMax; count += 1) {
    await relay(services, queue, points);
    const next = queue.shift() ?? (await sweep(services));
    if (!next) return;
    const handled = await handleMessage(services, next.tenantId, next.message);
    if (handled.kind === 'done') continue;
    await delay(Math.min(waitMaxMs, Math.max(0, handled.at.getTime() - services.deps.now().getTime())));
    queue.push(next);
  }
  throw new Error('messages without end');
}

async function relay(services: Services, queue: Work[], points: CrashPoints): Promise<void> {
  await points.reach('relay');
  await dispatchOutbox(services.database, { limit: batch, kinds: messageKinds }, async (entries) => {
    queue.push(...entries);
    await points.reach('mark as sent');
  });
}

async function sweep({ database }: Services): Promise<Work | undefined> {
  const [found] = await findForgottenWork(database, { limit: 1, graceMs: 0 });
  return found;
}
