import { describe, expect, it } from 'vitest';
import { endOfDay, isDay, localDay } from './day.js';

describe('a day of the address', () => {
  it.each([
    ['2026-11-27', true],
    ['2026-13-27', false],
    ['2026-02-31', false],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['2026-00-10', false],
    ['2026-11-00', false],
    ['27-11-2026', false],
    ['2026-11-27T10:00:00Z', false],
    ['', false],
    [undefined, false],
  ])('%s is a day: %s', (text, is) => expect(isDay(text)).toBe(is));

  it('ends at the last moment of that day where the reader is', () => {
    const end = new Date(endOfDay('2026-03-09'));
    expect(localDay(end)).toBe('2026-03-09');
    expect(localDay(new Date(end.getTime() + 1))).toBe('2026-03-10');
  });
});
