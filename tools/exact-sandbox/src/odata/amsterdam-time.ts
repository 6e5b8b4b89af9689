const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_CACHE_MAX = 400;

const summerTimeByYear = new Map<number, readonly [number, number]>();

/**
 * Milliseconds that the Dutch wall clock is ahead of UTC at an instant. Summer time runs from the last Sunday of
 * March to the last Sunday of October, both at 01:00 UTC (Directive 2000/84/EC).
 */
export function amsterdamOffsetMs(instant: number): number {
  const [from, to] = summerTime(new Date(instant).getUTCFullYear());
  return instant >= from && instant < to ? 2 * HOUR_MS : HOUR_MS;
}

/** The Dutch wall clock at an instant, written as if it were UTC: Exact's habit for Created and Modified. */
export function wallTimeMs(instant: number): number {
  return instant + amsterdamOffsetMs(instant);
}

/** Midnight "UTC" of the Dutch calendar day at an instant: Exact's form of a date without time. */
export function calendarDayMs(instant: number): number {
  return Math.floor(wallTimeMs(instant) / DAY_MS) * DAY_MS;
}

/** The Dutch wall clock as text without zone, to the millisecond. */
export function wallTimeText(instant: number): string {
  return new Date(wallTimeMs(instant)).toISOString().slice(0, -1);
}

function summerTime(year: number): readonly [number, number] {
  const known = summerTimeByYear.get(year);
  if (known) return known;
  if (summerTimeByYear.size >= YEAR_CACHE_MAX) summerTimeByYear.clear();
  const period = [lastSundayAtOne(year, 2), lastSundayAtOne(year, 9)] as const;
  summerTimeByYear.set(year, period);
  return period;
}

function lastSundayAtOne(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, lastDay.getUTCDate() - lastDay.getUTCDay(), 1);
}
