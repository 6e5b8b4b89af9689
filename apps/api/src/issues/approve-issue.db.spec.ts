import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import type { Action, Issue } from '@koppel/contracts';
import { asId } from '@koppel/domain/kernel';
import { compareParts } from '@koppel/domain/relations';
import { DrizzleUnitOfWork, inTenant } from '@koppel/persistence';
import { addComparedTenant, type ComparedTenant } from '../testing/a-compared-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

const [was, number] = ['NL91ABNA0417164300', 'NL20INGB0001234567'];
const eik = { name: 'De Eik B.V.', kvk: '99000031' };
let api: TestApi;
let tenant: ComparedTenant;
let question: Issue;
beforeAll(async () => {
  api = await startTestApi();
  tenant = await addComparedTenant(
    api,
    [0, 1].map((company) => ({ company, shared: eik, ibans: [was] })),
    'automatic',
  );
  await inTenant(api.database, tenant.id, (tx) =>
    tx.execute(sql`update source_parts set base = fields, fields = ${JSON.stringify({ iban: number, number })}::text::jsonb
      where administration_id = ${tenant.administrationIds[0]}::uuid`),
  );
  const { newId, now } = api.chance;
  await compareParts(
    { uow: new DrizzleUnitOfWork(api.database), newId, now },
    { tenantId: tenant.id, runId: asId(newId()), runKind: 'resync' },
  );
  const { body } = await tenant.viewer.get('/v1/issues?cause=bank-account-changed');
  question = (body as { items: Issue[] }).items[0]!; // asserted by the first spec
});
afterAll(() => api.close());

const writes = () =>
  inTenant(api.database, tenant.id, (tx) =>
    tx.execute<{ patch: object; created_by: string }>(sql`select patch, created_by from write_intents`),
  );

describe('a changed bank account number over http', () => {
  it('is asked in two languages, with the numbers and what can be done', () => {
    expect(question).toMatchObject({
      class: 'data',
      title: { nl: 'Ander rekeningnummer: De Eik B.V.', en: 'Other bank account: De Eik B.V.' },
      waysOut: [{ kind: 'approve' }, { kind: 'reject' }, { kind: 'open-exact' }],
    });
    for (const text of [was, number]) expect(question.explanation.nl).toContain(text);
  });

  it('is approved by no viewer, by no key, not unseen, and nothing is meant to be written before', async () => {
    const path = `/v1/issues/${question.id}/approve`;
    expect(await tenant.viewer.post(path, { version: question.version })).toMatchObject({ status: 403 });
    const { body } = await tenant.admin.post('/v1/api-keys', { name: 'ERP', scopes: ['admin'] });
    const headers = { authorization: `Bearer ${(body as { key: string }).key}` };
    const payload = { version: question.version };
    const byKey = await api.app.inject({ method: 'POST', url: path, headers, payload });
    expect([byKey.statusCode, byKey.json<{ kind: string }>().kind]).toEqual([403, 'person-required']);
    expect(await tenant.reviewer.post(path, { version: 99 })).toMatchObject({
      status: 412,
      body: { kind: 'changed-meanwhile' },
    });
    expect([...(await writes())]).toEqual([]);
  });

  it('is written once a person approves it, and the question closes', async () => {
    const path = `/v1/issues/${question.id}/approve`;
    expect(await tenant.reviewer.post(path, { version: question.version })).toMatchObject({
      status: 200,
      body: { state: 'resolved' },
    });
    expect([...(await writes())]).toMatchObject([{ patch: { number } }]);
    const { items } = (await tenant.viewer.get('/v1/actions')).body as { items: Action[] };
    expect(items[0]).toMatchObject({
      kind: 'approve-change',
      summary: { nl: 'Goedgekeurd: Ander rekeningnummer: De Eik B.V.' },
      isUndoable: false,
    });
    expect(items[0]?.relationIds).toHaveLength(1);
  });
});
