import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action, AdministrationSettings, RelationDetail } from '@koppel/contracts';
import { inTenant } from '@koppel/persistence';
import { addComparedTenant, type ComparedTenant } from '../testing/a-compared-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const elm = { name: 'Iep Bouw B.V.', kvk: '99000041', phone: '010-1' };

/** Three companies; A and B have two sales journals in Exact, C has another one. */
async function addTenant(): Promise<ComparedTenant> {
  const tenant = await addComparedTenant(
    api,
    [
      { company: 0, shared: elm },
      { company: 1, shared: elm },
    ],
    'automatic',
  );
  const journals = [['70', '71'], ['70', '71'], ['90']];
  await inTenant(api.database, tenant.id, async (tx) => {
    for (const [index, codes] of journals.entries())
      for (const code of codes)
        await tx.execute(
          sql`insert into masters (tenant_id, administration_id, kind, exact_id, code, description, is_blocked, fields)
            values (${tenant.id}, ${tenant.administrationIds[index]}, 'journals', ${api.chance.newId()}, ${code}, 'Verkoop', false,
              ${JSON.stringify({ type: 20 })}::jsonb)`,
        );
  });
  return tenant;
}

async function read(tenant: ComparedTenant): Promise<AdministrationSettings[]> {
  return ((await tenant.admin.get('/v1/settings')).body as { items: AdministrationSettings[] }).items;
}

const journalOf = (settings: AdministrationSettings | undefined) =>
  settings?.fields.find(({ key }) => key === 'salesJournal');

const save = (tenant: ComparedTenant, company: number, body: object) =>
  tenant.admin.put(`/v1/administrations/${tenant.administrationIds[company]}/settings`, body);

describe('the settings of an administration', () => {
  it('follow the first administration until somebody chooses here', async () => {
    const tenant = await addTenant();
    const [a] = tenant.administrationIds;
    expect((await save(tenant, 0, { values: { salesJournal: '70' }, version: 0 })).status).toBe(200);
    const followed = await save(tenant, 1, { values: {}, follow: ['salesJournal'], version: 0 });
    expect(followed.body).toMatchObject({
      inheritsFrom: { administrationId: a, administrationName: 'Bouwbedrijf A' },
    });
    expect(journalOf(followed.body as AdministrationSettings)).toMatchObject({
      value: '70',
      isInherited: true,
      inheritable: '70',
    });

    await save(tenant, 0, { values: { salesJournal: '71' }, version: 1 });
    const [first, second] = await read(tenant);
    expect(first?.inheritsFrom).toBeNull();
    expect(journalOf(second)).toMatchObject({ value: '71', isInherited: true });

    const saved = await save(tenant, 1, { values: { salesJournal: '70' }, version: 2 });
    const { version } = saved.body as AdministrationSettings;
    expect(String(saved.headers['etag']).split('.')[0]).toBe(`"${version}`);
    expect(journalOf((await read(tenant))[1])).toMatchObject({ value: '70', isInherited: false });
    const { items } = (await tenant.viewer.get('/v1/actions')).body as { items: Action[] };
    expect(items[0]).toMatchObject({
      kind: 'save-settings',
      summary: { nl: 'Instellingen van Bouwbedrijf B gewijzigd' },
      changes: [{ field: 'salesJournal', before: '71', after: '70' }],
    });
  });

  it('do not follow a code that does not exist here, and say which', async () => {
    const tenant = await addTenant();
    await save(tenant, 0, { values: { salesJournal: '70' }, version: 0 });

    const refused = await save(tenant, 2, { values: {}, follow: ['salesJournal'], version: 0 });

    expect([refused.status, refused.body]).toMatchObject([422, { kind: 'settings-invalid' }]);
    expect(journalOf((await read(tenant))[2])).toMatchObject({ value: null, inheritable: null });
  });

  it('show the number that the next invoice of this year gets', async () => {
    const inTheNetherlands = { year: 'numeric', timeZone: 'Europe/Amsterdam' } as const;
    const year = new Intl.DateTimeFormat('nl', inTheNetherlands).format(api.chance.now());
    const [first] = await read(await addTenant());
    expect(first).toMatchObject({ code: '001', nextInvoiceNumber: `${year}00100001` });
  });
});

describe('the write policy of an administration', () => {
  it('keeps a field out of what is written there', async () => {
    const tenant = await addTenant();
    const [, b] = tenant.administrationIds;
    const saved = await tenant.admin.put(`/v1/administrations/${b}/write-policy`, {
      localFields: ['phone'],
      version: 0,
    });
    expect([saved.status, saved.body]).toMatchObject([200, { localFields: ['phone'], version: 1 }]);
    const late = { localFields: ['email'], version: 0 };
    expect(await tenant.admin.put(`/v1/administrations/${b}/write-policy`, late)).toMatchObject({
      status: 412,
      headers: { etag: '"1"' },
      body: { version: 1 },
    });
    const history = (await tenant.viewer.get('/v1/actions')).body as { items: Action[] };
    expect(history.items[0]).toMatchObject({
      kind: 'save-write-policy',
      changes: [{ field: 'phone', before: 'shared', after: 'local' }],
    });

    const { items } = (await tenant.admin.get('/v1/relations?search=iep')).body as {
      items: { id: string }[];
    };
    const address = `/v1/relations/${items[0]?.id}`;
    const { version } = (await tenant.admin.get(address)).body as RelationDetail;
    const values = { phone: '010-2', email: 'info@iep.example' };
    const edited = await tenant.admin.send('PATCH', address, { body: { values, version } });
    expect(edited.status).toBe(200);

    const intents = await inTenant(api.database, tenant.id, (tx) =>
      tx.execute(sql`select administration_id, patch from write_intents order by administration_id`),
    );
    const patchOf = (id: string | undefined) =>
      intents.find((row) => row['administration_id'] === id)?.['patch'];
    expect(patchOf(tenant.administrationIds[0])).toEqual({ phone: '010-2', email: 'info@iep.example' });
    expect(patchOf(b)).toEqual({ email: 'info@iep.example' });
  });

  it('belongs to an administrator, and names only fields that are shared', async () => {
    const tenant = await addTenant();
    const address = `/v1/administrations/${tenant.administrationIds[0]}/write-policy`;
    expect((await tenant.reviewer.put(address, { localFields: [], version: 0 })).status).toBe(403);
    expect((await tenant.admin.put(address, { localFields: ['creditLine'], version: 0 })).status).toBe(400);
  });
});
