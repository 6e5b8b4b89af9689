import { expect, it, vi } from 'vitest';
import { aRelationsWorld, aSourceRelation, idOf } from '../testing/index.js';
import { compareHere } from './compare-here.js';
import type { CompareAccounts } from './compare-command.js';

const administrations = 5;
const relations = 40;
/** More accounts than are compared at once, twenty a look-up. */
const few = { allUpTo: 1, elseUpTo: relations, perLookUp: 20, perParty: 100 };
/** Five times as many accounts as are read at a time, when nineteen are there already. */
const keysMax = few.perLookUp - 1 + (few.perLookUp / 10) * administrations;

/** An earlier version of the matcher. */
const earlier: CompareAccounts = (input, use) =>
  compareHere(input, (findings) => use({ ...findings, learnt: { ...findings.learnt, version: '0.0.1' } }));

it('looks up some accounts together, however many administrations their relations are in', async () => {
  const world = aRelationsWorld(administrations);
  const sources = world.companies.flatMap(({ id }, company) =>
    Array.from({ length: relations }, (_, n) =>
      aSourceRelation({
        id: idOf(1_000 * (company + 1) + n),
        administrationId: id,
        shared: { name: `Vlier ${n} Advies B.V.`, kvk: String(30_000_017 + n * 31) },
      }),
    ),
  );
  await world.sync(sources, { runKind: 'initial', compareAccounts: earlier });
  expect(world.relations.all()).toHaveLength(relations);
  const lookUps = vi.spyOn(world.matchKeys, 'findSharers');

  await world.sync([], { runKind: 'addition', accountsAtOnce: few });

  const asked = lookUps.mock.calls.map(([keys]) => keys.map(({ sourceRelationId }) => sourceRelationId));
  expect(new Set(asked.flat()).size).toBe(sources.length);
  expect(Math.max(...asked.map(({ length }) => length))).toBeLessThanOrEqual(keysMax);
});
