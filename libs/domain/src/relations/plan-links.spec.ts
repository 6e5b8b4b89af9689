import { expect, it } from 'vitest';
import { aRelationsWorld, aSourceRelation, idOf } from '../testing/index.js';
import { readPlanLinks } from './plan-links.js';

it('the plan names every account that shares a relation with another one, and no other', async () => {
  const world = aRelationsWorld(2);
  const account = (id: number, company: number, shared: object, code: string) =>
    aSourceRelation({
      id: idOf(id),
      administrationId: world.companies[company]!.id, // two
      shared,
      local: { code },
    });
  await world.sync(
    [
      account(1, 0, { name: 'De Eik B.V.', kvk: '99000031' }, '10'),
      account(2, 1, { name: 'De Eik B.V.', kvk: '99000031' }, '77'),
      account(3, 1, { name: 'Alleen Hier B.V.' }, '78'),
    ],
    { runKind: 'initial' },
  );

  const { links, next } = await readPlanLinks(world.deps, { tenantId: world.tenantId, after: null });

  expect(next).toBeNull();
  expect(links).toMatchObject([
    { administrationId: world.companies[0]!.id, relationName: 'De Eik B.V.', code: '10' },
    { administrationId: world.companies[1]!.id, relationName: 'De Eik B.V.', code: '77' },
  ]);
});
