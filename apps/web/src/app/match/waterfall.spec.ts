import { describe, expect, it } from 'vitest';
import { waterfallOf } from './waterfall.js';

const reason = (key: string, weight: number) => ({ key, weight, params: {}, text: { nl: key, en: key } });

describe('waterfallOf', () => {
  it('begins each bar where the one before it ended and ends at the score', () => {
    const { bars, zeroPercent } = waterfallOf({
      score: 4,
      reasons: [reason('kvk', 10), reason('address', -2)],
    });

    expect(bars.map((bar) => [bar.key, bar.weight])).toEqual([
      ['base', -4],
      ['kvk', 10],
      ['address', -2],
    ]);
    expect(zeroPercent).toBe(40);
    expect(bars.map((bar) => [bar.startPercent, bar.sizePercent])).toEqual([
      [0, 40],
      [0, 100],
      [80, 20],
    ]);
  });

  it('shows the weightiest reason first', () => {
    const { bars } = waterfallOf({
      score: 3,
      reasons: [reason('phone', 1), reason('name', -5), reason('kvk', 7)],
    });
    expect(bars.map((bar) => bar.key)).toEqual(['kvk', 'name', 'phone']);
  });

  it('shows no starting point when the reasons add up to the score', () => {
    expect(waterfallOf({ score: 1.5, reasons: [reason('name', 1.5)] }).bars).toHaveLength(1);
  });

  it('begins at the prior and ends with what counts for nothing', () => {
    const reasons = [reason('shared-phone', 0), reason('name', 3), reason('prior', -2), reason('kvk', 8)];
    const { bars } = waterfallOf({ score: 9, reasons });
    expect(bars.map((bar) => bar.key)).toEqual(['prior', 'kvk', 'name', 'shared-phone']);
  });

  it('gives what is rounding only no weight at all', () => {
    const { bars } = waterfallOf({ score: 3, reasons: [reason('name', 3), reason('shared-phone', -0.004)] });
    expect(bars.map((bar) => bar.weight)).toEqual([3, 0]);
  });

  it('stays drawable without any reason', () => {
    expect(waterfallOf({ score: 0, reasons: [] })).toEqual({ bars: [], zeroPercent: 0 });
  });
});
