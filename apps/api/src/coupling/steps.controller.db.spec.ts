import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCoupling } from '@koppel/domain/coupling';
import { asId, ok } from '@koppel/domain/kernel';
import { DrizzleUnitOfWork, inTenant } from '@koppel/persistence';
import {
  addListedTenant,
  configure,
  confirmation,
  startCoupling,
  type ListedTenant,
} from '../testing/a-listed-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

/** Chooses what the settings ask for, from records of Exact that are there. */
async function fillSettings(tenant: ListedTenant): Promise<void> {
  const records = [
    ['journals', '70', { type: 20 }],
    ['journals', '60', { type: 22 }],
    ['gl-accounts', '8000', { type: 110 }],
    ['gl-accounts', '7000', { type: 111 }],
    ['vat-codes', '2', { percentage: 0.21, vatType: 'E', vatTransaction: 'S' }],
    ['vat-codes', '7', { isReverseCharge: true }],
    ['vat-codes', '4', { percentage: 0.21, vatType: 'E', vatTransaction: 'P' }],
    ['payment-conditions', '30', {}],
  ] as const;
  const values = {
    ...{ salesJournal: '70', purchaseJournal: '60', salesGlAccount: '8000', costGlAccount: '7000' },
    ...{ salesVatCode: '2', reverseChargeVatCode: '7', purchaseVatCode: '4' },
    ...{ paymentConditionSales: '30', paymentConditionPurchase: '30' },
  };
  for (const id of tenant.ids) {
    await inTenant(api.database, tenant.id, async (tx) => {
      for (const [kind, code, fields] of records)
        await tx.execute(
          sql`insert into masters (tenant_id, administration_id, kind, exact_id, code, description, is_blocked, fields)
            values (${tenant.id}, ${id}, ${kind}, ${api.chance.newId()}, ${code}, ${code}, false,
              ${JSON.stringify(fields)}::jsonb)`,
        );
    });
    const saved = await tenant.admin.put(`/v1/administrations/${id}/settings`, { values, version: 0 });
    if (saved.status !== 200) throw new Error(`saving answered ${JSON.stringify(saved.body)}`);
  }
}

const aListedTenant = (divisions: number, active = 0) => addListedTenant(api, divisions, active);

async function settle(tenant: ListedTenant, runId: string, state: 'completed' | 'failed'): Promise<void> {
  await new DrizzleUnitOfWork(api.database).run(tenant.id, async (tx) => {
    const run = await tx.syncRuns.findByIdForUpdate(asId(runId));
    if (run) await tx.syncRuns.save({ ...run, state, endedAt: api.chance.now() });
    return ok(undefined);
  });
}

describe('from a single coupling to several', () => {
  it('lands on the selection and keeps what it had', async () => {
    const tenant = await aListedTenant(3, 1);
    const { body } = await tenant.admin.get('/v1/coupling');
    expect(body).toMatchObject({ step: 'select', isAdding: false, activatedAt: null });

    await configure(tenant, tenant.ids.slice(1));

    const configuration = (await tenant.admin.get('/v1/coupling/configuration')).body as { codes: object[] };
    expect(configuration.codes[0]).toMatchObject({
      administrationId: tenant.ids[0],
      code: '050',
      isNew: false,
    });
    expect(configuration.codes).toHaveLength(3);
    expect((await tenant.admin.post('/v1/coupling/confirmation', confirmation)).status).toBe(202);
    const { items } = (await tenant.admin.get('/v1/administrations')).body as { items: { state: string }[] };
    expect(items.map((one) => one.state).sort()).toEqual(['active', 'coupling', 'coupling']);
  });
});

describe('the codes', () => {
  it('J08: two admins who save one code for two administrations: one is saved, the other hears who has it', async () => {
    const tenant = await aListedTenant(2);
    await tenant.admin.post('/v1/coupling/selection', { administrationIds: tenant.ids });
    const { version } = (await tenant.admin.get('/v1/coupling/configuration')).body as { version: number };
    const save = (index: number) =>
      tenant.admin.put('/v1/coupling/configuration', {
        contactHandling: 'automatic',
        version,
        codes: [{ administrationId: tenant.ids[index], code: '001' }],
      });

    const answers = await Promise.all([save(0), save(1)]);

    expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
    const refused = answers.find((one) => one.status === 409);
    expect(refused?.body).toMatchObject({ kind: 'code-taken', code: '001' });
    expect((refused?.body as { takenBy: string }).takenBy).toMatch(/^Administratie 90000[12]$/);
  });

  it('are checked while typing, with the number that the next invoice would get', async () => {
    const tenant = await aListedTenant(2);
    await configure(tenant);
    const check = async (code: string) =>
      (await tenant.viewer.post('/v1/coupling/codes/check', { administrationId: tenant.ids[0], code })).body;
    expect(await check('000')).toMatchObject({ verdict: 'zeros' });
    expect(await check('1')).toMatchObject({ verdict: 'malformed' });
    expect(await check('002')).toMatchObject({ verdict: 'taken', takenBy: 'Administratie 900002' });
    expect(await check(' 007 ')).toMatchObject({
      verdict: 'free',
      nextInvoiceNumber: `${new Intl.DateTimeFormat('nl', { year: 'numeric' }).format(api.chance.now())}00700001`,
    });
  });

  it('are refused with their reason, and nothing else of the request is saved', async () => {
    const tenant = await aListedTenant(2);
    await tenant.admin.post('/v1/coupling/selection', { administrationIds: tenant.ids });
    const { version } = (await tenant.admin.get('/v1/coupling/configuration')).body as { version: number };
    const answer = await tenant.admin.put('/v1/coupling/configuration', {
      contactHandling: 'manual',
      version,
      codes: [
        { administrationId: tenant.ids[0], code: '001' },
        { administrationId: tenant.ids[1], code: '01A' },
      ],
    });
    expect([answer.status, answer.body]).toEqual([
      422,
      expect.objectContaining({
        kind: 'code-malformed',
        reason: 'malformed',
        administrationId: tenant.ids[1],
      }),
    ]);
    expect((await tenant.admin.get('/v1/coupling/configuration')).body).toMatchObject({
      contactHandling: null,
      codes: [{ code: null }, { code: null }],
    });
  });
});

describe('confirming', () => {
  it('J01: at once from two browsers and again later: one run, and every answer carries its id', async () => {
    const tenant = await aListedTenant(2);
    await configure(tenant);
    const other = await api.signIn(tenant.emails.admin);

    const answers = await Promise.all([
      tenant.admin.post('/v1/coupling/confirmation', confirmation),
      tenant.admin.post('/v1/coupling/confirmation', confirmation),
      other.post('/v1/coupling/confirmation', confirmation),
    ]);
    answers.push(await other.post('/v1/coupling/confirmation', confirmation));

    expect(answers.map((one) => one.status).sort()).toEqual([202, 409, 409, 409]);
    const ids = answers.map(({ body }) => {
      const { runId, syncRunId } = body as { runId?: string; syncRunId?: string };
      return runId ?? syncRunId;
    });
    expect(new Set(ids).size).toBe(1);
    expect((await tenant.viewer.get('/v1/coupling')).body).toMatchObject({
      step: 'synchronise',
      isFrozen: true,
      runId: ids[0],
      confirmation: { byName: 'admin', text: 'Ik bevestig' },
    });
  });

  it('is refused while something is missing, and out of turn', async () => {
    const tenant = await aListedTenant(2);
    const early = await tenant.admin.post('/v1/coupling/confirmation', confirmation);
    expect(early.body).toMatchObject({ kind: 'wrong-step', step: 'select' });
    await tenant.admin.post('/v1/coupling/selection', { administrationIds: tenant.ids });
    const incomplete = await tenant.admin.post('/v1/coupling/confirmation', confirmation);
    expect([incomplete.status, incomplete.body]).toEqual([
      422,
      expect.objectContaining({ missing: ['contactHandling', ...tenant.ids.map((id) => `code:${id}`)] }),
    ]);
    expect((await tenant.admin.post('/v1/coupling/synchronise/finish')).status).toBe(409);
    expect((await tenant.admin.post('/v1/coupling/match/finish')).status).toBe(409);
    expect((await tenant.admin.post('/v1/coupling/activation', { writeSharedValues: false })).status).toBe(
      409,
    );
  });

  it('is not for reviewers', async () => {
    const tenant = await aListedTenant(1);
    const answer = await tenant.reviewer.post('/v1/coupling/confirmation', confirmation);
    expect([answer.status, answer.body]).toEqual([403, expect.objectContaining({ kind: 'not-allowed' })]);
  });
});

describe('finishing the steps', () => {
  const report = (tenant: ListedTenant, work: 'report' | 'resolve') =>
    new DrizzleUnitOfWork(api.database).run(tenant.id, async (tx) => {
      const trouble = {
        cause: 'fetch-failed',
        causeKey: 'fetch-failed:x',
        administrationId: null,
        params: {},
      } as const;
      if (work === 'report') await tx.issues.report([trouble], api.chance.now());
      else await tx.issues.resolve([trouble.causeKey], api.chance.now(), 'test');
      return ok(undefined);
    });

  it('waits for the run and for blocking issues, then goes on to matching and settings, and says what is missing there', async () => {
    const tenant = await aListedTenant(2);
    const runId = await startCoupling(tenant);
    const finish = () => tenant.admin.post('/v1/coupling/synchronise/finish');
    expect((await finish()).body).toMatchObject({ kind: 'wrong-step', step: 'synchronise' });

    await settle(tenant, runId, 'completed');
    await report(tenant, 'report');
    expect((await finish()).body).toMatchObject({ kind: 'blocking-issues-open', count: 1 });
    expect((await tenant.admin.get('/v1/coupling')).body).toMatchObject({ openBlockingIssues: 1 });
    await report(tenant, 'resolve');

    expect((await finish()).body).toMatchObject({ step: 'match', isFrozen: true });
    expect((await tenant.admin.post('/v1/coupling/match/finish')).body).toMatchObject({ step: 'settings' });
    const activation = await tenant.admin.post('/v1/coupling/activation', { writeSharedValues: false });
    expect([activation.status, activation.body]).toEqual([
      422,
      expect.objectContaining({ kind: 'settings-incomplete' }),
    ]);
    expect((activation.body as { missing: number }).missing).toBeGreaterThan(0);
    expect((await tenant.admin.get('/v1/coupling')).body).toMatchObject({
      step: 'settings',
      steps: [
        { step: 'connect', state: 'done' },
        { step: 'select', state: 'done', finishedByName: 'admin' },
        { step: 'configure', state: 'done', finishedByName: 'admin' },
        { step: 'synchronise', state: 'done', finishedByName: 'admin' },
        { step: 'match', state: 'done', finishedByName: 'admin' },
        { step: 'settings', state: 'now', finishedByName: null },
        { step: 'active', state: 'next' },
      ],
    });
  });

  it('writes no plan of what was read more than an hour ago, and reads what changed on request', async () => {
    const tenant = await aListedTenant(2);
    const runId = await startCoupling(tenant);
    await settle(tenant, runId, 'completed');
    const read = () => tenant.admin.post('/v1/coupling/refresh');
    expect((await read()).body).toMatchObject({ kind: 'wrong-step', step: 'synchronise' });
    const lastSyncedAt = new Date(api.chance.now().getTime() - 3 * 3_600_000);
    await new DrizzleUnitOfWork(api.database).run(tenant.id, async (tx) => {
      for (const one of await tx.administrations.findManyForUpdate())
        await tx.administrations.save({ ...one, lastSyncedAt });
      const coupling = await tx.couplings.findForUpdate();
      if (coupling) await tx.couplings.save({ ...coupling, step: 'settings' });
      return ok(undefined);
    });
    await fillSettings(tenant);

    const readAt = lastSyncedAt.toISOString();
    const { fingerprint, ...plan } = (await tenant.viewer.get('/v1/coupling/plan')).body as {
      fingerprint: string;
    };
    expect(plan).toMatchObject({ readAt, isReadLately: false });
    const body = { writeSharedValues: true, planFingerprint: fingerprint };
    const refused = await tenant.admin.post('/v1/coupling/activation', body);
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({ kind: 'exact-not-read-lately', readAt }),
    ]);

    expect((await tenant.reviewer.post('/v1/coupling/refresh')).status).toBe(403);
    const started = await read();
    expect(started.status).toBe(202);
    const { runId: delta } = started.body as { runId: string };
    expect((await tenant.viewer.get(`/v1/sync-runs/${delta}`)).body).toMatchObject({
      kind: 'resync',
      state: 'fetching',
      administrations: [{}, {}],
    });
    expect((await read()).body).toMatchObject({ kind: 'sync-already-running', syncRunId: delta });
    expect((await tenant.viewer.get('/v1/coupling')).body).toMatchObject({ step: 'settings', runId });
  });

  it('starts anew after a run that failed, under the confirmation that was given', async () => {
    const tenant = await aListedTenant(1);
    const first = await startCoupling(tenant);
    await settle(tenant, first, 'failed');
    const again = await tenant.admin.post('/v1/coupling/confirmation', {
      ...confirmation,
      text: 'andere woorden',
    });
    expect(again.status).toBe(202);
    const { body } = await tenant.admin.get('/v1/coupling');
    expect(body).toMatchObject({
      runId: (again.body as { runId: string }).runId,
      confirmation: { text: 'Ik bevestig' },
      isFrozen: true,
    });
    expect((body as { runId: string }).runId).not.toBe(first);
  });

  it('is refused without a usable connection', async () => {
    const tenant = await aListedTenant(1);
    await configure(tenant);
    await tenant.admin.delete(`/v1/coupling/connections/${tenant.connectionId}`);
    expect((await tenant.admin.post('/v1/coupling/confirmation', confirmation)).body).toMatchObject({
      kind: 'connection-broken',
    });
  });
});

describe('adding administrations to an active coupling', () => {
  it('goes through the steps for the new ones only, while the active ones are resynced as before', async () => {
    const tenant = await aListedTenant(2, 1);
    const activatedAt = api.chance.now();
    await new DrizzleUnitOfWork(api.database).run(tenant.id, async (tx) => {
      await tx.couplings.add({ ...newCoupling('select', activatedAt), step: 'active', activatedAt });
      return ok(undefined);
    });

    const selected = await tenant.admin.post('/v1/coupling/selection', {
      administrationIds: [tenant.ids[1]],
    });
    expect(selected.body).toMatchObject({ step: 'configure', isAdding: true });
    const resync = await tenant.reviewer.post('/v1/sync-runs', {});
    expect(resync.status).toBe(202);
    await settle(tenant, (resync.body as { runId: string }).runId, 'completed');
    await configure(tenant, [tenant.ids[1] ?? '']);
    const { runId } = (await tenant.admin.post('/v1/coupling/confirmation', confirmation)).body as {
      runId: string;
    };

    const run = (await tenant.viewer.get(`/v1/sync-runs/${runId}`)).body;
    expect(run).toMatchObject({ kind: 'addition', administrations: [{ administrationId: tenant.ids[1] }] });
  });

  it('waits for a resync that is under way, and says which', async () => {
    const tenant = await aListedTenant(2, 1);
    const activatedAt = api.chance.now();
    await new DrizzleUnitOfWork(api.database).run(tenant.id, async (tx) => {
      await tx.couplings.add({ ...newCoupling('select', activatedAt), step: 'active', activatedAt });
      return ok(undefined);
    });
    await configure(tenant, [tenant.ids[1] ?? '']);
    const { runId } = (await tenant.reviewer.post('/v1/sync-runs', {})).body as { runId: string };
    const answer = await tenant.admin.post('/v1/coupling/confirmation', confirmation);
    expect(answer.body).toMatchObject({ kind: 'sync-already-running', syncRunId: runId });
    expect((await tenant.admin.get('/v1/coupling')).body).toMatchObject({
      step: 'configure',
      isFrozen: false,
    });
  });
});

describe('administrations', () => {
  it('cannot be selected when they are unknown or of another tenant', async () => {
    const [tenant, other] = [await aListedTenant(1), await aListedTenant(1)];
    const answer = await tenant.admin.post('/v1/coupling/selection', { administrationIds: other.ids });
    expect([answer.status, answer.body]).toEqual([
      404,
      expect.objectContaining({ kind: 'administration-unknown' }),
    ]);
  });

  it('are paused, resumed and removed on the version that was seen', async () => {
    const tenant = await aListedTenant(1, 1);
    const set = (state: string, version: number) =>
      tenant.admin.put(`/v1/administrations/${tenant.ids[0]}/state`, { state, version });
    expect((await set('paused', 1)).body).toMatchObject({ state: 'paused', version: 2 });
    expect((await set('active', 1)).body).toMatchObject({ kind: 'changed-meanwhile', version: 2 });
    expect((await set('removed', 2)).body).toMatchObject({ state: 'removed', code: '050' });
    expect((await set('active', 3)).body).toMatchObject({ kind: 'wrong-step', state: 'removed' });
  });
});
