import { describe, expect, it } from 'vitest';
import { estimateWriteSeconds, noWrites } from './seconds-left.js';

const budget = { minuteUsed: 0, minuteAllowed: 60, dayUsed: 0, dayAllowed: 5_000 };
const twoMinutes = 120;

describe('the time that writes still take', () => {
  it('is that of their calls, and nothing where none waits', () => {
    expect(estimateWriteSeconds([{ ...noWrites, budget }])).toBe(0);
    const seconds = estimateWriteSeconds([{ writes: 10, secondsToLast: 0, budget }]);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(60);
  });

  it('is that of the pace at which a plan makes accounts, where that is slower', () => {
    const paced = { writes: 200, secondsToLast: 200 * twoMinutes, budget };
    const others = { writes: 10, secondsToLast: 0, budget };
    expect(estimateWriteSeconds([paced, others])).toBe(200 * twoMinutes);
  });

  it('is not known where the calls of the day do not suffice, or the last one comes later', () => {
    expect(estimateWriteSeconds([{ writes: 2_000, secondsToLast: 0, budget }])).toBeNull();
    expect(estimateWriteSeconds([{ writes: 800, secondsToLast: 800 * twoMinutes, budget }])).toBeNull();
  });
});
