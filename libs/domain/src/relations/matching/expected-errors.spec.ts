import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectErrors, type ScoreBand } from './expected-errors.js';

const aBand = (band: number, over: Partial<ScoreBand> = {}): ScoreBand => ({
  ...{ band, open: 100, lacking: 10, same: 0, different: 0 },
  ...over,
});

describe('the errors to expect of a batch', () => {
  it('are what the pairs lack of certainty while nobody has answered', () => {
    const found = expectErrors([aBand(2, { lacking: 5 }), aBand(1, { lacking: 20 })]);

    expect(found.errors).toBeCloseTo(25, 9);
    expect(found.answers).toBe(0);
  });

  it('become fewer when persons said "same" of pairs like them, and more when they said "not the same"', () => {
    const errors = (over: Partial<ScoreBand>) => expectErrors([aBand(1, over)]).errors;

    expect(errors({ same: 30 })).toBeCloseTo(100 * (1 - 39 / 40), 9);
    expect(errors({ same: 15, different: 15 })).toBeCloseTo(100 * (1 - 24 / 40), 9);
  });

  it('grow for lower scores too when a higher one was often wrong', () => {
    const found = expectErrors([aBand(1, { lacking: 20 }), aBand(2, { lacking: 1, different: 30 })]);

    // 8 of 10 and 9.9 of 40 in one pool.
    expect(found.errors).toBeCloseTo(200 * (1 - 17.9 / 50), 9);
    expect(found.answers).toBe(30);
  });

  it('count answers of bands in which nothing is in question', () => {
    expect(expectErrors([aBand(3, { open: 0, lacking: 0, same: 4 })])).toEqual({ errors: 0, answers: 4 });
  });

  it('never fall below nothing or above the pairs, and do not depend on the order of the bands', () => {
    const bands = fc.uniqueArray(
      fc.record({
        band: fc.integer({ min: -5, max: 12 }),
        open: fc.integer({ min: 0, max: 500 }),
        lacking: fc.constant(0),
        same: fc.integer({ min: 0, max: 60 }),
        different: fc.integer({ min: 0, max: 60 }),
      }),
      { selector: ({ band }) => band },
    );
    fc.assert(
      fc.property(bands, fc.double({ min: 0, max: 1, noNaN: true }), (made, share) => {
        const found = made.map((band) => ({ ...band, lacking: band.open * share }));
        const { errors } = expectErrors(found);
        const open = found.reduce((sum, band) => sum + band.open, 0);
        expect(errors).toBeGreaterThanOrEqual(-1e-9);
        expect(errors).toBeLessThanOrEqual(open + 1e-9);
        expect(expectErrors(found.toReversed()).errors).toBeCloseTo(errors, 6);
      }),
    );
  });
});
