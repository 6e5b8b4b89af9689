import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ok, systemActor, type Message, type SyncRunId } from '@koppel/domain/kernel';
import {
  cancelOpenRun,
  cancelRun,
  leaseMs,
  openRun,
  runStep,
  startRun,
  type OpenRunCommand,
  type RunStepDeps,
  type StepOutcome,
} from '@koppel/domain/sync';
import {
  anAccountRow,
  anAdministration,
  InMemoryRelationSource,
  sequentialIds,
} from '@koppel/domain/testing';
import { asId, type TenantId, type UnitOfWork } from '@koppel/domain/kernel';
import { connect, inSystem, inTenant, type Database, type Tx } from '../database.js';
import { EnclosableDatabase } from '../enclosable-database.js';
import type { FullTransaction } from '../ports.js';
import { addTenant, saveTenantFeature } from '../tenancy/index.js';
import { createTestDatabase } from '../testing/test-db.js';
import { DrizzleUnitOfWork } from '../unit-of-work.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const companies = [900_001, 900_002, 900_003].map((division) =>
  anAdministration({ division, state: 'coupling' }),
);
const newId = sequentialIds(0x9000);
const now = () => new Date();
let database: Database;
let drop: () => Promise<void>;
let uow: DrizzleUnitOfWork;
let source: InMemoryRelationSource;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 12 });
  uow = new DrizzleUnitOfWork(database);
  drop = test.drop;
  await uow.run(tenantId, async (tx) => {
    for (const company of companies) await tx.administrations.add(company);
    return ok(undefined);
  });
  await inSystem(database, (tx) => addTenant(tx, { id: tenantId, name: 'Bouwgroep', createdAt: now() }));
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(async () => {
  await inSystem(database, (tx) => saveTenantFeature(tx, tenantId, { at: now(), by: 'helpdesk' }));
  await inTenant(database, tenantId, async (tx) => {
    for (const table of ['sync_runs', 'sync_steps', 'cursors', 'source_relations', 'outbox'])
      await tx.execute(sql`delete from ${sql.identifier(table)}`);
  });
  source = new InMemoryRelationSource(2);
  for (const { division } of companies)
    source.of(division).accounts = [1, 2, 3, 4, 5].map((number) => anAccountRow(division * 10 + number));
});

const administrationIds = companies.map((company) => company.id);
const command = {
  tenantId,
  kind: 'initial',
  trigger: 'person',
  actor: systemActor,
  administrationIds,
} as const;
const start = (over: Partial<OpenRunCommand> = {}) => startRun({ uow, now, newId }, { ...command, ...over });

async function started(): Promise<SyncRunId> {
  const run = await start();
  if (!run.ok) throw new Error(run.error.kind);
  return run.value.runId;
}

async function messages(kind: Message['kind']): Promise<Message[]> {
  return inTenant(database, tenantId, async (tx) => {
    const rows = await tx.execute<{ message: Message }>(
      sql`select message from outbox where message ->> 'kind' = ${kind} order by id`,
    );
    return rows.map((row) => row.message);
  });
}

let workers = 0;
function step(message: Message, over: Partial<RunStepDeps> = {}): Promise<StepOutcome> {
  if (message.kind !== 'run-step') throw new Error('no step');
  workers += 1;
  const owner = `worker ${workers}`;
  const deps = { uow, now, newId, source, random: () => 1, ...over };
  return runStep(deps, { ...message, tenantId, owner, pagesMax: 50, shouldYield: () => false });
}

async function administrationToTheEnd(message: Message): Promise<void> {
  let next: Message = message;
  for (;;) {
    const outcome = await step(next);
    if (outcome.kind !== 'ended' || outcome.nextStepId === null || next.kind !== 'run-step') return;
    next = { ...next, stepId: outcome.nextStepId };
  }
}

/** Until a session waits for a lock of another. */
async function somebodyWaits(): Promise<void> {
  const waiting = sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  const count = async () => (await database.db.execute<{ count: number }>(waiting))[0]?.count;
  await expect.poll(count).toBeGreaterThan(0);
}

/** As the helpdesk does it; `meanwhile` happens after the switch and before its transaction ends. */
function switchOff(meanwhile: () => Promise<unknown> = async () => undefined): Promise<void> {
  const enclosable = new EnclosableDatabase(database);
  return enclosable.enclose(tenantId, async () => {
    await inSystem(enclosable, (tx) => saveTenantFeature(tx, tenantId, null));
    await cancelOpenRun({ uow: new DrizzleUnitOfWork(enclosable), now, newId }, { tenantId });
    await meanwhile();
  });
}
const runStates = () =>
  inTenant(database, tenantId, async (tx) =>
    (await tx.execute<{ state: string }>(sql`select state from sync_runs`)).map(({ state }) => state),
  );

describe('a run beside a switch-off of its organisation (F82)', () => {
  it('is not started while the switch is on its way', async () => {
    let begun: ReturnType<typeof start> | undefined;
    await switchOff(async () => {
      begun = start();
      await Promise.race([begun, somebodyWaits()]);
    });

    expect(await begun).toEqual({ ok: false, error: { kind: 'feature-not-enabled' } });
    expect(await runStates()).toEqual([]);
  });

  it('is cancelled when it began before', async () => {
    const begun = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const starting = uow.run(tenantId, async (tx) => {
      const opened = await openRun(tx, { now, newId }, command);
      begun.resolve();
      await mayCommit.promise;
      return opened;
    });
    await begun.promise;
    const switched = switchOff();
    await Promise.race([switched, somebodyWaits()]);
    mayCommit.resolve();

    expect(await starting).toMatchObject({ ok: true });
    await switched;
    expect(await runStates()).toEqual(['cancelled']);
  });

  it('can lock the organisation, and change nothing of it', async () => {
    const change = (tx: Tx) => tx.execute(sql`update tenants set feature_enabled_at = null`);
    await expect(inTenant(database, tenantId, change)).rejects.toThrow();
  });
});

describe('a run that is cancelled while it follows a move of its administration', () => {
  /** Cancels; `meanwhile` happens after it has seen which steps there are. */
  function cancelAfter(runId: SyncRunId, meanwhile: () => Promise<unknown>) {
    const slow: UnitOfWork<FullTransaction> = {
      run: (of, work) =>
        uow.run(of, (tx) => {
          const findMany = tx.syncSteps.findMany.bind(tx.syncSteps);
          let isSeen = false;
          tx.syncSteps.findMany = async (id) => {
            const found = await findMany(id);
            if (!isSeen) await meanwhile();
            isSeen = true;
            return found;
          };
          return work(tx);
        }),
    };
    return cancelRun({ uow: slow, now, newId }, { tenantId, runId });
  }

  it('leaves no step open that was added in that moment (I9)', async () => {
    const [company] = companies;
    await uow.run(tenantId, async (tx) => {
      const at = {
        administrationId: company!.id,
        timestamp: '2',
        overlapFrom: null,
        movedAt: null,
        updatedAt: now(),
      };
      for (const kind of ['accounts', 'deleted'] as const) await tx.cursors.put({ ...at, kind });
      return ok(undefined);
    });
    const kinds = new Map([[company!.id, ['accounts', 'deleted'] as const]]);
    const begun = await start({ kind: 'resync', administrationIds: [company!.id], kinds });
    if (!begun.ok) throw new Error(begun.error.kind);
    const [message] = await messages('run-step');
    source.moves.set(company!.division, '2026-11-26|');

    const seen = Promise.withResolvers<void>();
    const followed = Promise.withResolvers<void>();
    let cancelled: Promise<unknown> | undefined;
    source.onMove = async () => {
      cancelled = cancelAfter(begun.value.runId, async () => {
        seen.resolve();
        await Promise.race([followed.promise, somebodyWaits()]);
      });
      await seen.promise;
    };
    source.onPage = ({ cursor }) => void (cursor.timestamp === '1' && followed.resolve());
    await step(message!);
    await cancelled;

    expect(await runStates()).toEqual(['cancelled']);
    const open = sql`select kind from sync_steps where state in ('pending', 'running', 'waiting')`;
    expect([...(await inTenant(database, tenantId, (tx) => tx.execute(open)))]).toEqual([]);
  });
});

describe('runs under concurrency', () => {
  it('starts one run when twenty ask at once, and all others get its id (J01)', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => start()));

    const ids = outcomes.map((outcome) =>
      outcome.ok
        ? outcome.value.runId
        : outcome.error.kind === 'sync-already-running' && outcome.error.syncRunId,
    );
    expect(new Set(ids).size).toBe(1);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await messages('run-step')).toHaveLength(3);
  });

  it('asks to compare once when administrations finish together', async () => {
    for (let round = 0; round < 5; round += 1) {
      await inTenant(database, tenantId, (tx) => tx.execute(sql`delete from sync_runs`));
      await inTenant(database, tenantId, (tx) => tx.execute(sql`delete from outbox`));
      const runId = await started();

      await Promise.all((await messages('run-step')).map(administrationToTheEnd));

      expect(await messages('compare-run')).toEqual([{ kind: 'compare-run', runId }]);
    }
  });

  it('gives a step to one of many workers that ask for it at once', async () => {
    await started();
    const [message] = await messages('run-step');

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => step(message!)));

    expect(outcomes.filter((outcome) => outcome.kind === 'ended')).toHaveLength(1);
    expect(
      source.pagesOf(900_001, 'accounts') +
        source.pagesOf(900_002, 'accounts') +
        source.pagesOf(900_003, 'accounts'),
    ).toBe(3);
  });

  it('takes a lease over when its time is over, and refuses the late commit of its former owner (J02)', async () => {
    const runId = await started();
    const [message] = await messages('run-step');
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let pages = 0;
    const slow = new InMemoryRelationSource(2);
    for (const { division } of companies) slow.of(division).accounts = source.of(division).accounts;
    slow.onPage = async () => {
      pages += 1;
      if (pages === 2) await held;
    };
    const zombie = step(message!, { source: slow });
    await expect.poll(() => pages).toBe(2);
    expect(await step(message!)).toEqual({ kind: 'busy' });
    await inTenant(database, tenantId, (tx) =>
      tx.execute(
        sql`update sync_steps set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null`,
      ),
    );

    expect(await step(message!)).toMatchObject({ kind: 'ended' });
    release();

    expect(await zombie).toEqual({ kind: 'lease-lost' });
    const rows = await inTenant(database, tenantId, (tx) =>
      tx.execute<{ records: number; epoch: number; state: string }>(
        sql`select records, epoch, state from sync_steps where run_id = ${runId}::uuid and epoch > 0`,
      ),
    );
    expect([...rows]).toEqual([{ records: 5, epoch: 2, state: 'done' }]);
    const stored = await inTenant(database, tenantId, (tx) =>
      tx.execute<{ count: number }>(sql`select count(*)::int as count from source_relations`),
    );
    expect(stored[0]?.count).toBe(5);
  });

  it('keeps a lease as long as it is renewed', async () => {
    await started();
    const [message] = await messages('run-step');
    if (message?.kind !== 'run-step') throw new Error('no step');
    await uow.run(tenantId, async (tx) => {
      const found = await tx.syncSteps.findById(message.stepId);
      await tx.syncSteps.save({ ...found!, state: 'running', leaseOwner: 'me' });
      await tx.syncSteps.takeLease(message.stepId, 'me', -leaseMs);
      return ok(await tx.syncSteps.renewLease(message.stepId, 'me', { forMs: leaseMs, ifLocked: 'wait' }));
    });

    expect(await step(message)).toEqual({ kind: 'busy' });
  });
});
