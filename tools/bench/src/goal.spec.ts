import { describe, expect, it } from 'vitest';
import { goalTable, isMet } from './goal.js';
import { lowerBoundMs } from './limits.js';
import { median } from './median.js';

describe('figures', () => {
  it('are met at their bound and missed beyond it', () => {
    const atLeast = { name: 'rate', value: 4_000, unit: '/s', must: { atLeast: 4_000 } };
    const atMost = { name: 'ratio', value: 1.11, unit: '×', must: { atMost: 1.1 } };
    expect([isMet(atLeast), isMet(atMost)]).toEqual([true, false]);
    expect(goalTable([atMost])).toContain('| ratio | 1.11 × | ≤ 1.1 | **no** |');
  });

  it('take the middle of several runs', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });

  it('bound a throttled fetch by the clock minutes that it must wait for', () => {
    const tenSecondsPast = 60_000 * 1_000 + 10_000;
    expect(lowerBoundMs(tenSecondsPast, 61)).toBe(50_000);
    expect(lowerBoundMs(tenSecondsPast, 180)).toBe(110_000);
    expect(() => lowerBoundMs(tenSecondsPast, 60)).toThrow('need no waiting');
  });
});
