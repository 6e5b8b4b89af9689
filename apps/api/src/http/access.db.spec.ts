import type { Access, EndpointShape } from '@koppel/contracts';
import { endpoints, plainRoutes } from '@koppel/contracts/openapi';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillWithCanaries, type Canaries } from '../testing/canaries.js';
import {
  startTestApi,
  type Answer,
  type Client,
  type TestApi,
  type TestTenant,
} from '../testing/test-api.js';

/** A body that the contract accepts, for every endpoint that has one. `id` is an id of the other tenant. */
const bodies: Readonly<Record<string, (id: string) => object>> = {
  'POST /v1/session': () => ({ email: 'a@example.test', password: 'x' }),
  'PUT /v1/session/tenant': (tenantId) => ({ tenantId }),
  'PUT /v1/session/locale': () => ({ locale: 'nl' }),
  'PUT /v1/operator/tenants/:id/feature': () => ({ isEnabled: true }),
  'POST /v1/api-keys': () => ({ name: 'x', scopes: ['viewer'] }),
  'POST /v1/coupling/connections': () => ({ region: 'nl' }),
  'POST /v1/coupling/connections/complete': () => ({ state: 'x', code: 'y' }),
  'POST /v1/coupling/selection': (id) => ({ administrationIds: [id] }),
  'PUT /v1/administrations/:id/state': () => ({ state: 'paused', version: 1 }),
  'PUT /v1/coupling/configuration': (administrationId) => ({
    contactHandling: 'manual',
    codes: [{ administrationId, code: '001' }],
    version: 1,
  }),
  'POST /v1/coupling/codes/check': (administrationId) => ({ administrationId, code: '001' }),
  'POST /v1/coupling/confirmation': () => ({ isConfirmed: true, text: 'x' }),
  'POST /v1/coupling/activation': () => ({ writeSharedValues: false }),
  'PUT /v1/coupling/resync-interval': () => ({ minutes: 60 }),
  'PUT /v1/coupling/account-creation': () => ({ accountCreation: 'never' }),
  'POST /v1/sync-runs': (id) => ({ administrationIds: [id] }),
  'POST /v1/issues/:id/ignore': () => ({ reason: 'Klopt zo, gezien met de accountant', version: 1 }),
  'PUT /v1/administrations/:id/settings': () => ({ values: {}, version: 1 }),
  'PUT /v1/administrations/:id/write-policy': () => ({ localFields: ['phone'], version: 1 }),
  'POST /v1/administrations/:id/invoice-numbers': () => ({ reference: 'x', invoiceDate: '2026-11-25' }),
  'POST /v1/proposals/:id/decision': () => ({ verdict: 'different', version: 1 }),
  'POST /v1/proposal-batch': (batchId) => ({ batchId, seenAt: '2026-11-25T08:00:00.000Z' }),
  'POST /v1/issue-batch': (id) => ({ reason: 'klopt zo', issues: [{ id, version: 1 }] }),
  'POST /v1/action-batches/:id/undo': () => ({}),
  'POST /v1/issues/:id/approve': () => ({ version: 1 }),
  'POST /v1/issues/:id/reopen': () => ({ version: 1 }),
  'PATCH /v1/relations/:id': () => ({ values: { name: 'x' }, version: 1 }),
  'PUT /v1/relations/:id/leading': (sourceRelationId) => ({ field: 'name', sourceRelationId, version: 1 }),
  'POST /v1/relations/:id/unlink': (sourceRelationId) => ({ sourceRelationId, version: 1 }),
  'POST /v1/relations/:id/uses': (administrationId) => ({ administrationId }),
  'POST /v1/conflicts/:id/resolution': () => ({ side: 'relation', version: 1 }),
  'POST /v1/webhook-endpoints': () => ({ url: 'https://erp.example/koppel' }),
  'DELETE /v1/webhook-endpoints/:id': () => ({ version: 1 }),
  'POST /v1/webhook-endpoints/:id/secret': () => ({ version: 1 }),
  'PATCH /v1/webhook-endpoints/:id': () => ({ description: 'x', version: 1 }),
  'POST /v1/webhook-endpoints/:id/replay': () => ({ since: '2026-11-25T08:00:00.000Z' }),
};

/** The table that holds what an address names. */
const tables: Readonly<Record<string, string>> = {
  connections: 'connections',
  administrations: 'administrations',
  'api-keys': 'api_keys',
  'sync-runs': 'sync_runs',
  issues: 'issues',
  proposals: 'proposals',
  relations: 'relations',
  actions: 'actions',
  'action-batches': 'actions',
  conflicts: 'conflicts',
  'webhook-endpoints': 'webhook_endpoints',
  'webhook-deliveries': 'webhook_deliveries',
};
const unknownId = '0190ffff-0000-7000-8000-00000000dead';
/** What an address must be asked with. */
const queries: Readonly<Record<string, string>> = {
  'GET /v1/relations/:id/at': '?moment=2026-11-25T09:00:00Z',
};

const named = (one: Pick<EndpointShape, 'method' | 'path'>) => `${one.method} ${one.path}`;
const isTenants = (one: EndpointShape) => ['viewer', 'reviewer', 'admin'].includes(one.access);

let api: TestApi;
let mine: TestTenant;
let theirs: TestTenant;
let canaries: Canaries;
beforeAll(async () => {
  api = await startTestApi();
  [mine, theirs] = [await api.tenant(), await api.tenant()];
  const sql = postgres(api.databaseUrl, { max: 1 });
  canaries = await fillWithCanaries(sql, theirs.id);
  await sql.end();
});
afterAll(() => api.close());

function bodyOf(one: EndpointShape, id: string): object | undefined {
  if (!one.body) return undefined;
  const make = bodies[named(one)];
  if (!make) throw new Error(`add a body for ${named(one)} to this spec`);
  return make(id);
}

function send(client: Client, one: EndpointShape, id: string): Promise<Answer> {
  const address = `${one.path.replace(/:\w+/g, id)}${queries[named(one)] ?? ''}`;
  const body = bodyOf(one, id);
  return client.send(one.method, address, body === undefined ? {} : { body });
}

const kindOf = (answer: Answer) => (answer.body as { kind?: string } | null)?.kind;

describe('every endpoint of the contracts', () => {
  it('is served', async () => {
    // Exact's address is served only where a secret is set; its own spec does that.
    const plain = plainRoutes.filter(({ tag }) => tag !== 'webhooks');
    const unserved = [...endpoints, ...plain].filter((one) => {
      const url = one.path.replace(/:\w+/g, (name) => name);
      return !api.app.getHttpAdapter().getInstance().hasRoute({ method: one.method, url });
    });
    expect(unserved.map(named)).toEqual([]);
  });

  it('asks who is not signed in to sign in first, unless it is public', async () => {
    for (const one of endpoints.filter((each) => each.access !== 'public')) {
      const answer = await send(api.browser(), one, unknownId);
      expect([named(one), answer.status, kindOf(answer)]).toEqual([named(one), 401, 'not-signed-in']);
    }
  });

  it('refuses every role that its contract does not name', async () => {
    const roles: readonly [Access, () => Client, readonly Access[]][] = [
      ['viewer', () => mine.viewer, ['reviewer', 'admin', 'operator']],
      ['reviewer', () => mine.reviewer, ['admin', 'operator']],
      ['admin', () => mine.admin, ['operator']],
    ];
    for (const [role, client, refused] of roles) {
      for (const one of endpoints.filter((each) => refused.includes(each.access))) {
        const answer = await send(client(), one, unknownId);
        expect([role, named(one), answer.status, kindOf(answer)]).toEqual([
          role,
          named(one),
          403,
          'not-allowed',
        ]);
      }
    }
  });

  it('is closed for a tenant without the feature, unless it says otherwise', async () => {
    const { admin } = await api.tenant({ isFeatureEnabled: false });
    for (const one of endpoints.filter((each) => isTenants(each) && !each.beforeActivation)) {
      const answer = await send(admin, one, unknownId);
      expect([named(one), answer.status, kindOf(answer)]).toEqual([named(one), 403, 'feature-not-enabled']);
    }
  });

  it('refuses members that the contract does not know', async () => {
    for (const one of endpoints.filter((each) => each.body && isTenants(each))) {
      const address = one.path.replace(/:\w+/g, unknownId);
      const body = { ...bodyOf(one, unknownId), tenantId: theirs.id, isOperator: true };
      const answer = await mine.admin.send(one.method, address, { body });
      expect([named(one), answer.status]).toEqual([named(one), 400]);
    }
  });
});

describe('what belongs to another tenant', () => {
  it('is not found by any address that names it, in the same words as what does not exist', async () => {
    for (const one of endpoints.filter((each) => isTenants(each) && each.path.includes(':'))) {
      const table = tables[one.path.split('/')[one.path.startsWith('/v1/coupling/') ? 3 : 2] ?? ''];
      const id = canaries.idIn(table ?? '');
      const [foreign, unknown] = [await send(mine.admin, one, id), await send(mine.admin, one, unknownId)];
      expect([named(one), foreign.status]).toEqual([named(one), 404]);
      expect({ ...(foreign.body as object), instance: '' }).toEqual({
        ...(unknown.body as object),
        instance: '',
      });
    }
  });

  it('is not named by any body either', async () => {
    const id = canaries.idIn('administrations');
    for (const one of [
      ['POST', '/v1/coupling/selection', { administrationIds: [id] }],
      ['POST', '/v1/coupling/codes/check', { administrationId: id, code: '001' }],
    ] as const) {
      expect((await mine.admin.send(one[0], one[1], { body: one[2] })).body).toMatchObject({
        kind: 'administration-unknown',
      });
    }
  });

  it('appears in no list and on no page', async () => {
    for (const one of endpoints.filter(
      (each) => each.method === 'GET' && isTenants(each) && !each.path.includes(':'),
    )) {
      const answer = await mine.admin.get(one.path);
      expect([named(one), answer.status]).toEqual([named(one), 200]);
      expect(JSON.stringify(answer.body)).not.toContain(canaries.mark);
    }
  });

  it('is untouched by all of this', async () => {
    const sql = postgres(api.databaseUrl, { max: 1 });
    expect(await canaries.changedTables(sql)).toEqual([]);
    await sql.end();
  });
});
