import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirmCoupling, newCoupling } from '@koppel/domain/coupling';
import type { Trouble } from '@koppel/domain/issues';
import { asId, ok, systemActor, type SyncRunId, type TenantId } from '@koppel/domain/kernel';
import {
  cancelOpenRun,
  runCompare,
  runStep,
  startRun,
  wakeConnection,
  type SyncRun,
} from '@koppel/domain/sync';
import {
  aConnection,
  anAccountRow,
  anAdministration,
  aSyncRun,
  InMemoryRelationSource,
  sequentialIds,
  someSealedTokens,
} from '@koppel/domain/testing';
import { connect, inSystem, inTenant, type Database } from '../database.js';
import type { FullTransaction } from '../ports.js';
import { addTenant, saveTenantFeature } from '../tenancy/index.js';
import { createTestDatabase } from '../testing/test-db.js';
import { DrizzleUnitOfWork } from '../unit-of-work.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
/** The admin put the last one first. */
const companies = [1, 2].map((number) =>
  anAdministration({
    division: 900_000 + number,
    state: 'active',
    position: 3 - number,
    code: `00${number}`,
  }),
);
const [first] = companies as [(typeof companies)[0]]; // there are two
const newId = sequentialIds(0x9000);
const now = () => new Date();
const { connectionId } = first;
const tables = ['sync_runs', 'sync_steps', 'administrations', 'issues', 'outbox', 'couplings', 'connections'];

let database: Database;
let drop: () => Promise<void>;
/** Does nothing again: what collides is an error here. */
let uow: DrizzleUnitOfWork;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 12 });
  uow = new DrizzleUnitOfWork(database);
  drop = test.drop;
  await inSystem(database, async (tx) => {
    await addTenant(tx, { id: tenantId, name: 'Bouwgroep', createdAt: now() });
    await saveTenantFeature(tx, tenantId, { at: now(), by: 'helpdesk' });
  });
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(async () => {
  await inTenant(database, tenantId, async (tx) => {
    for (const table of tables) await tx.execute(sql`delete from ${sql.identifier(table)}`);
  });
  await inOne(async (tx) => {
    for (const company of companies) await tx.administrations.add(company);
  });
});

async function inOne(work: (tx: FullTransaction) => Promise<unknown>): Promise<void> {
  await uow.run(tenantId, async (tx) => {
    await work(tx);
    return ok(undefined);
  });
}

/** Until a session waits for a lock of another. */
async function somebodyWaits(): Promise<void> {
  const waiting = sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  const count = async () => (await database.db.execute<{ count: number }>(waiting))[0]?.count;
  await expect.poll(count).toBeGreaterThan(0);
}

type Lock = (tx: FullTransaction) => Promise<unknown>;

/** Somebody locks one thing, and the other only once `other` waits for the first: a deadlock where that holds the second by then. */
async function inOrder(locks: readonly [Lock, Lock], other: () => Promise<unknown>): Promise<void> {
  const holds = Promise.withResolvers<void>();
  const goesOn = Promise.withResolvers<void>();
  const somebody = inOne(async (tx) => {
    await locks[0](tx);
    holds.resolve();
    await goesOn.promise;
    await locks[1](tx);
  });
  await holds.promise;
  const others = other();
  const both = Promise.all([somebody, others]);
  await Promise.race([others, somebodyWaits()]).finally(goesOn.resolve);
  await both;
}

const trouble = (cause: Trouble['cause'], key: string, params = {}): Trouble => ({
  ...{ cause, causeKey: `${cause}:${key}`, params },
  administrationId: cause === 'connection-broken' ? null : first.id,
});
const report = (told: Trouble) => (tx: FullTransaction) => tx.issues.report([told], now());
const resolve = (told: Trouble) => (tx: FullTransaction) => tx.issues.resolve([told.causeKey], now(), 'Anna');
const lockFirst: Lock = (tx) => tx.administrations.findByIdForUpdate(first.id);
const lockAll: Lock = (tx) => tx.administrations.findManyForUpdate();

async function started(): Promise<SyncRunId> {
  const administrationIds = companies.map(({ id }) => id);
  const run = { kind: 'initial', trigger: 'person', actor: systemActor, administrationIds } as const;
  const begun = await startRun({ uow, now, newId }, { ...run, tenantId });
  if (!begun.ok) throw new Error(begun.error.kind);
  return begun.value.runId;
}

/** Fetches the accounts of the first administration. */
async function fetchFirst(runId: SyncRunId, source: InMemoryRelationSource): Promise<unknown> {
  const steps = await uow.run(tenantId, async (tx) => ok(await tx.syncSteps.findMany(runId)));
  const step = steps.ok && steps.value.find(({ administrationId }) => administrationId === first.id);
  if (!step) throw new Error('it has steps');
  const command = {
    tenantId,
    runId,
    stepId: step.id,
    owner: 'worker',
    pagesMax: 1,
    shouldYield: () => false,
  };
  return runStep({ uow, now, newId, source, random: () => 1 }, command);
}
const wake = () => wakeConnection({ uow, now, newId }, { tenantId, connectionId });

describe('locks are taken in one order (F24)', () => {
  it('by a reconnect: runs before issues, as by a step that finds the consent over', async () => {
    const runId = await started();
    const broken = trouble('connection-broken', connectionId);
    await inOne(report(broken));
    await inOrder([(tx) => tx.syncRuns.findByIdForUpdate(runId), report(broken)], wake);
  });

  it('by a reconnect: administrations by id, as by who locks all of them', async () => {
    await inOrder([lockFirst, lockAll], wake);
  });

  it.each([
    ['a reconnect', wake],
    ['switching off', () => cancelOpenRun({ uow, now, newId }, { tenantId })],
  ])('by %s: runs by id, whichever stands aside', async (_, other) => {
    const [one, two] = ['1', '2'].map((digit) =>
      asId<SyncRunId>(`00000000-0000-7000-8000-0000000000f${digit}`),
    );
    const begun: SyncRun = { ...aSyncRun(), kind: 'addition', state: 'fetching' };
    await inOne(async (tx) => {
      await tx.syncRuns.add({ ...begun, id: one! });
      await tx.syncRuns.add({ ...begun, id: two!, state: 'aside' });
    });
    const lock = (id: SyncRunId | undefined) => (tx: FullTransaction) => tx.syncRuns.findByIdForUpdate(id!);
    await inOrder([lock(one), lock(two)], other);
  });

  it('by who confirms a coupling: administrations by id', async () => {
    await inOne(async (tx) => {
      for (const company of companies) await tx.administrations.save({ ...company, state: 'selected' });
      await tx.connections.add(aConnection(), someSealedTokens());
      await tx.couplings.add({
        ...newCoupling('select', now()),
        ...{ step: 'configure', contactHandling: 'automatic' },
      });
    });
    await inOrder([lockFirst, lockAll], async () => {
      const confirmed = await confirmCoupling(
        { uow, now, newId },
        { tenantId, actor: systemActor, text: 'Ja' },
      );
      expect(confirmed).toMatchObject({ ok: true });
    });
  });

  it.each([
    ['loses its access', 'active'],
    ['has its access back', 'access-lost'],
  ] as const)('by a step that %s: administrations before issues, as by who removes one', async (_, state) => {
    const runId = await started();
    const lost = trouble('administration-forbidden', first.id);
    await inOne(report(lost));
    await inOne((tx) => tx.administrations.save({ ...first, state }));
    const source = new InMemoryRelationSource();
    const { division } = first;
    source.of(division).accounts = [anAccountRow(1)];
    if (state === 'active')
      source.fail({ kind: 'access-lost', reason: 'NoDivisionAccess' }, { division, kind: 'accounts' });
    await inOrder([lockFirst, resolve(lost)], () => fetchFirst(runId, source));
    const found = await uow.run(tenantId, async (tx) => ok(await tx.administrations.findById(first.id)));
    expect(found).toMatchObject({ value: { state: state === 'active' ? 'access-lost' : 'coupling' } });
  });

  it('by the end of a run: its administrations before their issues', async () => {
    const runId = await started();
    const limit = trouble('day-limit-reached', first.id, { until: '2026-01-01T00:00:00.000Z' });
    await inOne(report(limit));
    await inOne(async (tx) => {
      const run = await tx.syncRuns.findById(runId);
      await tx.syncRuns.save({ ...run!, state: 'comparing' });
    });
    const compare = () => Promise.resolve();
    await inOrder([lockFirst, resolve(limit)], () =>
      runCompare({ uow, now, newId, compare }, { tenantId, runId, owner: 'worker' }),
    );
  });
});
