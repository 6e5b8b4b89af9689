import { describe, expect, it } from 'vitest';
import { reasonOptions, reasonTexts } from './reason-options.js';

const kvk = { key: 'kvk-equal', text: { nl: 'Zelfde KvK', en: 'Same KvK' }, pairs: 4 };
const name = { key: 'name-similar', text: { nl: 'Naam lijkt', en: 'Similar name' }, pairs: 2 };

describe('the reasons to filter by', () => {
  it('are the listed ones when the chosen one is among them, or none is chosen', () => {
    const listed = [kvk, name];
    expect(reasonOptions(listed, 'kvk-equal', new Map())).toBe(listed);
    expect(reasonOptions(listed, undefined, new Map())).toBe(listed);
    expect(reasonOptions(listed, '', new Map())).toBe(listed);
  });

  it('keep the chosen one, by its text, after its last pair was decided', () => {
    const texts = reasonTexts([name], reasonTexts([kvk, name]));
    expect(reasonOptions([name], 'kvk-equal', texts)).toEqual([name, { ...kvk, pairs: 0 }]);
  });

  it('show a chosen one that was never listed by its key', () => {
    expect(reasonOptions([], 'unheard-of', reasonTexts([kvk]))).toEqual([
      { key: 'unheard-of', text: { nl: 'unheard-of', en: 'unheard-of' }, pairs: 0 },
    ]);
  });
});
