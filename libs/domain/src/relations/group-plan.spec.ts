import { describe, expect, it } from 'vitest';
import { asId, type RelationId, type SourceRelationId } from '../kernel/index.js';
import { aSourceRelation, idOf } from '../testing/index.js';
import { planGroups, type Standing } from './group-plan.js';

interface Account {
  readonly id: number;
  readonly kvk?: string;
  readonly vat?: string;
  /** The relation it has already. */
  readonly relation?: number;
}

function plan(accounts: readonly Account[], handling: 'automatic' | 'careful' | 'manual') {
  const standing: Standing = {
    members: new Map(
      accounts.map(({ id, kvk = null, vat = null }) => {
        const source = aSourceRelation({
          id: idOf(id),
          administrationId: asId(idOf(100 + id)),
          shared: { name: 'Vlier', kvk, vat },
        });
        return [source.id, { source, position: id, localFields: [] }];
      }),
    ),
    relationOf: new Map(
      accounts.flatMap(({ id, relation }) =>
        relation === undefined ? [] : [[idOf(id) as SourceRelationId, idOf(relation) as RelationId] as const],
      ),
    ),
  };
  const cluster = { members: accounts.map(({ id }) => idOf(id)), score: 20 };
  const { groups, certainPairs } = planGroups([cluster], standing, handling);
  return {
    groups: groups.map(({ members, into }) => ({ ids: members.map(({ source }) => source.id), into })),
    certainPairs,
  };
}

describe('planGroups', () => {
  const registered = [{ id: 1, kvk: '99000021' }, { id: 2, kvk: '9900 0021' }, { id: 3 }];

  it('joins all that are certainly one under automatic handling', () => {
    expect(plan(registered, 'automatic')).toEqual({
      groups: [{ ids: [idOf(1), idOf(2), idOf(3)], into: null }],
      certainPairs: [],
    });
  });

  it('joins under careful handling what shares a registration number, and asks about the rest', () => {
    expect(plan(registered, 'careful')).toEqual({
      groups: [
        { ids: [idOf(1), idOf(2)], into: null },
        { ids: [idOf(3)], into: null },
      ],
      certainPairs: [[idOf(1), idOf(3)]],
    });
  });

  it('takes one valid VAT number for a registration, and one that fails its check not', () => {
    const pair = (vat: string) => [
      { id: 1, vat },
      { id: 2, vat },
    ];
    expect(plan(pair('NL001234567B01'), 'careful').groups).toHaveLength(2);
    expect(plan(pair('NL123456782B01'), 'careful').groups).toHaveLength(1);
  });

  it('joins the relation that stands when the registration is the same, and asks otherwise', () => {
    const joins = [
      { id: 1, kvk: '99000021', relation: 91 },
      { id: 2, kvk: '99000021' },
    ];
    expect(plan(joins, 'careful')).toEqual({
      groups: [{ ids: [idOf(2)], into: idOf(91) }],
      certainPairs: [],
    });
    const asks = [{ id: 1, kvk: '99000021', relation: 91 }, { id: 2 }];
    expect(plan(asks, 'careful')).toEqual({
      groups: [{ ids: [idOf(2)], into: null }],
      certainPairs: [[idOf(1), idOf(2)]],
    });
  });

  it('asks nothing about two relations that stand', () => {
    const two = [
      { id: 1, relation: 91 },
      { id: 2, relation: 92 },
    ];
    expect(plan(two, 'careful')).toEqual({ groups: [], certainPairs: [] });
  });

  it('joins nothing under manual handling', () => {
    expect(plan(registered, 'manual')).toEqual({
      groups: [],
      certainPairs: [
        [idOf(1), idOf(2)],
        [idOf(2), idOf(3)],
      ],
    });
  });
});
