const QUARTER_MS = 900_000;
const CACHE_MAX = 20_000;
const DAY_MS = 86_400_000;

/** Translates between instants and the wall clock of one time zone. Independent of the zone this process runs in (E12). */
export interface Zone {
  /** `wallMs`: the wall clock's reading, encoded as if it were UTC. Of an hour that occurs twice the first is meant; one that is skipped moves on. */
  toInstant(wallMs: number): number;
  /** The wall clock's reading at an instant, encoded as if it were UTC. */
  toWall(instantMs: number): number;
}

/** A zone by its IANA name. Offsets change on quarter hours at most, so they are remembered per quarter (bounded). */
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
  const offsets = new Map<number, number>();
  const offsetAt = (instantMs: number): number => {
    const quarter = Math.floor(instantMs / QUARTER_MS);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    if (offsets.size >= CACHE_MAX) offsets.clear();
    const offset = measure(format, quarter * QUARTER_MS);
    offsets.set(quarter, offset);
    return offset;
  };
  const toInstant = (wallMs: number): number => {
    const before = offsetAt(wallMs - DAY_MS);
    const candidates = [wallMs - before, wallMs - offsetAt(wallMs + DAY_MS)].sort((a, b) => a - b);
    return candidates.find((instant) => instant + offsetAt(instant) === wallMs) ?? wallMs - before;
  };
  return { toInstant, toWall: (instantMs) => instantMs + offsetAt(instantMs) };
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
