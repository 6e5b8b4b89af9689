import '@angular/localize/init';
import { describe, expect, it } from 'vitest';
import { effectOf, mayBecome } from './administration-effect.js';

describe('mayBecome', () => {
  it.each([
    ['active', ['paused', 'removed']],
    ['paused', ['active', 'removed']],
    ['access-lost', ['paused', 'removed']],
    ['coupling', []],
    ['removed', []],
  ] as const)('offers for %s only what the api allows: %j', (state, wanted) => {
    expect(mayBecome(state)).toEqual(wanted);
  });
});

describe('effectOf', () => {
  const seen = { records: 1_524, locale: 'nl' };

  it('says how many records stay, and that the code stays reserved', () => {
    const { lines, isDestructive } = effectOf({ name: 'De Eik', code: '007' }, 'removed', seen);

    expect(lines.join(' ')).toContain('1.524 records blijven');
    expect(lines.join(' ')).toContain('code 007 blijft voor altijd');
    expect(isDestructive).toBe(true);
  });

  it('says nothing of a code that was never given', () => {
    expect(effectOf({ name: 'De Eik', code: null }, 'removed', seen).lines.join(' ')).not.toContain(
      'De code',
    );
  });

  it('is not called destructive when everything goes on later', () => {
    expect(effectOf({ name: 'De Eik', code: '007' }, 'paused', seen)).not.toHaveProperty('isDestructive');
  });
});
