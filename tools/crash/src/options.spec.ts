import { describe, expect, it } from 'vitest';
import { chosenOf, numberOption, OptionError } from './options.js';

describe('a number of the command line', () => {
  const bounds = { min: 1, max: 60 };

  it('is what was typed', () => {
    expect(numberOption('every', '20', bounds)).toBe(20);
    expect(numberOption('minutes', '0.5', { min: 0, max: 60, isFraction: true })).toBe(0.5);
  });

  it.each(['abc', '', ' ', 'x', 'NaN', 'Infinity', '0', '61', '1.5', '-1'])(
    'is never guessed from "%s"',
    (text) => {
      expect(() => numberOption('every', text, bounds)).toThrow(OptionError);
    },
  );
});

describe('names of the command line', () => {
  const all = ['initial', 'resync', 'merge'] as const;

  it('are all when none is chosen, else those, in their own order', () => {
    expect(chosenOf('scenario', all, undefined)).toEqual(all);
    expect(chosenOf('scenario', all, ['merge', 'initial'])).toEqual(['initial', 'merge']);
  });

  it('are refused when one is unknown', () => {
    expect(() => chosenOf('scenario', all, ['initial', 'mrege'])).toThrow(
      '--scenario mrege: there is initial, resync, merge',
    );
  });
});
