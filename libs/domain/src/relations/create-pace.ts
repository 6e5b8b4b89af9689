import type { AdministrationId } from '../kernel/index.js';

/** New accounts of an administration that go out at once; about a third of a day's calls. */
export const createsAtOnce = 300;
/**
 * The others, one by one. Each takes some five calls (three searches, the create, its look), of 5,000 a day: what is left is for resyncs and for
 * people who wait (F31, F95; exact-online.md: "plan the push over hours").
 */
export const createEveryMs = 2 * 60_000;

/** The same, for who counts them elsewhere. */
export const createPace = { atOnce: createsAtOnce, everyMs: createEveryMs } as const;

/** When each of many new accounts goes out: without it thousands wake together at every limit, and nobody else gets a call for days. */
export class CreatePace {
  private readonly meant = new Map<AdministrationId, number>();

  next(administrationId: AdministrationId, now: Date): Date {
    const before = this.meant.get(administrationId) ?? 0;
    this.meant.set(administrationId, before + 1);
    return new Date(now.getTime() + Math.max(0, before + 1 - createsAtOnce) * createEveryMs);
  }
}
