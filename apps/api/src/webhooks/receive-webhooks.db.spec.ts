import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok, type TenantId } from '@koppel/domain/kernel';
import type { WaitingNotice } from '@koppel/domain/webhooks';
import { DrizzleUnitOfWork, inTenant } from '@koppel/persistence';
import { sql } from 'drizzle-orm';
import { addListedTenant, type ListedTenant } from '../testing/a-listed-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

const secret = 'a webhook secret';
const key = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
const division = 900_001;

let api: TestApi;
let tenant: ListedTenant;
beforeAll(async () => {
  api = await startTestApi({ env: { EXACT_WEBHOOK_SECRET: secret } });
  tenant = await addListedTenant(api, 2, 1);
});
afterAll(() => api.close());

function contentOf(over: Record<string, unknown> = {}): string {
  return JSON.stringify({
    Topic: 'Accounts',
    ClientId: 'test-client',
    Division: division,
    Action: 'Update',
    Key: key,
    ExactOnlineEndpoint: `https://start.exactonline.nl/api/v1/${division}/crm/Accounts(guid'${key}')`,
    EventCreatedOn: '2026-11-25T10:00:00.587',
    ...over,
  });
}

function signed(content = contentOf(), by = secret): string {
  const hash = createHmac('sha256', by).update(content, 'utf8').digest('hex').toUpperCase();
  return `{"Content":${content},"HashCode":"${hash}"}`;
}

const post = (payload: string | undefined, region = 'nl') =>
  api.app.inject({
    method: 'POST',
    url: `/webhooks/exact/${region}`,
    ...(payload === undefined
      ? { headers: { 'content-length': '0' } }
      : { payload, headers: { 'content-type': 'application/json; charset=utf-8' } }),
  });

async function waiting(tenantId: TenantId): Promise<WaitingNotice[]> {
  const found = await new DrizzleUnitOfWork(api.database).run(tenantId, async (tx) =>
    ok(await tx.notices.findWaitingForUpdate()),
  );
  return found.ok ? found.value.toSorted((a, b) => (a.topic < b.topic ? -1 : 1)) : [];
}

async function messages(tenantId: TenantId): Promise<number> {
  const rows = await inTenant(api.database, tenantId, (tx) =>
    tx.execute(sql`select 1 from outbox where message ->> 'kind' = 'fetch-noticed'`),
  );
  return rows.length;
}

describe("Exact's webhooks", () => {
  it('answers the empty call with which Exact looks for us, with and without a content type (F52)', async () => {
    expect((await post(undefined)).statusCode).toBe(200);
    expect((await post('')).statusCode).toBe(200);
    expect(await waiting(tenant.id)).toEqual([]);
  });

  it('turns 1,000 at once, in any order, into one row per topic and one message (F50)', async () => {
    const bodies = Array.from({ length: 1_000 }, (_, index) =>
      signed(
        contentOf({
          Topic: index % 3 === 0 ? 'Contacts' : 'Accounts',
          Action: index % 7 ? 'Update' : 'Create',
        }),
      ),
    );
    const answers = await Promise.all(bodies.map((body) => post(body)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(await waiting(tenant.id)).toMatchObject([
      { administrationId: tenant.ids[0], topic: 'accounts', waiting: 666 },
      { administrationId: tenant.ids[0], topic: 'contacts', waiting: 334 },
    ]);
    expect(await messages(tenant.id)).toBeLessThanOrEqual(2);
  });

  it('reaches every tenant that has the division, and only those', async () => {
    const second = await addListedTenant(api, 1, 1);
    const paused = await addListedTenant(api, 1);
    await post(signed(contentOf({ Topic: 'BankAccounts' })));
    expect((await waiting(second.id)).map(({ topic }) => topic)).toEqual(['bank-accounts']);
    expect((await waiting(tenant.id)).map(({ topic }) => topic)).toContain('bank-accounts');
    expect(await waiting(paused.id)).toEqual([]);
  });

  it.each([
    ['a division that nobody coupled', signed(contentOf({ Division: 5 })), 'nl'],
    ['the same number in another country', signed(contentOf({ Topic: 'GLAccounts' })), 'be'],
    ['a topic that is not ours', signed(contentOf({ Topic: 'StockPositions' })), 'nl'],
  ])('takes %s politely, and does nothing', async (_, body, region) => {
    const before = await waiting(tenant.id);
    expect((await post(body, region)).statusCode).toBe(200);
    expect(await waiting(tenant.id)).toEqual(before);
  });

  it.each([
    ['another secret', signed(contentOf(), 'another')],
    ['lower case', signed().replace(/[0-9A-F]{64}/, (hash) => hash.toLowerCase())],
    ['a changed byte', signed().replace('Update', 'Delete')],
    ['a body that was written anew', JSON.stringify(JSON.parse(signed()), null, 1)],
  ])('F51 refuses %s without work', async (name, body) => {
    const before = await waiting(tenant.id);
    const answer = await post(body);
    const kind = name.startsWith('a body') ? 'webhook-malformed' : 'webhook-signature-wrong';
    expect(answer.json()).toMatchObject({ kind });
    expect(answer.statusCode).toBe(kind === 'webhook-malformed' ? 400 : 401);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(await waiting(tenant.id)).toEqual(before);
  });

  it.each([
    ['no JSON', 'hello', 400],
    ['too large a body', signed(contentOf({ ExactOnlineEndpoint: 'x'.repeat(70_000) })), 413],
  ])('refuses %s as a problem', async (_, body, status) => {
    const answer = await post(body);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({
      status,
      instance: expect.stringContaining('urn:request:') as string,
    });
  });

  it('knows no country that Exact has no site for', async () => {
    expect((await post(signed(), 'xx')).statusCode).toBe(404);
  });

  it('says to come back when the database is away, and takes it then', async () => {
    const other = await startTestApi({ env: { EXACT_WEBHOOK_SECRET: secret } });
    await other.database.close();
    const answer = await other.app.inject({
      method: 'POST',
      url: '/webhooks/exact/nl',
      payload: signed(),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    await other.close();
  });
});
