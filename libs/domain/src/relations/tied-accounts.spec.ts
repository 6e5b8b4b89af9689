import { describe, expect, it } from 'vitest';
import { asId, type RelationId, type SourceRelationId } from '../kernel/index.js';
import { TiedAccounts } from './tied-accounts.js';

const id = (text: string) => asId<SourceRelationId>(text);
const look = (one: string, ...tied: string[]) => ({ id: id(one), tied, shared: [] });

describe('TiedAccounts', () => {
  it('groups whoever is tied, directly or by way of others, and who is tied to nobody alone', () => {
    const tied = new TiedAccounts();
    for (const one of [look('e', 'd'), look('a', 'b'), look('c', 'b', 'd'), look('f')]) tied.add(one);

    expect(tied.parties()).toEqual([['a', 'b', 'c', 'd', 'e'], ['f']]);
  });

  it('names who was reached and not seen to yet', () => {
    const tied = new TiedAccounts();
    tied.add(look('a', 'b', 'c'));

    expect(tied.reached()).toEqual(['b', 'c']);
    tied.settle([id('b')]);
    tied.add(look('c', 'a', 'd'));
    expect(tied.reached()).toEqual(['d']);
  });

  it('names those of one party side by side', () => {
    const tied = new TiedAccounts();
    for (const one of [look('m', 'a', 'd'), look('n', 'b', 'e'), look('o', 'c')]) tied.add(one);

    expect(tied.reached()).toEqual(['a', 'd', 'b', 'e', 'c']);
  });

  it('makes one party of those who are tied to accounts of one relation: only one of them may join it', () => {
    const tied = new TiedAccounts();
    for (const one of [look('a', 'x'), look('b', 'y'), look('c', 'z')]) tied.add(one);
    for (const [account, relation] of [
      ['x', 'r1'],
      ['y', 'r1'],
      ['z', 'r2'],
    ] as const)
      tied.belongs(id(account), asId<RelationId>(relation));

    expect(tied.parties()).toEqual([
      ['a', 'b', 'x', 'y'],
      ['c', 'z'],
    ]);
  });

  it('leaves out who is left for later', () => {
    const tied = new TiedAccounts();
    for (const one of [look('a', 'b'), look('c', 'b')]) tied.add(one);
    tied.leave([id('b')]);

    expect(tied.parties()).toEqual([['a', 'c']]);
  });

  it('counts whoever is tied to an account', () => {
    const tied = new TiedAccounts();
    for (const one of [look('a', 'b'), look('c', 'd'), look('d', 'c')]) tied.add(one);
    expect(tied.sizeAround(id('b'))).toBe(2);
    tied.add(look('d', 'a'));

    expect([...'abcde'].map((one) => tied.sizeAround(id(one)))).toEqual([4, 4, 4, 4, 1]);
  });

  it('gives of a party that is too large some, and all that have a relation', () => {
    const tied = new TiedAccounts();
    for (const one of [look('a', 'b', 'z'), look('b', 'c'), look('c', 'd'), look('e', 'f')]) tied.add(one);
    tied.belongs(id('z'), asId<RelationId>('r'));

    expect(tied.parties(2)).toEqual([
      ['a', 'b', 'z'],
      ['e', 'f'],
    ]);
  });

  it('keeps the largest number of names that was seen to use a value', () => {
    const tied = new TiedAccounts();
    for (const count of [3, 4, 2]) tied.add({ ...look('a'), shared: [['phone:020', count]] });

    expect(tied.stems).toEqual(new Map([['phone:020', 4]]));
  });
});
