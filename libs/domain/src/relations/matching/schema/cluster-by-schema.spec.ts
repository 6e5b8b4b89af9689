import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WrongSchema } from '../rules/wrong-schema.js';
import { clusterBySchema, type SchemaVerdict } from './cluster-by-schema.js';
import type { MatchSchema } from './match-schema.js';
import type { SchemaRow } from './record-table.js';

const persons: MatchSchema = {
  name: 'persons',
  version: 1,
  id: 'nr',
  source: 'file',
  fields: [
    { name: 'given', columns: ['first'], kind: 'name' },
    { name: 'surname', columns: ['last'], kind: 'name' },
    { name: 'born', columns: ['born'], kind: 'date' },
    { name: 'street', columns: ['street', 'no'], kind: 'words' },
    { name: 'phone', columns: ['phone'], kind: 'phone' },
  ],
  keys: [['born'], ['given:sound', 'surname:sound'], ['phone']],
  swaps: [['given', 'surname']],
};

const firsts = ['Anna', 'Bram', 'Carla', 'Daan', 'Elsa', 'Freek', 'Greet', 'Hugo'];
const lasts = ['Visser', 'Bakker', 'Mulder', 'Dekker', 'Hoekstra', 'Kuipers', 'Wolters'];

// 56 strangers; what follows them is about the first of them, Anna Visser.
const strangers: SchemaRow[] = firsts.flatMap((first, f) =>
  lasts.map((last, l) => ({
    nr: `s${f}${l}`,
    file: 'a',
    first,
    last,
    born: `19${40 + f * 7}-0${1 + l}-1${f}`,
    street: `${last}laan`,
    no: String(3 + f * 9 + l),
    phone: `030-2${f}${l}45${l}${f}`,
  })),
);
const anna = strangers[0] ?? {};

function clusterOf(id: string, rows: readonly SchemaRow[], schema = persons): string | undefined {
  return clusterBySchema(schema, rows, { band: 'final' }).find((record) => record.id === id)?.cluster;
}

describe('clusters by a match schema', () => {
  it.each([
    ['a slip in the surname', { last: 'Vissser' }],
    ['given name and surname exchanged', { first: 'Visser', last: 'Anna' }],
    ['day and month exchanged', { born: '1940-10-01' }],
    ['another spelling of the phone', { phone: '+31 (0)30 2004500' }],
    ['an address in one word and nothing else', { street: 'Visser laan', phone: '' }],
  ])('join a record with %s', (_, change) => {
    expect(clusterOf('z', [...strangers, { ...anna, nr: 'z', ...change }])).toBe('s00');
  });

  it('keep strangers apart, also of one name', () => {
    const namesake = {
      nr: 'z',
      first: 'Anna',
      last: 'Visser',
      born: '1999-12-31',
      street: 'Kade',
      no: '80',
      phone: '020-7654321',
    };
    const clusters = clusterBySchema(persons, [...strangers, namesake], { band: 'final' });

    expect(new Set(clusters.map(({ cluster }) => cluster)).size).toBe(57);
  });

  it('hold one record of a source that has no doubles', () => {
    const twin = { ...anna, nr: 'z' };

    expect(clusterOf('z', [...strangers, twin], { ...persons, perSource: 'one' })).toBe('z');
    expect(clusterOf('z', [...strangers, { ...twin, file: 'b' }], { ...persons, perSource: 'one' })).toBe(
      's00',
    );
  });

  it('are the same for every order of the input', () => {
    const rows = [...strangers, { ...anna, nr: 'z', last: 'Visscher' }, { ...anna, nr: 'b', phone: '' }];
    const straight = clusterBySchema(persons, rows, { band: 'final' });
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(clusterBySchema(persons, shuffled, { band: 'final' })).toEqual(straight);
      }),
      { numRuns: 10 },
    );
  });

  it('explain each verdict with contributions that add up to its score', () => {
    const verdicts: SchemaVerdict[] = [];
    clusterBySchema(persons, [...strangers, { ...anna, nr: 'z', first: 'Visser', last: 'Anna' }], {
      band: 'auto',
      onVerdict: (verdict) => verdicts.push(verdict),
    });

    expect(verdicts.map(({ a, b }) => [a, b])).toEqual([['s00', 'z']]);
    const [{ contributions = [], score = 0 } = {}] = verdicts;
    expect(contributions.map(({ field }) => field)).toEqual([
      'prior',
      'given',
      'surname',
      'born',
      'street',
      'phone',
      'exchanged',
    ]);
    expect(contributions.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(score, 9);
  });

  it('find candidates without keys in the schema, and take no records, one, and empty ones', () => {
    const { keys: _, ...keyless } = persons;

    expect(clusterOf('z', [...strangers, { ...anna, nr: 'z', last: 'Vissser' }], keyless)).toBe('s00');
    expect(clusterBySchema(persons, [], { band: 'final' })).toEqual([]);
    expect(clusterBySchema(persons, [{ nr: '1' }, { nr: '2' }], { band: 'final' })).toEqual([
      { id: '1', cluster: '1', band: 'auto', size: 1 },
      { id: '2', cluster: '2', band: 'auto', size: 1 },
    ]);
  });

  it.each([
    ['a key of a field that is not there', { ...persons, keys: [['shoe']] }, 'names no field'],
    [
      'a key that is shortened in an unknown way',
      { ...persons, keys: [['born:week']] },
      'cannot be shortened',
    ],
  ])('refuse %s', (_, schema, message) => {
    expect(() => clusterOf('z', strangers, schema)).toThrow(message);
  });

  it.each([
    ['an unknown field', { fields: ['shoe'], below: 1 }, 'never[0].fields: "shoe" is none of given,'],
    ['no field', { fields: [], below: 1 }, 'never[0]: names no field'],
    ['a level that is none', { fields: ['phone'], below: 3 }, '3 is no level of "phone" (phone: 1 to 2)'],
    ['the level of anything', { fields: ['phone'], below: 0 }, '0 is no level of "phone"'],
    ['initials that are no name', { fields: ['given'], below: 1, initials: 'born' }, 'never[0].initials'],
  ])('refuse what never joins by %s', (_, rule, message) => {
    const refused = (): unknown => clusterOf('z', strangers, { ...persons, never: [rule] });

    expect(refused).toThrow(WrongSchema);
    expect(refused).toThrow(message);
  });

  it('never join by themselves what contradicts itself in all fields of a rule', () => {
    const moved = { ...anna, nr: 'z', phone: '030-2004501' };
    const bandOf = (never: MatchSchema['never']): string[] => {
      const bands: string[] = [];
      const schema = { ...persons, ...(never && { never }) };
      clusterBySchema(schema, [...strangers, moved], {
        band: 'final',
        onVerdict: ({ band }) => bands.push(band),
      });
      return bands;
    };

    expect(bandOf(undefined)).toEqual(['auto']);
    expect(bandOf([{ fields: ['born', 'phone'], below: 2 }])).toEqual(['auto']);
    expect(bandOf([{ fields: ['phone'], below: 2 }])).toEqual(['final']);
  });

  it('refuse a repeated id and a record without one', () => {
    expect(() => clusterOf('z', [...strangers, anna])).toThrow('the id s00 occurs twice');
    expect(() => clusterOf('z', [{ first: 'Anna' }])).toThrow('a record has no nr');
  });
});
