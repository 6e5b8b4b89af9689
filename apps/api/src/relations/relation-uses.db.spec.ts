import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RelationDetail, RelationSummary } from '@koppel/contracts';
import { inTenant } from '@koppel/persistence';
import { addComparedTenant, type ComparedTenant } from '../testing/a-compared-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const eik = { name: 'De Eik B.V.', kvk: '99000031' };

describe('using a relation in an administration, over http', () => {
  let tenant: ComparedTenant;
  let relation: RelationSummary;
  beforeEach(async () => {
    const accounts = [
      { company: 0, shared: eik },
      { company: 1, shared: eik },
    ];
    tenant = await addComparedTenant(api, accounts, 'automatic');
    await inTenant(api.database, tenant.id, (tx) =>
      tx.execute(
        sql`insert into couplings (tenant_id, step, activated_at, created_at) values (${tenant.id}, 'active', now(), now())`,
      ),
    );
    const { body } = await tenant.viewer.get('/v1/relations');
    [relation] = (body as { items: [RelationSummary] }).items;
  });
  const use = (company: number, by = tenant.reviewer) =>
    by.post(`/v1/relations/${relation.id}/uses`, { administrationId: tenant.administrationIds[company] });
  const detail = async () => (await tenant.viewer.get(`/v1/relations/${relation.id}`)).body as RelationDetail;

  it('answers the account where there is one', async () => {
    expect(await use(1)).toMatchObject({
      status: 200,
      body: { state: 'linked', sourceRelationId: tenant.sourceIds[1], code: '1002', isBlocked: false },
    });
  });

  it('requests one where there is none, once, and shows that it is on its way', async () => {
    const [without] = (await detail()).notIn;
    expect(without).toMatchObject({ administrationId: tenant.administrationIds[2], isRequested: false });

    expect(await use(2)).toMatchObject({ status: 200, body: { state: 'requested' } });
    expect(await use(2)).toMatchObject({ status: 200, body: { state: 'requested' } });

    const { notIn, history } = await detail();
    expect(notIn).toMatchObject([{ name: 'Bouwbedrijf C', isRequested: true }]);
    expect(history.map(({ kind, summary }) => [kind, summary.nl]).slice(0, 1)).toEqual([
      ['use-relation', 'In gebruik genomen in Bouwbedrijf C'],
    ]);
    const [{ count }] = await inTenant(api.database, tenant.id, (tx) =>
      tx.execute<{ count: number }>(
        sql`select count(*)::int as count from write_intents where kind = 'create'`,
      ),
    ).then((rows) => [rows[0] ?? { count: -1 }] as const);
    expect(count).toBe(1);
  });

  it('makes it what the relation is elsewhere or what the asker says, and refuses what no account can be', async () => {
    const as = (roles: readonly string[]) =>
      tenant.reviewer.post(`/v1/relations/${relation.id}/uses`, {
        administrationId: tenant.administrationIds[2],
        roles,
      });
    expect(await as(['boss'])).toMatchObject({ status: 400 });
    expect(await as([])).toMatchObject({ status: 400 });
    expect(await use(2)).toMatchObject({ status: 200 });
    expect(await as(['supplier'])).toMatchObject({ status: 200, body: { state: 'requested' } });
    const rows = await inTenant(api.database, tenant.id, (tx) =>
      tx.execute(sql`select roles from write_intents where kind = 'create'`),
    );
    expect([...rows]).toEqual([{ roles: ['customer', 'supplier'] }]);
  });

  it('requests one for two who ask at the same moment', async () => {
    const answers = await Promise.all([use(2), use(2), use(2, tenant.admin)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await detail()).history.filter(({ kind }) => kind === 'use-relation')).toHaveLength(1);
  });

  it('refuses with a way out where an admin switched creating off, and tells history', async () => {
    const saved = await tenant.admin.put('/v1/coupling/account-creation', { accountCreation: 'never' });
    expect(saved).toMatchObject({ status: 200, body: { accountCreation: 'never' } });

    expect(await use(2)).toMatchObject({
      status: 409,
      body: { kind: 'creating-switched-off', title: expect.stringContaining('Exact Online') as string },
    });
    const acts = (await tenant.viewer.get('/v1/actions')).body as { items: { kind: string }[] };
    expect(acts.items[0]).toMatchObject({
      kind: 'save-account-creation',
      changes: [{ field: 'accountCreation', before: 'first-use', after: 'never' }],
    });
  });

  it('refuses while contacts are frozen, in a paused administration and for an unknown one', async () => {
    const [unknown] = tenant.sourceIds;
    expect(
      await tenant.reviewer.post(`/v1/relations/${relation.id}/uses`, { administrationId: unknown }),
    ).toMatchObject({ status: 404, body: { kind: 'administration-unknown' } });
    await inTenant(api.database, tenant.id, (tx) =>
      tx.execute(sql`update administrations set state = 'paused' where position = 3`),
    );
    expect(await use(2)).toMatchObject({
      status: 409,
      body: { kind: 'administration-not-active', state: 'paused' },
    });
    await inTenant(api.database, tenant.id, (tx) =>
      tx.execute(sql`update couplings set frozen_since = now()`),
    );
    expect(await use(2)).toMatchObject({ status: 423, body: { kind: 'relations-frozen' } });
  });
});
