import { afterAll, beforeAll, expect, it } from 'vitest';
import type { listProposalsEndpoint, ProposalDetail, Response as Answer } from '@koppel/contracts';
import { asId, ok } from '@koppel/domain/kernel';
import { nothingLearnt } from '@koppel/domain/matching';
import { anAddress } from '@koppel/domain/testing';
import { DrizzleUnitOfWork } from '@koppel/persistence';
import { addComparedTenant, type ComparedTenant } from '../testing/a-compared-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

let api: TestApi;
let tenant: ComparedTenant;
beforeAll(async () => {
  api = await startTestApi();
  tenant = await addComparedTenant(api, [{ company: 0, shared: { name: 'De Eik B.V.', kvk: '99000031' } }]);
  const [released, answers] = [{ 'aside/form': 99 }, { 'aside/form': 9 }];
  await new DrizzleUnitOfWork(api.database).run(tenant.id, async (tx) => {
    await tx.matchModel.put(asId(api.chance.newId()), { ...nothingLearnt, released, answers });
    return ok(undefined);
  });
  const address = anAddress('Kade 9', '1234 AB', 'Voorbeeldstad');
  const pairOf = (name: string) =>
    ['B.V.', 'V.O.F.'].map((form, company) => ({
      ...{ id: api.chance.newId(), company },
      shared: { name: `${name} ${form}`, email: `info@${name}.example`, address },
    }));
  await tenant.resync([...pairOf('Tozenvira'), ...pairOf('Lumiraket')]);
});
afterAll(() => api.close());

async function list(query: string): Promise<Answer<typeof listProposalsEndpoint>> {
  const { status, body } = await tenant.viewer.get(`/v1/proposals${query}`);
  expect(status).toBe(200);
  return body as Answer<typeof listProposalsEndpoint>; // the api parses its answers by the contract
}

it('what answers set aside has a list of its own, says why first, and can be decided like any other', async () => {
  const { items, counts } = await list('?state=aside');

  expect((await list('')).items).toEqual([]);
  expect(counts).toMatchObject({ open: 0, aside: 2 });
  expect(items.map(({ state }) => state)).toEqual(['aside', 'aside']);
  expect(items[0]?.topReasons[0]?.text).toMatchObject({
    nl: 'opzij gezet: één naam met een andere rechtsvorm was 9 keer "niet dezelfde"',
  });
  const reasons = await tenant.viewer.get('/v1/proposals/reasons?state=aside');
  expect(reasons.body).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ key: 'set-aside-form', pairs: 2 })]) as unknown,
  });
  const { body } = await tenant.viewer.get(`/v1/proposals/${items[0]?.id}`);
  const { id, version } = body as ProposalDetail;
  const decided = await tenant.reviewer.post(`/v1/proposals/${id}/decision`, {
    version,
    verdict: 'same',
  });

  expect(decided.status).toBe(200);
  expect((await list('?state=aside')).items).toEqual([]);
  expect((await list('')).items.map(({ id }) => id)).toEqual([items[1]?.id]);
});
