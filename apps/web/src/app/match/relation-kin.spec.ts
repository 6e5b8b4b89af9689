import { describe, expect, it } from 'vitest';
import { RelationKin } from './relation-kin.js';

const aPair = (id: string, left: string, right: string) => ({
  id,
  left: { relationId: left, name: left, administrationName: '' },
  right: { relationId: right, name: right, administrationName: '' },
});
const idsOf = (pairs: readonly { readonly id: string }[]) => pairs.map(({ id }) => id);

describe('RelationKin', () => {
  const [ab, bc, cd, ba] = [
    aPair('ab', 'a', 'b'),
    aPair('bc', 'b', 'c'),
    aPair('cd', 'c', 'd'),
    aPair('ba', 'b', 'a'),
  ];

  it('says that "same" touches every other pair of either relation', () => {
    expect(idsOf(new RelationKin().touchedBy(ab, 'same', [ab, bc, cd, ba]))).toEqual(['bc', 'ba']);
  });

  it('says that "not the same" touches only other pairs of the same two', () => {
    expect(idsOf(new RelationKin().touchedBy(ab, 'different', [ab, bc, cd, ba]))).toEqual(['ba']);
  });

  it('says that "not sure" touches nothing else', () => {
    expect(new RelationKin().touchedBy(ab, 'unsure', [ab, bc, cd, ba])).toEqual([]);
  });

  it('follows relations that became one, in whatever order', () => {
    const kin = new RelationKin();
    kin.touchedBy(cd, 'same', []);
    kin.touchedBy(bc, 'same', []);
    expect(idsOf(kin.touchedBy(aPair('ea', 'e', 'a'), 'same', [aPair('fd', 'f', 'd')]))).toEqual([]);
    kin.touchedBy(ab, 'same', []);
    expect(idsOf(kin.touchedBy(aPair('ga', 'g', 'a'), 'same', [aPair('fd', 'f', 'd')]))).toEqual(['fd']);
  });

  it('stands the same pair of relations decided twice', () => {
    const kin = new RelationKin();
    kin.touchedBy(ab, 'same', []);
    kin.touchedBy(ba, 'same', []);
    expect(idsOf(kin.touchedBy(ab, 'same', [bc]))).toEqual(['bc']);
  });
});
