import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addListedTenant, startCoupling } from '../testing/a-listed-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

let api: TestApi;
let owner: postgres.Sql;
beforeAll(async () => {
  api = await startTestApi();
  owner = postgres(api.databaseUrl, { max: 1 });
});
afterAll(async () => {
  await owner.end();
  await api.close();
});

describe('the feature switch (step 0)', () => {
  it('keeps a tenant out with a reason until the helpdesk switches it on, and again after it is switched off', async () => {
    const tenant = await api.tenant({ isFeatureEnabled: false });
    const operator = await api.operator();
    const closed = await tenant.admin.get('/v1/coupling');
    expect([closed.status, closed.body]).toEqual([
      403,
      expect.objectContaining({ kind: 'feature-not-enabled' }),
    ]);

    const on = await operator.put(`/v1/operator/tenants/${tenant.id}/feature`, { isEnabled: true });
    expect(on.body).toMatchObject({ id: tenant.id, isFeatureEnabled: true, enabledBy: 'helpdesk' });
    expect((await tenant.admin.get('/v1/coupling')).body).toMatchObject({ step: 'connect', isFrozen: false });

    await operator.put(`/v1/operator/tenants/${tenant.id}/feature`, { isEnabled: false });
    expect((await tenant.admin.get('/v1/coupling')).status).toBe(403);
  });

  it('cancels the run that is going on when it is switched off, and keeps what was done (F82)', async () => {
    const tenant = await addListedTenant(api, 1);
    const operator = await api.operator();
    const runId = await startCoupling(tenant);
    const path = `/v1/operator/tenants/${tenant.id}/feature`;

    expect((await operator.put(path, { isEnabled: false })).status).toBe(200);
    expect((await operator.put(path, { isEnabled: false })).status).toBe(200);
    await operator.put(path, { isEnabled: true });

    const { body } = await tenant.viewer.get(`/v1/sync-runs/${runId}`);
    expect(body).toMatchObject({ state: 'cancelled' });
    expect((await tenant.admin.get('/v1/coupling')).body).toMatchObject({ step: 'synchronise' });
  });

  it('stays on when the run that is going on cannot be ended', async () => {
    const tenant = await addListedTenant(api, 1);
    const operator = await api.operator();
    await startCoupling(tenant);
    const path = `/v1/operator/tenants/${tenant.id}/feature`;
    await owner`alter table sync_runs add constraint never_cancelled check (state <> 'cancelled') not valid`;
    try {
      expect((await operator.put(path, { isEnabled: false })).status).toBe(500);
    } finally {
      await owner`alter table sync_runs drop constraint never_cancelled`;
    }

    expect((await tenant.admin.get('/v1/coupling')).status).toBe(200);
    expect((await operator.put(path, { isEnabled: false })).status).toBe(200);
    expect((await tenant.admin.get('/v1/coupling')).status).toBe(403);
  });

  it('keeps the first moment and name when it is switched on twice', async () => {
    const tenant = await api.tenant({ isFeatureEnabled: false });
    const operator = await api.operator();
    const first = await operator.put(`/v1/operator/tenants/${tenant.id}/feature`, { isEnabled: true });
    const second = await operator.put(`/v1/operator/tenants/${tenant.id}/feature`, { isEnabled: true });
    expect(second.body).toEqual(first.body);
  });

  it('is not for tenants, and knows no unknown tenant', async () => {
    const tenant = await api.tenant();
    const path = `/v1/operator/tenants/${tenant.id}/feature`;
    expect((await tenant.admin.put(path, { isEnabled: true })).status).toBe(403);
    expect((await tenant.admin.get('/v1/operator/tenants')).status).toBe(403);
    const operator = await api.operator();
    const unknown = path.replace(tenant.id, '01900000-0000-7000-8000-0000000000ff');
    expect((await operator.put(unknown, { isEnabled: true })).status).toBe(404);
    expect((await operator.get('/v1/coupling')).status).toBe(403);
  });
});
