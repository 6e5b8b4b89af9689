import { describe, expect, it } from 'vitest';
import { shownRecords, World } from '@koppel/exact-sandbox';
import { compare, isShownAlike } from './check-mirror.js';
import { mirrored } from './mirrored-fields.js';

const [division] = new World({ divisions: 1, relations: 40 }).divisions;
if (!division) throw new Error('a world without administrations');
const tables = Object.keys(mirrored) as (keyof typeof mirrored)[];

/** What a perfect Koppel would hold. */
function held(table: keyof typeof mirrored) {
  return shownRecords(division!, table).map((record) => ({
    id: record.id,
    facts: mirrored[table](record),
    version: String(record.version),
    modifiedAt: record.modifiedAt,
  }));
}

describe('the check of what Koppel holds', () => {
  it.each(tables)('finds nothing in %s that are as Exact has them, and each field that is not', (table) => {
    const rows = held(table);
    const [first, ...rest] = rows;
    if (!first) throw new Error(`a world without ${table}`);
    expect(compare(division, table, rows)).toEqual([]);

    for (const name of Object.keys(first.facts)) {
      const changed = { ...first, facts: { ...first.facts, [name]: 'other' } };
      expect(compare(division, table, [changed, ...rest])).toEqual([
        expect.stringContaining(`I1 ${division.code} ${table}: ${first.id} has ${name} "other", which is `),
      ]);
    }
  });

  it('finds what is lacking, what is too many, and what says to be newer than Exact has it', () => {
    const [first, second, ...rest] = held('Accounts');
    if (!first || !second) throw new Error('a world without accounts');
    const strange = { ...first, id: '00000000-0000-4000-8000-000000000000' };
    const newer = { ...second, version: String(BigInt(second.version) + 1n) };

    expect(compare(division, 'Accounts', [strange, newer, ...rest])).toEqual([
      `I1 ${division.code} Accounts: ${first.id} is lacking`,
      `I1 ${division.code} Accounts: ${strange.id} is too many`,
      `I3 ${division.code} Accounts: ${second.id} has row version ${newer.version}, above Exact's own`,
    ]);
  });

  it('takes the two moments for the same that Exact shows alike when the clock goes back, and no others', () => {
    const [summer, winter] = [Date.parse('2023-10-29T00:51:42.878Z'), Date.parse('2023-10-29T01:51:42.878Z')];

    expect(isShownAlike(summer, winter)).toBe(true);
    expect(isShownAlike(summer, winter + 1)).toBe(false);
    expect(isShownAlike(winter, winter + 3_600_000)).toBe(false);
  });

  it('finds a field that it does not know', () => {
    const [first, ...rest] = held('Contacts');
    if (!first) throw new Error('a world without contact persons');
    const more = { ...first, facts: { ...first.facts, birthDate: '1970-01-01' } };

    expect(compare(division, 'Contacts', [more, ...rest])).toEqual([
      `I1 ${division.code} Contacts: ${first.id} has birthDate "1970-01-01", which is undefined`,
    ]);
  });
});
