import { describe, expect, it } from 'vitest';
import { countStems } from './exclusivity.js';
import { nameStem } from './normalise-name.js';
import { exclusiveWeight } from './rules/weighings.js';

const count = (...names: string[]): number => countStems(names.map(nameStem));

describe('countStems', () => {
  it('counts spellings of one name once', () => {
    expect(
      count('Zonneveld Bouw B.V.', 'ZONNEVELD BOUW', 'Zoneveld Bouw', 'Bouw Zonneveld', 'Zonneveld'),
    ).toBe(1);
  });

  it('counts the companies of a group and of a series one by one', () => {
    expect(count('Zonneveld Bouw', 'Zonneveld Bouw Holding', 'Zonneveld Bouw Beheer')).toBe(3);
    expect(count('Viser Wind I', 'Viser Wind II', 'Viser Wind III')).toBe(3);
  });

  it('C08: counts the clients of an accountant one by one', () => {
    expect(count('Slagerij Molenaar', 'Rijschool Klaver', 'Kapsalon Iris', 'Diversen', '')).toBe(3);
  });
});

describe('exclusiveWeight', () => {
  it('C08: falls with the second user of a value and is nothing from the third on', () => {
    expect([1, 2, 3, 40].map((stems) => exclusiveWeight(10, stems, 3))).toEqual([10, 7, 0, 0]);
  });
});
