import { describe, expect, it } from 'vitest';
import { amsterdamOffsetMs, calendarDayMs, wallTimeMs, wallTimeText } from './amsterdam-time.js';

const HOUR = 3_600_000;

describe('Dutch wall time (E12)', () => {
  it('agrees with the time zone database around every change of the clock', () => {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Amsterdam',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    for (let year = 2015; year <= 2035; year += 1) {
      for (let hour = 0; hour < 366 * 24; hour += 7) {
        const instant = Date.UTC(year, 0, 1) + hour * HOUR;
        expect(new Date(wallTimeMs(instant)).getUTCHours()).toBe(Number(format.format(instant)));
      }
    }
  });

  it.each([
    ['2026-03-29T00:59:59Z', 1],
    ['2026-03-29T01:00:00Z', 2],
    ['2026-10-25T00:59:59Z', 2],
    ['2026-10-25T01:00:00Z', 1],
  ])('at %s the offset is %d hours', (instant, hours) => {
    expect(amsterdamOffsetMs(Date.parse(instant))).toBe(hours * HOUR);
  });

  it('writes an instant as the wall clock shows it, without zone', () => {
    expect(wallTimeText(Date.parse('2026-06-25T14:21:04.260Z'))).toBe('2026-06-25T16:21:04.260');
  });

  it('takes the Dutch day, not the UTC day', () => {
    expect(calendarDayMs(Date.parse('2026-06-25T22:30:00Z'))).toBe(Date.UTC(2026, 5, 26));
    expect(calendarDayMs(Date.parse('2026-12-31T22:59:00Z'))).toBe(Date.UTC(2026, 11, 31));
  });
});
