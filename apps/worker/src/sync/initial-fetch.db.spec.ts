import { afterEach, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { inTenant } from '@koppel/persistence';
import { ok } from '@koppel/domain/kernel';
import type { SandboxOptions } from '@koppel/exact-sandbox';
import { aCoupledTenant } from '../testing/a-coupled-tenant.js';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';
import { mirrorOf, truthOf } from '../testing/truth.js';

let rig: WorkerRig;
afterEach(() => rig.close());

async function aTenant(
  sandbox: SandboxOptions = { world: { seed: 5, divisions: 3, relations: 40 } },
): Promise<FetchingTenant> {
  rig = await aWorkerRig({ sandbox });
  return aFetchingTenant(rig);
}
const divisionsOf = (tenant: FetchingTenant) => tenant.administrations.map((each) => each.division);
const first = (tenant: FetchingTenant) => tenant.administrations[0]!.division;

async function expectTheTruth(tenant: FetchingTenant): Promise<void> {
  expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(truthOf(rig.sandbox, divisionsOf(tenant)));
}

describe('the initial fetch', () => {
  it('equals what Exact has in the default world, within the limits (I1, I5)', async () => {
    const tenant = await aTenant({});
    const runId = await tenant.start();

    await workToTheEnd(rig);

    await expectTheTruth(tenant);
    const run = await tenant.run(runId);
    expect(run.state).toBe('completed');
    const total = Object.values(truthOf(rig.sandbox, divisionsOf(tenant))).reduce(
      (sum, { count }) => sum + count,
      0,
    );
    expect(run.statistics).toMatchObject({ fetched: total, created: total, rejected: 0 });
    const counters = rig.sandbox.journal.counters();
    expect(counters).toMatchObject({ tooManyPerMinute: 0, countedErrors: 0, concurrencyMax: 1, writes: 0 });
    expect(counters.callsPerMinuteMax).toBeLessThanOrEqual(60);
  });

  it('stores parts and masters with the facts that settings and matching read', async () => {
    const tenant = await aTenant();
    await tenant.start();
    await workToTheEnd(rig);

    const rows = await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute<{ kind: string; count: number }>(sql`
        select kind, count(*)::int as count from masters where code <> '' group by kind union all
        select kind, count(*)::int from source_parts where account_exact_id is not null group by kind`),
    );
    expect(new Set(rows.map((row) => row.kind))).toEqual(
      new Set([
        ...['gl-accounts', 'journals', 'vat-codes', 'payment-conditions', 'cost-centers', 'cost-units'],
        ...['contact', 'address', 'bank-account'],
      ]),
    );
    const vat = await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute<{ fields: Record<string, unknown> }>(
        sql`select fields from masters where kind = 'vat-codes'`,
      ),
    );
    expect(
      vat.some(({ fields }) => fields['percentage'] === 0.21 && fields['isReverseCharge'] === true),
    ).toBe(true);
    expect(
      vat.some(({ fields }) => fields['percentage'] === 0.21 && fields['isReverseCharge'] === false),
    ).toBe(true);
  });

  it('waits for a minute limit and goes on at the same page; others are not touched (F30, E04)', async () => {
    const tenant = await aTenant();
    rig.sandbox.faults.plant({
      kind: '429-minute',
      match: { division: first(tenant), endpoint: 'sync/CRM/Contacts' },
    });
    const runId = await tenant.start();

    await rig.drain();

    expect(await tenant.step(runId, first(tenant), 'contacts')).toMatchObject({
      state: 'waiting',
      waitReason: 'minute-limit',
      attempts: 0,
    });
    expect(await tenant.step(runId, tenant.administrations[1]!.division, 'deleted')).toMatchObject({
      state: 'done',
    });
    const [waiting] = rig.waiting;
    expect(waiting!.at.getTime() - rig.clock.now().getTime()).toBeLessThanOrEqual(62_000);
    await workToTheEnd(rig);
    await expectTheTruth(tenant);
    expect((await tenant.run(runId)).state).toBe('completed');
    expect(rig.sandbox.journal.counters().byStatus['429']).toBe(1);
  });

  it('waits for the limit of the day until its reset, which may be tomorrow (F31)', async () => {
    const tenant = await aTenant();
    rig.sandbox.faults.plant({
      kind: '429-day',
      match: { division: first(tenant), endpoint: 'sync/CRM/Addresses' },
    });
    const runId = await tenant.start();

    await rig.drain();

    expect(await tenant.step(runId, first(tenant), 'addresses')).toMatchObject({
      state: 'waiting',
      waitReason: 'day-limit',
    });
    expect(await tenant.openIssues()).toEqual([expect.stringMatching(/^day-limit-reached:/)]);
    await workToTheEnd(rig);
    await expectTheTruth(tenant);
    expect((await tenant.run(runId)).state).toBe('completed');
    expect(await tenant.openIssues()).toEqual([]);
  });

  it.each([
    ['503', 'retry'],
    ['cut-answer', 'retry'],
    ['html-200', 'retry'],
    ['empty-200', 'retry'],
    ['malformed-json', 'retry'],
  ] as const)(
    'takes %s for no page: waits, asks again, and ends with the truth (F32, F34, F35, I8)',
    async (kind, waitReason) => {
      const tenant = await aTenant();
      rig.sandbox.faults.plant({
        kind,
        match: { division: first(tenant), endpoint: 'sync/CRM/Accounts' },
        times: 3,
      });
      const runId = await tenant.start();

      await rig.drain();

      expect(await tenant.step(runId, first(tenant), 'accounts')).toMatchObject({
        state: 'waiting',
        waitReason,
        attempts: 1,
        records: 0,
      });
      await workToTheEnd(rig);
      await expectTheTruth(tenant);
      expect((await tenant.run(runId)).state).toBe('completed');
      expect(await tenant.openIssues()).toEqual([]);
    },
  );

  it.each(['other-shape', 'foreign-next'] as const)(
    'ends a part at a page with %s, at once and with an issue, deletes nothing, and reads it in the next run (F36, F37, I8)',
    async (kind) => {
      const tenant = await aTenant();
      await tenant.start();
      await workToTheEnd(rig);
      const before = await mirrorOf(rig.database, tenant.tenantId);
      rig.sandbox.faults.plant({ kind, match: { division: first(tenant), endpoint: 'sync/CRM/Accounts' } });
      const runId = await tenant.start();
      await workToTheEnd(rig);
      const at = tenant.administrations[0]!;
      expect(await tenant.step(runId, at.division, 'accounts')).toMatchObject({
        state: 'failed',
        records: 0,
      });
      expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(before);
      expect(await tenant.openIssues()).toEqual([expect.stringContaining(`unexpected-answer:${at.id}`)]);

      await tenant.start();
      await workToTheEnd(rig);
      await expectTheTruth(tenant);
      expect(await tenant.openIssues()).toEqual([]);
    },
  );

  it('stops one administration when its rights are withdrawn midway, keeps what it had and deletes nothing (F80)', async () => {
    const tenant = await aTenant();
    await tenant.start();
    await workToTheEnd(rig);
    const before = await mirrorOf(rig.database, tenant.tenantId);
    rig.sandbox.faults.plant({ kind: 'rights-withdrawn', division: first(tenant) });
    rig.sandbox.journal.clear();
    const runId = await tenant.start();

    await workToTheEnd(rig);

    expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(before);
    const lost = tenant.administrations[0]!;
    expect(await tenant.openIssues()).toEqual([`administration-forbidden:${lost.id}`]);
    expect(rig.sandbox.journal.entries().filter((entry) => entry.division === lost.division)).toHaveLength(1);
    expect((await tenant.run(runId)).state).toBe('completed');
  });

  it('waits for a person when the consent is revoked midway, with no call more than needed (F45, E01)', async () => {
    const tenant = await aTenant();
    const runId = await tenant.start();
    rig.sandbox.faults.plant({ kind: 'token-revoked', user: 'anna@bouwgroep-demo.nl' });

    await rig.drain();
    await rig.advance(600_000);
    await rig.drain();

    const step = await tenant.step(runId, first(tenant), 'accounts');
    expect(step).toMatchObject({ state: 'waiting', waitReason: 'reconnect' });
    expect(await tenant.openIssues()).toContain(`connection-broken:${tenant.connectionId}`);
    expect(rig.sandbox.journal.counters().countedErrorsPerHourMax).toBeLessThanOrEqual(3);
    const tokenCalls = rig.sandbox.journal.entries().filter((entry) => entry.grantType === 'refresh_token');
    expect(tokenCalls.length).toBeLessThanOrEqual(2);
  });

  it('goes on after a worker died: what was stored is not asked again (F01, J02)', async () => {
    const tenant = await aTenant({ world: { seed: 5, divisions: 3, relations: 2_400 } });
    const runId = await tenant.start();
    const controller = new AbortController();
    const dying = { ...rig.services, stopping: controller.signal };
    const source = rig.services.relationSource;
    let pages = 0;
    const dyingSource = {
      countAccounts: source.countAccounts.bind(source),
      countParts: source.countParts.bind(source),
      movedAt: source.movedAt.bind(source),
      mayReadAccounts: source.mayReadAccounts.bind(source),
      fetchPage: async (request: Parameters<typeof source.fetchPage>[0]) => {
        pages += 1;
        if (pages === 3) throw new Error('killed');
        return source.fetchPage(request);
      },
    };
    await expect(rig.drain({ ...dying, relationSource: dyingSource })).rejects.toThrow('killed');
    const interrupted = (
      await inTenant(rig.database, tenant.tenantId, (tx) =>
        tx.execute<{ division: number; records: number }>(
          sql`select a.division, s.records from sync_steps s join administrations a on a.id = s.administration_id where s.state = 'running'`,
        ),
      )
    )[0]!;
    expect(interrupted.records).toBe(2_000);
    await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(
        sql`update sync_steps set lease_until = now() - interval '1 second' where lease_until is not null`,
      ),
    );
    await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(sql`update outbox set dispatched_at = null where message ->> 'kind' = 'run-step'`),
    );
    const asked = (division: number) =>
      rig.sandbox.journal
        .entries()
        .filter((entry) => entry.division === division && entry.endpoint === 'sync/CRM/Accounts').length;
    expect(asked(interrupted.division)).toBe(2);

    await workToTheEnd(rig);

    await expectTheTruth(tenant);
    expect(asked(interrupted.division)).toBe(3);
    expect(await tenant.step(runId, interrupted.division, 'accounts')).toMatchObject({
      state: 'done',
      epoch: 2,
      crashCount: 0,
    });
  });
});

describe('the list of administrations', () => {
  it('shows an administration without the right to read relations as not to be coupled', async () => {
    rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 3, relations: 20 } } });
    const { tenantId, connectionId } = await aCoupledTenant(rig, {
      now: rig.clock.now,
      username: 'beperkt@demo.nl',
    });
    await rig.uow.run(tenantId, async (tx) =>
      ok(await tx.outbox.add({ kind: 'list-divisions', connectionId })),
    );
    await rig.drain();

    const listed = await rig.uow.run(tenantId, async (tx) => ok(await tx.administrations.findMany()));
    if (!listed.ok) throw new Error('not listed');
    expect(listed.value.length).toBeGreaterThan(0);
    expect(new Set(listed.value.map((each) => each.unavailableReason))).toEqual(new Set(['no-rights']));
  });
});
