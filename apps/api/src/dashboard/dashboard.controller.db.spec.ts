import { sql } from 'drizzle-orm';
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

it('tells how long writes take that a plan spreads over hours, and nothing where they take days', async () => {
  const [administrationId] = tenant.administrationIds;
  const plannedIn = (hours: number) =>
    inTenant(api.database, tenant.id, (tx) =>
      tx.execute(sql`
        insert into write_intents (id, tenant_id, administration_id, relation_id, kind, patch, state, purpose, created_by, created_at, due_at)
        values (gen_random_uuid(), ${tenant.id}, ${administrationId}, gen_random_uuid(), 'create', '{}', 'planned', 'plan', 'Anna', now(),
          now() + ${hours} * interval '1 hour')`),
    );
  const writes = async () => ((await tenant.viewer.get('/v1/dashboard')).body as Dashboard).writes;

  await plannedIn(0);
  await plannedIn(6);
  const { waiting: count, secondsLeft } = await writes();
  expect(count).toBe(2);
  expect(secondsLeft).toBeGreaterThan(5.9 * 3_600);
  expect(secondsLeft).toBeLessThan(6.1 * 3_600);

  await plannedIn(60 * 24);
  expect(await writes()).toEqual({ waiting: 3, secondsLeft: null });
});
