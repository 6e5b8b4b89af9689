import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAdministrationCode, suggestCode } from './administration-code.js';

describe('parseAdministrationCode', () => {
  it.each([
    ['001', '001'],
    [' 001 ', '001'],
    ['999', '999'],
  ])('J08: takes %j as %j', (text, code) => {
    expect(parseAdministrationCode(text)).toEqual({ ok: true, value: code });
  });

  it.each([
    ['1', 'malformed'],
    ['01A', 'malformed'],
    ['\u0660\u0660\u0661', 'malformed'],
    ['0011', 'malformed'],
    ['', 'malformed'],
    ['0 1', 'malformed'],
    ['-01', 'malformed'],
    ['000', 'zeros'],
  ])('J08: refuses %j as %s', (text, reason) => {
    expect(parseAdministrationCode(text)).toEqual({ ok: false, error: { kind: 'code-malformed', reason } });
  });

  it('only ever gives three ASCII digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 6 }), (text) => {
        const parsed = parseAdministrationCode(text);
        expect(!parsed.ok || /^[0-9]{3}$/.test(parsed.value)).toBe(true);
      }),
    );
  });
});

describe('suggestCode', () => {
  it('takes the number that people know the administration by', () => {
    expect(suggestCode('7', new Set())).toBe('007');
    expect(suggestCode('120', new Set(['007']))).toBe('120');
  });

  it('takes the lowest free code when that number is taken, too long or absent', () => {
    expect(suggestCode('7', new Set(['007', '001']))).toBe('002');
    expect(suggestCode('10000001', new Set())).toBe('001');
    expect(suggestCode('0', new Set())).toBe('001');
    expect(suggestCode(null, new Set(['001', '002']))).toBe('003');
  });

  it('suggests nothing when all are taken', () => {
    const all = new Set(Array.from({ length: 999 }, (_, index) => String(index + 1).padStart(3, '0')));
    expect(suggestCode('7', all)).toBe('');
  });
});
