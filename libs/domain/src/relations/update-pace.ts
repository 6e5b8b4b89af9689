import type { AdministrationId } from '../kernel/index.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Updates of an administration that go out at once. */
export const updatesAtOnce = 300;
/** After those: three calls each (a look, the change, a look), of 60 a minute. */
export const updatesPerMinute = 18;
/**
 * What a plan's share of a day's 5,000 calls is good for: the first so many go at the pace of the minute, all others at that of the day, from
 * the next day on, since the first has none left.
 */
export const updatesPerDay = 1_200;

/**
 * When each of a plan's many updates goes out. Without it thousands wake together at every limit of a minute, and a write that somebody
 * waits for stands behind them in the queue (F31, F95).
 */
export class UpdatePace {
  private readonly meant = new Map<AdministrationId, number>();

  next(administrationId: AdministrationId, now: Date): Date {
    const before = this.meant.get(administrationId) ?? 0;
    this.meant.set(administrationId, before + 1);
    return new Date(now.getTime() + waitOf(before));
  }
}

function waitOf(before: number): number {
  if (before >= updatesPerDay) return dayMs + (before - updatesPerDay) * (dayMs / updatesPerDay);
  return Math.ceil(Math.max(0, before - updatesAtOnce + 1) / updatesPerMinute) * minuteMs;
}
