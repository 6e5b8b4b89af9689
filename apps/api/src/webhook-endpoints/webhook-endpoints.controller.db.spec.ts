import { webhookEventType } from '@koppel/contracts';
import { eventTypes } from '@koppel/domain/outgoing-events';
import { ok } from '@koppel/domain/kernel';
import { DrizzleUnitOfWork } from '@koppel/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemChance } from '../deps.js';
import { startTestApi, type TestApi, type TestTenant } from '../testing/test-api.js';

let api: TestApi;
let tenant: TestTenant;
let now = Date.UTC(2026, 10, 25, 9);
beforeAll(async () => {
  api = await startTestApi({ chance: { ...systemChance, now: () => new Date(now) } });
  tenant = await api.tenant();
});
afterAll(() => api.close());

interface Made {
  readonly endpoint: { readonly id: string; readonly version: number };
  readonly secret: string;
}

async function anEndpoint(body: object = {}, of = tenant): Promise<Made> {
  const answer = await of.admin.post('/v1/webhook-endpoints', { url: 'https://erp.example/hook', ...body });
  expect(answer.status).toBe(201);
  return answer.body as Made;
}

const address = ({ endpoint }: Made, rest = '') => `/v1/webhook-endpoints/${endpoint.id}${rest}`;

describe('webhook endpoints', () => {
  it('show their secret once, and it is kept under a key only', async () => {
    const made = await anEndpoint({ description: 'ERP', eventTypes: ['sync.failed', 'sync.failed'] });

    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const list = (await tenant.admin.get('/v1/webhook-endpoints')).body as { items: object[] };
    expect(list.items).toContainEqual(
      expect.objectContaining({ id: made.endpoint.id, description: 'ERP', eventTypes: ['sync.failed'] }),
    );
    expect(JSON.stringify(list)).not.toContain(made.secret);
  });

  it('take the events that the domain knows, all of them and no other', async () => {
    expect(webhookEventType.options).toEqual(eventTypes);
    const answer = await tenant.admin.post('/v1/webhook-endpoints', {
      url: 'https://erp.example/hook',
      eventTypes: ['relation.eaten'],
    });
    expect(answer.status).toBe(400);
  });

  it.each([
    ['http://erp.example/hook', 'not-https'],
    ['https://127.0.0.1/hook', 'private-address'],
    ['https://169.254.169.254/latest', 'private-address'],
    ['https://a:b@erp.example/hook', 'credentials'],
  ])('do not go to %s: %s', async (url, reason) => {
    const answer = await tenant.admin.post('/v1/webhook-endpoints', { url });
    expect(answer).toMatchObject({ status: 422, body: { kind: 'webhook-url-refused', reason } });
    const changed = await tenant.admin.send('PATCH', address(await anEndpoint()), {
      body: { url, version: 1 },
    });
    expect(changed.status).toBe(422);
  });

  it('are changed in the version that was seen, and refused in an older one', async () => {
    const made = await anEndpoint();
    const change = (version: number) =>
      tenant.admin.send('PATCH', address(made), { body: { isEnabled: false, version } });

    expect(await change(1)).toMatchObject({
      status: 200,
      body: { isEnabled: false, disabledReason: 'person', version: 2 },
    });
    expect(await change(1)).toMatchObject({ status: 412, body: { kind: 'changed-meanwhile' } });
    expect((await tenant.admin.post(address(made, '/ping'))).status).toBe(409);
  });

  it('rotate their secret: the one before it signs as well for a day', async () => {
    const other = await api.tenant();
    const made = await anEndpoint({}, other);
    const rotated = (await other.admin.post(address(made, '/secret'), { version: 1 })).body as Made;

    expect(rotated.secret).not.toBe(made.secret);
    expect(rotated.endpoint).toMatchObject({ previousSecretUntil: new Date(now + 86_400_000).toISOString() });
    now += 86_400_000;
    const tomorrow = await api.signIn(other.emails.admin);
    const list = (await tomorrow.get('/v1/webhook-endpoints')).body as { items: object[] };
    expect(list.items).toMatchObject([{ id: made.endpoint.id, previousSecretUntil: null }]);
    now -= 86_400_000;
  });

  it('keep the secret that receivers know when two people make a new one at once', async () => {
    const other = await api.tenant();
    const made = await anEndpoint({}, other);
    const rotate = () => other.admin.post(address(made, '/secret'), { version: 1 });
    const answers = await Promise.all([rotate(), rotate()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(answers.find(({ status }) => status === 412)).toMatchObject({
      headers: { etag: '"2"' },
      body: { kind: 'changed-meanwhile', version: 2 },
    });
    const old = { headers: { 'if-match': '"1"' } };
    expect((await other.admin.send('DELETE', address(made), old)).status).toBe(412);
  });

  it('are removed with their log, and are twenty at most', async () => {
    const other = await api.tenant();
    const first = await anEndpoint({}, other);
    const ping = (await other.admin.post(address(first, '/ping'))).body as Page['items'][number];
    for (let count = 1; count < 20; count += 1) await anEndpoint({}, other);
    const tooMany = await other.admin.post('/v1/webhook-endpoints', { url: 'https://erp.example/hook' });
    expect(tooMany).toMatchObject({ status: 409, body: { kind: 'too-many-webhook-endpoints' } });

    const remove = (headers: Record<string, string>) =>
      other.admin.send('DELETE', address(first), { headers });
    expect((await remove({})).status).toBe(428);
    expect((await remove({ 'if-match': '"1"' })).status).toBe(204);
    expect((await other.admin.get(address(first, '/deliveries'))).status).toBe(404);
    expect((await other.admin.get(`/v1/webhook-deliveries/${ping.id}`)).status).toBe(404);
    await anEndpoint({}, other);
  });

  it('are twenty at most also when the last ones come at once', async () => {
    const other = await api.tenant();
    for (let count = 0; count < 18; count += 1) await anEndpoint({}, other);
    const asked = Array.from({ length: 8 }, () =>
      other.admin.post('/v1/webhook-endpoints', { url: 'https://erp.example/hook' }),
    );
    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 201, 409, 409, 409, 409, 409, 409]);
  });
});

describe('the delivery log', () => {
  it('lists a ping that waits to be sent, page by page', async () => {
    const other = await api.tenant();
    const made = await anEndpoint({}, other);
    const pings: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      now += 1_000;
      pings.unshift(((await other.admin.post(address(made, '/ping'))).body as Page['items'][number]).id);
    }
    const page = async (query: string) =>
      (await other.admin.get(address(made, `/deliveries?limit=2${query}`))).body as Page;
    const first = await page('');
    const second = await page(`&cursor=${first.nextCursor}`);

    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(pings);
    expect(second.nextCursor).toBeNull();
    expect(first.items[0]).toMatchObject({ eventType: 'webhook.ping', state: 'waiting', attempts: 0 });
    expect((await other.admin.get(`/v1/webhook-deliveries/${pings[0]}`)).body).toMatchObject({
      log: [],
    });
  });

  it('gets the events of a time again, also from when the endpoint was switched off, and each once', async () => {
    const other = await api.tenant();
    const made = await anEndpoint({ eventTypes: ['connection.reauth_required'] }, other);
    await other.admin.send('PATCH', address(made), { body: { isEnabled: false, version: 1 } });
    await tellOf(other, 'connection-broken:0190aaaa-0000-7000-8000-000000000001');
    const deliveries = async () => ((await other.admin.get(address(made, '/deliveries'))).body as Page).items;
    expect(await deliveries()).toEqual([]);

    const since = new Date(now - 60_000).toISOString();
    for (let times = 0; times < 2; times += 1)
      expect(await other.admin.post(address(made, '/replay'), { since })).toMatchObject({
        status: 202,
        body: { replayed: 1, continueSince: null },
      });
    expect(await deliveries()).toEqual([
      expect.objectContaining({ eventType: 'connection.reauth_required', state: 'waiting' }),
    ]);
  });

  it('tells of a trouble once while it lasts, and of nothing that nobody wants', async () => {
    const other = await api.tenant();
    const wanting = await anEndpoint({}, other);
    const another = await anEndpoint({ eventTypes: ['sync.failed'] }, other);
    await tellOf(other, 'connection-broken:0190aaaa-0000-7000-8000-000000000002');
    await tellOf(other, 'connection-broken:0190aaaa-0000-7000-8000-000000000002');

    const of = async (made: Made) =>
      ((await other.admin.get(address(made, '/deliveries'))).body as Page).items;
    expect(await of(wanting)).toHaveLength(1);
    expect(await of(another)).toEqual([]);
  });
});

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

async function tellOf({ id }: TestTenant, causeKey: string): Promise<void> {
  const trouble = { cause: 'connection-broken', causeKey, administrationId: null, params: {} } as const;
  await new DrizzleUnitOfWork(api.database).run(id, async (tx) =>
    ok(await tx.issues.report([trouble], new Date(now))),
  );
}
