import { describe, expect, it } from 'vitest';
import {
  anAddress,
  aRelationsWorld,
  aSourceRelation,
  idOf,
  type RelationsWorld,
} from '@koppel/domain/testing';
import { compareHere, type CompareAccounts } from '@koppel/domain/relations';
import { dutchGroups } from '../dutch-groups/generate.js';
import type { LabelledRow } from '../dutch-groups/party.js';
import { toMatchRecord } from '../dutch-groups/to-match-record.js';

const administrations = 4;
const rows = 400;

async function coupled(
  seed: number,
  over: Pick<
    Parameters<RelationsWorld['sync']>[1] & object,
    'accountsAtOnce' | 'contactHandling' | 'compareAccounts'
  >,
): Promise<RelationsWorld> {
  const world = aRelationsWorld(administrations);
  const accounts = [...dutchGroups({ rows, seed, administrations })].map((row, at) =>
    accountOf(world, row, at),
  );
  await world.sync(
    accounts.map(({ source }) => source),
    {
      ...over,
      runKind: 'initial',
      ibans: Object.fromEntries(accounts.map(({ source, ibans }) => [source.id, ibans])),
    },
  );
  return world;
}

function accountOf(world: RelationsWorld, row: LabelledRow, at: number) {
  const { ibans, administrationId, addressLine1, postcode, city, country, ...said } = toMatchRecord(row);
  const { name, kvk, vat, email, phone, website } = said;
  const address = addressLine1 ? { ...anAddress(addressLine1, postcode, city), country } : null;
  const company = world.companies[Number(administrationId) - 1]!; // "1" up to their number
  const source = aSourceRelation({
    id: idOf((at * 7_919) % 100_003), // rows of one party stand near each other: their ids should not
    administrationId: company.id,
    shared: { name, kvk, vat, email, phone, website, address },
  });
  return { ibans, source };
}

function groupsOf(world: RelationsWorld): string[] {
  const byRelation = Map.groupBy(world.links.all(), ({ relationId }) => relationId);
  return [...byRelation.values()]
    .map((links) => [...new Set(links.map(({ sourceRelationId }) => sourceRelationId))].join())
    .sort();
}

function askedIn(world: RelationsWorld): string[] {
  return world.proposals
    .open()
    .map(({ kind, sourceA, sourceB, score }) => [kind, sourceA, sourceB, score.toFixed(6)].join(' '))
    .sort();
}

const everyone = { accountsAtOnce: { allUpTo: rows, elseUpTo: rows, perLookUp: rows, perParty: rows } };
/** One administration to learn from, and parties of which only some accounts are looked up at first. */
const few = { accountsAtOnce: { allUpTo: rows - 1, elseUpTo: 150, perLookUp: 25, perParty: rows } };

/** An earlier matcher, that was sure of as much and doubted nothing. */
const asksNothing: CompareAccounts = (input, use) =>
  compareHere(input, (findings) =>
    use({
      ...findings,
      learnt: { ...findings.learnt, version: '0.0.1' },
      doubles: none(),
      proposals: none(),
    }),
  );

async function* none<T>(): AsyncGenerator<readonly T[]> {
  yield [];
}

describe('a first coupling that compares party by party', () => {
  it.each([1, 2])('makes the relations and asks what one at once does (seed %i)', async (seed) => {
    const [whole, bounded] = [await coupled(seed, everyone), await coupled(seed, few)];

    expect(groupsOf(whole).length).toBeLessThan(rows * 0.7);
    expect(groupsOf(bounded)).toEqual(groupsOf(whole));
    expect(askedIn(whole).length).toBeGreaterThan(30);
    expect(askedIn(bounded)).toEqual(askedIn(whole));
    expect(
      bounded.issues
        .all()
        .map(({ causeKey }) => causeKey)
        .sort(),
    ).toEqual(
      whole.issues
        .all()
        .map(({ causeKey }) => causeKey)
        .sort(),
    );
  });

  it.each(['careful', 'manual'] as const)('does so under %s handling', async (contactHandling) => {
    const whole = await coupled(4, { ...everyone, contactHandling });
    const bounded = await coupled(4, { ...few, contactHandling });

    expect(groupsOf(bounded)).toEqual(groupsOf(whole));
    expect(askedIn(bounded)).toEqual(askedIn(whole));
  });

  it.each([1, 3])(
    'asks what another version of the matcher asks of those that stand (seed %i)',
    async (seed) => {
      const [whole, bounded] = [
        await coupled(seed, { ...everyone, compareAccounts: asksNothing }),
        await coupled(seed, { ...everyone, compareAccounts: asksNothing }),
      ];
      const groups = groupsOf(whole);
      expect(askedIn(bounded)).toEqual([]);

      await whole.sync([], { ...everyone, runKind: 'addition' });
      await bounded.sync([], { ...few, runKind: 'addition' });

      expect(groupsOf(bounded)).toEqual(groups);
      expect(askedIn(whole).length).toBeGreaterThan(30);
      expect(askedIn(bounded)).toEqual(askedIn(whole));
    },
  );

  it('places everybody when its parties are cut', async () => {
    const whole = await coupled(1, everyone);
    const accountsAtOnce = { ...few.accountsAtOnce, perParty: 2 };
    const bounded = await coupled(1, { accountsAtOnce });

    expect(groupsOf(bounded).join().split(',').sort()).toEqual(groupsOf(whole).join().split(',').sort());
    const inWhole = new Set(groupsOf(whole));
    expect(groupsOf(bounded).filter((group) => inWhole.has(group)).length).toBeGreaterThan(
      inWhole.size * 0.9,
    );
  });
});
