import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dashboard, Issue } from '@koppel/contracts';
import { inTenant } from '@koppel/persistence';
import { countForDashboard } from '@koppel/persistence/read';
import { addComparedTenant, type ComparedTenant } from '../testing/a-compared-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

const eik = { name: 'De Eik B.V.', kvk: '99000031' };
let api: TestApi;
let tenant: ComparedTenant;
beforeAll(async () => {
  api = await startTestApi();
  tenant = await addComparedTenant(api, [
    { company: 0, shared: eik },
    { company: 0, shared: eik },
  ]);
});
afterAll(() => api.close());

async function waiting() {
  const { body } = await tenant.viewer.get('/v1/dashboard');
  const counts = await inTenant(api.database, tenant.id, countForDashboard);
  return {
    doubles: (body as Dashboard).waiting.doubles,
    byAdministration: [...counts.doublesByAdministration],
  };
}

it('counts doubles for their administration until somebody ignores the issue of their group', async () => {
  expect(await waiting()).toEqual({ doubles: 1, byAdministration: [[tenant.administrationIds[0], 1]] });

  const { body } = await tenant.viewer.get('/v1/issues?cause=double-in-administration');
  const { id, version } = (body as { items: Issue[] }).items[0]!; // the double above
  const ignored = await tenant.reviewer.post(`/v1/issues/${id}/ignore`, { reason: 'In the winter', version });
  expect(ignored.status).toBe(200);

  expect(await waiting()).toEqual({ doubles: 0, byAdministration: [] });
});
