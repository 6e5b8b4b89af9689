import { expect, it } from 'vitest';
import { asId } from '../kernel/index.js';
import { aRelationsWorld, aSourceRelation, idOf } from '../testing/index.js';
import { askQuestions } from './ask-questions.js';
import type { CompareDeps } from './compare-command.js';
import { comparePair, nothingLearnt } from './matching/index.js';
import { aMatchRecord } from './matching/testing/a-match-record.js';

async function* inPortions<T>(...portions: readonly T[][]): AsyncGenerator<readonly T[]> {
  for (const portion of portions) yield portion;
}

// Accounts 1 and 2 of one relation stand in two groups once persons said that 1 is not 2, though 3 is both.
it('asks once about two relations, also when portions side by side ask about several accounts of one', async () => {
  const world = aRelationsWorld(3);
  const [a, b, c] = world.companies;
  const account = (id: number, company: typeof a, shared: object) =>
    aSourceRelation({ id: idOf(id), administrationId: company!.id, shared }); // there are three
  const vlier = { name: 'Vlier Advies B.V.', kvk: '99000021' };
  await world.sync([account(1, a, vlier), account(2, b, vlier), account(3, c, { name: 'Vlierbes' })], {
    runKind: 'initial',
  });
  const recordOf = (id: number) =>
    aMatchRecord({ id: idOf(id), administrationId: `${id}`, name: 'Vlier Advies' });
  const verdicts = [1, 2].map((id) => comparePair(recordOf(id), recordOf(3)));
  const bothBegan = Promise.withResolvers<void>();
  let begun = 0;
  const sideBySide: CompareDeps['uow'] = {
    run: async (_, work) => {
      begun += 1;
      if (begun === verdicts.length) bothBegan.resolve();
      await bothBegan.promise;
      return work(world.uow.tx);
    },
  };

  const counts = await askQuestions(
    { ...world.deps, uow: sideBySide },
    {
      tenantId: world.tenantId,
      runId: asId(idOf(801)),
      runKind: 'initial',
      contactHandling: 'automatic',
      onProgress: () => undefined,
    },
    {
      findings: {
        learnt: nothingLearnt,
        clusters: inPortions(),
        doubles: inPortions(),
        proposals: inPortions(...verdicts.map((verdict) => [verdict])),
      },
      certainPairs: [],
    },
  );

  expect(await world.relationOf(idOf(1))).toEqual(await world.relationOf(idOf(2)));
  expect(counts.asked).toBe(1);
  expect(world.proposals.open()).toHaveLength(1);
});
