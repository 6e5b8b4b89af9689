import { describe, expect, it } from 'vitest';
import { relationRulesOf } from './relation-rules.js';
import { relationSchema } from './relation-schema.js';
import type { RelationSchema } from './relation-schema-type.js';
import { WrongSchema } from './wrong-schema.js';

const changed = (change: object): RelationSchema => ({ ...relationSchema, ...change });

describe('a schema of relations', () => {
  it('is data only: as JSON it is the same schema', () => {
    expect(JSON.parse(JSON.stringify(relationSchema))).toEqual(relationSchema);
  });

  it.each([
    [
      'a normaliser that is none',
      { fields: [{ name: 'kvk', columns: [], normalise: ['x'], compare: 'exact' }] },
      'field "kvk".normalise: "x"',
    ],
    [
      'a comparator that is none',
      { fields: [{ name: 'kvk', columns: [], normalise: ['kvk-number'], compare: 'x' }] },
      'field "kvk".compare: "x"',
    ],
    [
      'a rule of another field',
      { fields: [{ name: 'vat', columns: [], normalise: ['email'], compare: 'exact' }] },
      'field "vat".normalise: "email"',
    ],
    [
      'a field twice',
      { fields: [...relationSchema.fields, ...relationSchema.fields] },
      '"name" is there twice',
    ],
    ['a key rule that is none', { keys: [{ rule: 'x', field: 'kvk', as: 'kvk' }] }, 'keys[0]: "x"'],
    [
      'a key rule of another field',
      { keys: [{ rule: 'vat-root', field: 'kvk', as: 'kvk' }] },
      'makes no keys of "kvk"',
    ],
    [
      'a key twice',
      { keys: [...relationSchema.keys, ...relationSchema.keys.slice(0, 1)] },
      `keys[${relationSchema.keys.length}]: "value" of "kvk" is there twice`,
    ],
    [
      'a key of a field that is missing',
      { fields: relationSchema.fields.filter(({ name }) => name !== 'phone') },
      '"phone" is none of the fields',
    ],
    [
      'a veto by a field that is missing',
      { fields: relationSchema.fields.slice(0, 2), keys: [] },
      '"vat" is none of the fields',
    ],
    [
      'a level that is none',
      { vetoes: [{ veto: 'veto-kvk', when: ['kvk:odd'] }] },
      '"odd" is no level of kvk',
    ],
    ['a fact that is none', { holds: [{ hold: 'hold-name', when: ['full-moon'] }] }, 'holds[0]: "full-moon"'],
    [
      'a name that every object has',
      { holds: [{ hold: 'hold-name', when: ['toString'] }] },
      'holds[0]: "toString"',
    ],
    ['a proof that is none', { proofs: [{ proof: 'hunch' }] }, 'proofs[0]: "hunch"'],
    ['a veto without a sentence', { vetoes: [{ veto: 'veto-x', when: ['kvk:different'] }] }, '"veto-x"'],
    [
      'a weighing that is none',
      { evidence: [{ name: 'n', evidence: [{ reason: 'kvk-equal', bits: 1, weigh: 'x' }] }] },
      'evidence "n"[0].weigh: "x"',
    ],
    [
      'bands in the wrong order',
      { bands: { automaticFrom: 1, askFrom: 2, finalFrom: 2 } },
      'askFrom is above',
    ],
  ])('is refused with %s, and it says where', (_, change, message) => {
    expect(() => relationRulesOf(changed(change))).toThrow(WrongSchema);
    expect(() => relationRulesOf(changed(change))).toThrow(message);
  });
});
