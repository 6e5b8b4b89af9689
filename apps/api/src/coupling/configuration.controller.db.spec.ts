import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAddress } from '@koppel/domain/testing';
import { inTenant } from '@koppel/persistence';
import { addComparedTenant, type FetchedAccount } from '../testing/a-compared-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const address = anAddress('Kade 9', '1234 AB', 'Voorbeeldstad');
const vlier = { name: 'Vlier Advies B.V.', kvk: '99000021', address };
const linde = {
  name: 'Lindehoeve Dakwerken',
  address: anAddress('Dijk 4', '4321 BA', 'Elders'),
  email: 'a@b.example',
};
const accounts: readonly FetchedAccount[] = [
  { company: 0, shared: vlier },
  { company: 1, shared: vlier },
  { company: 0, shared: linde },
  { company: 1, shared: linde },
  { company: 2, shared: { name: 'Hoekstra Tegelwerken', kvk: '99000099' } },
];

describe('the estimates of contact handling', () => {
  it.each(['automatic', 'careful', 'manual'] as const)(
    'are the same whichever choice the accounts were compared by: %s',
    async (handling) => {
      const tenant = await addComparedTenant(api, accounts, handling);
      expect((await tenant.admin.get('/v1/coupling/configuration/estimates')).body).toEqual({
        estimates: {
          automatic: { merged: 2, asked: 0, apart: 1 },
          careful: { merged: 1, asked: 1, apart: 1 },
          manual: { merged: 0, asked: 2, apart: 1 },
        },
      });
    },
  );

  it.each([
    // What it would have joined and what careful would have: both waited, and go on waiting.
    ['automatic', { automatic: [0, 2], careful: [0, 2], manual: [0, 2] }],
    // The pair of one registration waits nevertheless; automatic would only have joined the other one.
    ['careful', { automatic: [1, 1], careful: [0, 2], manual: [0, 2] }],
    ['manual', { automatic: [2, 0], careful: [1, 1], manual: [0, 2] }],
  ] as const)(
    'do not promise to merge what waits in spite of the handling in force: %s',
    async (inForce, by) => {
      const tenant = await addComparedTenant(api, accounts, 'manual');
      await inTenant(api.database, tenant.id, (tx) =>
        tx.execute(
          sql`insert into couplings (tenant_id, step, contact_handling, created_at) values (${tenant.id}, 'active', ${inForce}, now())`,
        ),
      );
      const { estimates } = (await tenant.admin.get('/v1/coupling/configuration/estimates')).body as {
        estimates: Record<string, { merged: number; asked: number }>;
      };
      const read = Object.entries(estimates).map(([handling, { merged, asked }]) => [
        handling,
        [merged, asked],
      ]);
      expect(Object.fromEntries(read)).toEqual(by);
    },
  );

  it('are not there before anything was compared', async () => {
    const tenant = await api.tenant();
    expect((await tenant.admin.get('/v1/coupling/configuration/estimates')).body).toEqual({
      estimates: null,
    });
  });
});
