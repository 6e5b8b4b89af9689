const QUARTER_MS = 900_000;
const CACHE_MAX = 20_000;
const DAY_MS = 86_400_000;
/** No zone moves its clock twice within a week. */
const WEEK_MS = 7 * DAY_MS;

/** Translates between instants and the wall clock of one time zone. Independent of the zone this process runs in (E12). */
export interface Zone {
  /** `wallMs`: the wall clock's reading, encoded as if it were UTC. Of an hour that occurs twice the first is meant; one that is skipped moves on. */
  toInstant(wallMs: number): number;
  /** The wall clock's reading at an instant, encoded as if it were UTC. */
  toWall(instantMs: number): number;
}

/**
 * A zone by its IANA name. Offsets are remembered per week where a week begins and ends with the same one, and per
 * quarter hour, the finest step of a clock, in the weeks between (bounded).
 */
export function zoneOf(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });
  const ofQuarter = remembered((quarter) => measure(format, quarter * QUARTER_MS));
  const ofWeek = remembered((week) => {
    const offset = ofQuarter((week * WEEK_MS) / QUARTER_MS);
    return offset === ofQuarter(((week + 1) * WEEK_MS) / QUARTER_MS) ? offset : undefined;
  });
  const offsetAt = (instantMs: number): number =>
    ofWeek(Math.floor(instantMs / WEEK_MS)) ?? ofQuarter(Math.floor(instantMs / QUARTER_MS));
  const toInstant = (wallMs: number): number => {
    const before = offsetAt(wallMs - DAY_MS);
    const candidates = [wallMs - before, wallMs - offsetAt(wallMs + DAY_MS)].sort((a, b) => a - b);
    return candidates.find((instant) => instant + offsetAt(instant) === wallMs) ?? wallMs - before;
  };
  return { toInstant, toWall: (instantMs) => instantMs + offsetAt(instantMs) };
}

function remembered<T>(find: (key: number) => T): (key: number) => T {
  const found = new Map<number, T>();
  return (key) => {
    const known = found.get(key);
    if (known !== undefined || found.has(key)) return known as T; // what was stored under the key
    if (found.size >= CACHE_MAX) found.clear();
    const value = find(key);
    found.set(key, value);
    return value;
  };
}

function measure(format: Intl.DateTimeFormat, instantMs: number): number {
  const parts = new Map(format.formatToParts(instantMs).map((part) => [part.type, part.value]));
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - read('year') : read('year');
  const wall = new Date(0);
  wall.setUTCFullYear(year, read('month') - 1, read('day'));
  wall.setUTCHours(read('hour'), read('minute'), read('second'));
  return wall.getTime() - instantMs;
}
