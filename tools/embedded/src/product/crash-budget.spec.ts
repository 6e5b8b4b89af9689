import { describe, expect, it } from 'vitest';
import { CrashBudget } from './crash-budget.js';

describe('CrashBudget', () => {
  it('waits twice as long after each crash and gives up at the fifth within a minute', () => {
    const budget = new CrashBudget();

    const pauses = [0, 1_000, 2_000, 3_000, 4_000].map((atMs) => budget.pauseAfterCrash(atMs));

    expect(pauses).toEqual([250, 500, 1_000, 2_000, undefined]);
  });

  it('forgets crashes of more than a minute ago', () => {
    const budget = new CrashBudget();
    for (const atMs of [0, 1_000, 2_000, 3_000]) budget.pauseAfterCrash(atMs);

    expect(budget.pauseAfterCrash(70_000)).toBe(250);
  });

  it('never waits longer than the maximum', () => {
    const budget = new CrashBudget({ crashesMax: 10, windowMs: 60_000, pauseMs: 250, pauseMaxMs: 600 });

    expect([1, 2, 3].map((atMs) => budget.pauseAfterCrash(atMs))).toEqual([250, 500, 600]);
  });
});
