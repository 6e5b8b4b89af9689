import { inject } from '@angular/core';
import type { WebhookDelivery } from '@koppel/contracts';
import type { EndpointRead } from '../../api/endpoint-resource.js';
import { poll } from '../../api/poll.js';
import { Clock } from '../../ui/clock.js';

/** What is tried again later than this is not waited for. */
const soonMs = 60_000;
const firstPauseMs = 1_000;
const pauseMaxMs = 30_000;
/** Looks that found nothing new; three quarters of an hour. */
const looksMax = 100;

/**
 * How long to wait before the look at deliveries that comes after `looks` ones that found nothing new; undefined when nothing is
 * under way, or nothing has happened for long.
 */
export function lookAgainMs(
  deliveries: readonly Pick<WebhookDelivery, 'state' | 'dueAt'>[],
  { now, looks }: { readonly now: Date; readonly looks: number },
): number | undefined {
  const isSoon = deliveries.some(
    ({ state, dueAt }) =>
      state === 'waiting' && dueAt !== null && Date.parse(dueAt) - now.getTime() <= soonMs,
  );
  return isSoon && looks < looksMax ? Math.min(pauseMaxMs, firstPauseMs * 1.2 ** looks) : undefined;
}

type Deliveries = EndpointRead<{ readonly items: readonly WebhookDelivery[] }>;

/** Reads again while one of the deliveries is about to be sent, and `isWatched`. */
export function watchDeliveries(read: Deliveries, isWatched: () => boolean): void {
  const clock = inject(Clock);
  let looks = 0;
  let seen = '';
  const afterMs = () => {
    const items = read.value()?.items ?? [];
    const state = items.map((one) => `${one.id} ${one.state} ${one.attempts}`).join();
    if (state !== seen) looks = 0;
    seen = state;
    return isWatched() ? lookAgainMs(items, { now: clock.read(), looks }) : undefined;
  };
  const look = () => {
    looks += 1;
    read.reload();
  };
  poll(read, { afterMs, look });
}
