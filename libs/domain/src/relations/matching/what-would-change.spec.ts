import { describe, expect, it } from 'vitest';
import { comparePair } from './compare-one.js';
import { nothingLearnt } from './learnt-model.js';
import { aMatchRecord } from './testing/a-match-record.js';
import { counterfactualSentence, whatWouldChange } from './what-would-change.js';

const address = { addressLine1: 'Kade 9', postcode: '1234 AB', city: 'Voorbeeldstad' };
const vlier = aMatchRecord({ id: 'a', name: 'Vlier Advies B.V.', kvk: '99000021', ...address });
const moved = aMatchRecord({
  id: 'b',
  administrationId: 'B',
  name: 'Vlier Advies B.V.',
  kvk: '99000021',
  addressLine1: 'Dijk 4',
  postcode: '4321 BA',
  city: 'Elders',
});

const changes = (a = vlier, b = moved) => whatWouldChange({ a, b, found: comparePair(a, b) });

describe('whatWouldChange', () => {
  it('finds what would have made two records certainly one', () => {
    expect(comparePair(vlier, moved).band).toBe('ask');
    expect(changes()[0]).toEqual({ field: 'address', change: 'equal', band: 'automatic' });
  });

  it('finds what a certain pair leans on, and says the same whichever record comes first', () => {
    const twin = { ...vlier, id: 'b', administrationId: 'B', addressLine1: null, postcode: null, city: null };
    expect(comparePair(vlier, twin).band).toBe('automatic');
    expect(changes(vlier, twin).map(({ field, change }) => `${field} ${change}`)).toContain('kvk empty');
    expect(changes(twin, vlier)).toEqual(changes(vlier, twin));
  });

  it('makes no value up that both lack, and names nothing that leaves the verdict as it is', () => {
    const before = comparePair(vlier, moved).band;
    expect(changes().map(({ field }) => field)).not.toContain('email');
    expect(changes().every(({ band }) => band !== before)).toBe(true);
  });

  it('says nothing of a pair about which other records have a say', () => {
    const stranger = { ...moved, kvk: null };
    expect(comparePair(vlier, stranger).band).toBe('separate');
    expect(changes(vlier, stranger)).toEqual([]);
    const twin = { ...vlier, id: 'b', administrationId: 'B' };
    const held = {
      ...comparePair(vlier, twin),
      reasons: [{ key: 'hold-rival' as const, params: {}, weight: 0 }],
    };
    expect(whatWouldChange({ a: vlier, b: twin, found: held })).toEqual([]);
  });

  it('says nothing of a pair that was found with values that others share', () => {
    const [a, b] = [vlier, moved].map((record) => ({ ...record, phone: '020 123 45 67' }));
    const found = comparePair(a!, b!, { stemsUsing: (kind) => (kind === 'phone' ? 30 : 1) });
    expect(changes(a, b)).not.toEqual([]);
    expect(whatWouldChange({ a: a!, b: b!, found })).toEqual([]);
  });

  it('compares with what was learnt when the pair was found', () => {
    const learnt = { ...nothingLearnt, stems: 5_000, words: { vlier: 900 } };
    const found = comparePair(vlier, moved, { learnt });
    expect(whatWouldChange({ a: vlier, b: moved, found, learnt })[0]?.field).toBe('address');
    expect(whatWouldChange({ a: vlier, b: moved, found })).toEqual([]);
  });

  it('puts a change into a sentence of either language', () => {
    const found = { field: 'kvk', change: 'equal', band: 'automatic' } as const;
    expect(counterfactualSentence(found, 'nl')).toBe('Met hetzelfde KvK-nummer was het zeker dezelfde');
    expect(counterfactualSentence({ ...found, change: 'empty', band: 'separate' }, 'en')).toBe(
      'Without the KvK numbers, they would stay apart',
    );
  });
});
