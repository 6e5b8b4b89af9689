import { TokenCipher } from '@koppel/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeps } from '../deps.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';
import { demoPassword, seedDemo, singleTenant, type SeedParts } from './seed-demo.js';

let api: TestApi;
let parts: SeedParts;
beforeAll(async () => {
  api = await startTestApi();
  const cipher = new TokenCipher({ currentKeyId: 'k1', keys: { k1: Buffer.alloc(32, 7) } });
  const deps = createDeps(api.database, api.chance);
  parts = { database: api.database, deps, chance: api.chance, cipher, clientId: 'test-client' };
});
afterAll(() => api.close());

async function signIn(email: string) {
  const browser = api.browser();
  const answer = await browser.post('/v1/session', { email, password: demoPassword });
  expect(answer.status).toBe(200);
  return {
    browser,
    session: answer.body as { tenants: { name: string; role: string }[]; user: { isOperator: boolean } },
  };
}

describe('the demo seed', () => {
  it('gives an organisation with the feature on, a person of each role and a helpdesk, also when it runs twice', async () => {
    await seedDemo(parts, 'demo');
    await seedDemo(parts, 'demo');

    const roles = {
      'admin@koppel.demo': 'admin',
      'review@koppel.demo': 'reviewer',
      'view@koppel.demo': 'viewer',
    };
    for (const [email, role] of Object.entries(roles)) {
      const { browser, session } = await signIn(email);
      expect(session.tenants).toMatchObject([{ name: 'Bouwgroep Van Dijk', role, isFeatureEnabled: true }]);
      expect((await browser.get('/v1/coupling')).body).toMatchObject({ step: 'connect' });
    }
    expect((await signIn('helpdesk@koppel.demo')).session).toMatchObject({
      tenants: [],
      user: { isOperator: true },
    });
  });

  it('can add an organisation that was coupled to one administration: it lands on selecting and keeps that', async () => {
    await seedDemo(parts, 'demo');
    // The database is lost once the organisation is there, and had again.
    const lost = () => Promise.reject(new Error('connection lost'));
    const { uow } = parts.deps;
    const run: typeof uow.run = (tenantId, work) =>
      tenantId === singleTenant ? lost() : uow.run(tenantId, work);
    const losing = { ...parts, deps: { ...parts.deps, uow: { run } } };
    await expect(seedDemo(losing, 'single')).rejects.toThrow('connection lost');
    await seedDemo(parts, 'single');
    await seedDemo(parts, 'single');

    const { browser } = await signIn('enkel@koppel.demo');
    expect((await browser.get('/v1/coupling')).body).toMatchObject({
      step: 'select',
      steps: [
        { step: 'connect', state: 'done', finishedByName: 'Emma Bakker' },
        { state: 'now' },
        {},
        {},
        {},
        {},
        {},
      ],
    });
    const { items } = (await browser.get('/v1/administrations')).body as { items: object[] };
    expect(items).toMatchObject([{ state: 'active', code: '050', isCodeLocked: true }]);
  });
});
