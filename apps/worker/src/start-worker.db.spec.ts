import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok, systemActor } from '@koppel/domain/kernel';
import { startRun } from '@koppel/domain/sync';
import { systemChance } from './deps.js';
import { createLog } from './log.js';
import { startWorker, type RunningWorker } from './start-worker.js';
import { aCoupledTenant, takeAll } from './testing/a-coupled-tenant.js';
import { aConfig, aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';

const world = { seed: 11, divisions: 3, relations: 150 };
/** What this process's clock is wrong by. */
const wrongByMs = 2 * 3_600_000;
let rig: WorkerRig;
let worker: RunningWorker;
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { world, clock: 'real' } });
  const config = aConfig({
    databaseUrl: rig.databaseUrl,
    exactUrl: rig.sandbox.url,
    timings: { relayEveryMs: 20 },
    env: { METRICS_PORT: '0' },
  });
  const chance = { ...systemChance, now: () => new Date(Date.now() + wrongByMs) };
  worker = await startWorker(config, { chance, log: createLog(config) });
});
afterEach(async () => {
  await worker.stop();
  await rig.close();
});

/** A tenant whose administrations this worker lists, over the queue. */
async function aListedTenant() {
  const tenant = await aCoupledTenant(rig);
  const { tenantId, connectionId } = tenant;
  await rig.uow.run(tenantId, async (tx) =>
    ok(await tx.outbox.add({ kind: 'list-divisions', connectionId })),
  );
  const listed = () => rig.uow.run(tenantId, async (tx) => ok((await tx.administrations.findMany()).length));
  await expect.poll(listed, { timeout: 20_000 }).toEqual({ ok: true, value: 3 });
  return tenant;
}

describe('a worker process', () => {
  it('carries a coupling from the list of administrations to a completed run, over the queue on Postgres', async () => {
    const { tenantId } = await aListedTenant();
    const administrationIds = (await takeAll(rig.uow, tenantId, 'coupling')).map((each) => each.id);

    const { deps } = rig.services;
    const started = await startRun(deps, {
      tenantId,
      administrationIds,
      kind: 'initial',
      trigger: 'person',
      actor: systemActor,
    });
    if (!started.ok) throw new Error(started.error.kind);
    const stateOf = () =>
      rig.uow.run(tenantId, async (tx) => ok((await tx.syncRuns.findById(started.value.runId))?.state));

    await expect.poll(stateOf, { timeout: 30_000 }).toEqual({ ok: true, value: 'completed' });
    expect(rig.sandbox.journal.counters()).toMatchObject({
      concurrencyMax: 1,
      tooManyPerMinute: 0,
      countedErrors: 0,
    });
  });

  it('goes by the clock of the database, not by its own (F60)', async () => {
    const { tenantId } = await aListedTenant();
    const listedAt = await rig.uow.run(tenantId, async (tx) => {
      const [administration] = await tx.administrations.findMany();
      return ok(administration?.listedAt.getTime());
    });
    if (!listedAt.ok) throw new Error('not listed');
    expect(Math.abs(Date.now() - (listedAt.value ?? 0))).toBeLessThan(60_000);
  });

  it('tells a monitoring system how it does, without ids or names', async () => {
    await aListedTenant();

    const answer = await fetch(worker.metricsUrl ?? '');
    const lines = (await answer.text()).split('\n');
    const valueOf = (sample: string) =>
      Number(
        lines
          .find((line) => line.startsWith(`${sample} `))
          ?.split(' ')
          .at(-1),
      );

    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    expect(valueOf('connections{state="active"}')).toBe(1);
    expect(valueOf('exact_requests_total{class="2xx"}')).toBeGreaterThan(3);
    expect(valueOf('exact_budget_remaining{window="day"}')).toBeLessThanOrEqual(5_000);
    for (const work of ['fetch', 'compare', 'write'])
      expect(valueOf(`fenced_writes_total{work="${work}"}`)).toBe(0);
    expect(valueOf('queue_rebuilds_total')).toBe(0);
    expect(valueOf('upkeep_rests_total')).toBe(0);
    expect([valueOf('sync_steps_failed'), valueOf('writes_failed')]).toEqual([0, 0]);
    for (const name of ['transient', 'data', 'configuration', 'permission', 'bug'])
      expect(valueOf(`issues_open{class="${name}"}`)).toBeGreaterThanOrEqual(0);
    expect(valueOf('queue_depth{queue="koppel-fetch",state="active"}')).toBeGreaterThanOrEqual(0);
    for (const age of ['outbox_oldest', 'token'])
      expect(valueOf(`${age}_age_seconds`)).toBeGreaterThanOrEqual(0);
    expect(valueOf('sync_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(valueOf('event_loop_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(lines.join('\n')).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('tells that its event loop was blocked, though that is one sample of many (F05)', async () => {
    const lagOf = async () => {
      const text = await (await fetch(worker.metricsUrl ?? '')).text();
      return Number(/^event_loop_lag_seconds (\S+)$/m.exec(text)?.[1]);
    };
    await lagOf();
    const blockedMs = 1_000;
    for (const ms of [2 * resolutionMs, blockedMs]) await block(ms);

    expect(await lagOf()).toBeGreaterThan((blockedMs / 1_000) * 0.9);
  });
});

const resolutionMs = 20;

/** Twice round the loop after it: the first tick after a reading begins the measuring, the next one measures. */
async function block(ms: number): Promise<void> {
  const until = performance.now() + ms;
  while (performance.now() < until);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
