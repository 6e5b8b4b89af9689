import type { Page } from 'playwright-core';

/** An interaction that is faster than this is not reported one by one; it counts as this long. */
export const shortestMs = 16;

interface Seen {
  readonly interactionId: number;
  readonly duration: number;
}

/** Scripts of the page, as text: this project knows no browser's types. */
const watch = `
  globalThis.koppelInteractions = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      globalThis.koppelInteractions.push({ interactionId, duration });
  }).observe({ type: 'event', durationThreshold: ${shortestMs} });`;
const take = 'globalThis.koppelInteractions.splice(0)';
const nextPicture = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/**
 * Remembers how long every interaction takes from the key to the next picture, as the browser itself measures it
 * (Event Timing, what "interaction to next paint" is made of). To be called before the page is opened.
 */
export async function watchInteractions(page: Page): Promise<void> {
  await page.addInitScript({ content: watch });
}

/** Waits until what was asked for last stands on the screen. */
export async function untilPicture(page: Page): Promise<void> {
  await page.evaluate(nextPicture);
}

/** The longest event of each interaction that took longer than `shortestMs`, in milliseconds; forgets them. */
export async function takeInteractions(page: Page): Promise<number[]> {
  const seen = await page.evaluate<readonly Seen[]>(take);
  const longest = new Map<number, number>();
  for (const { interactionId, duration } of seen)
    if (interactionId > 0) longest.set(interactionId, Math.max(duration, longest.get(interactionId) ?? 0));
  return [...longest.values()];
}
