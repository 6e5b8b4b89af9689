import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setAdministrationState } from '@koppel/domain/administrations';
import { ok, systemActor } from '@koppel/domain/kernel';
import { retryStep, startRun } from '@koppel/domain/sync';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { mirrorOf, truthOf } from '../testing/truth.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';
import { tick } from './tick.js';

const minuteMs = 60_000;

let rig: WorkerRig;
let tenant: FetchingTenant;
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 2, relations: 20 } } });
  tenant = await aFetchingTenant(rig, { state: 'active' });
  await tenant.start();
  await workToTheEnd(rig);
  await rig.advance(2 * minuteMs);
  rig.sandbox.journal.clear();
});
afterEach(() => rig.close());

const divisionOf = (index: number) => tenant.administrations[index]!.division;
const expectTheTruth = async () =>
  expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(
    truthOf(
      rig.sandbox,
      tenant.administrations.map((each) => each.division),
    ),
  );
const callsTo = (division: number) =>
  rig.sandbox.journal.entries().filter((entry) => entry.division === division);

describe('an answer 429 without a word on when', () => {
  it('is waited out for a minute, costs no try, and holds up no other administration (E04 c)', async () => {
    rig.sandbox.setSwitches({ rateHeadersOn429: 'none' });
    rig.sandbox.faults.plant({ kind: '429-minute', match: { division: divisionOf(0) } });
    const runId = await tenant.resync();

    await rig.drain();

    const waiting = await tenant.step(runId, divisionOf(0), 'accounts');
    expect(waiting).toMatchObject({ state: 'waiting', waitReason: 'minute-limit', attempts: 0 });
    const waitMs = waiting.dueAt.getTime() - rig.clock.now().getTime();
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(62_000);
    expect(await tenant.step(runId, divisionOf(1), 'deleted')).toMatchObject({ state: 'done' });
    await workToTheEnd(rig);
    await expectTheTruth();
    expect((await tenant.run(runId)).state).toBe('completed');
  });

  it('again and again, as for a blocked key, stops that endpoint after three, and shows it (E04 c, E05)', async () => {
    rig.sandbox.setSwitches({ rateHeadersOn429: 'none' });
    rig.sandbox.faults.plant({ kind: '429-minute', match: { division: divisionOf(0) }, times: 0 });
    const runId = await tenant.resync();

    for (let minute = 0; minute < 20; minute += 1) {
      await rig.drain();
      await rig.advance(minuteMs);
    }

    expect(callsTo(divisionOf(0)).map(({ status }) => status)).toEqual([429, 429, 429]);
    expect(await tenant.openIssues()).toEqual([
      `endpoint-suspended:${tenant.administrations[0]!.id}:accounts`,
    ]);
    // It stood aside, and held nobody up.
    expect((await tenant.run(runId)).state).toBe('completed');
    rig.sandbox.faults.clear();
    await rig.advance(60 * minuteMs);
    await tenant.resync();
    await workToTheEnd(rig);
    expect(await tenant.openIssues()).toEqual([]);
    await expectTheTruth();
  });
});

describe('an administration that refuses', () => {
  it('costs one error however often schedules come by, and three however often a person retries (E05)', async () => {
    rig.sandbox.faults.plant({ kind: 'rights-withdrawn', division: divisionOf(0) });
    const runId = await tenant.resync();
    await workToTheEnd(rig);
    for (let quarter = 0; quarter < 4; quarter += 1) {
      await rig.advance(15 * minuteMs);
      await tick(rig.services, 'resync');
      await workToTheEnd(rig);
    }
    expect(rig.sandbox.journal.counters().countedErrors).toBe(1);

    for (let click = 0; click < 10; click += 1) {
      const { id } = await tenant.step(runId, divisionOf(0), 'accounts');
      await retryStep(rig.services.deps, { tenantId: tenant.tenantId, runId, stepId: id });
      await rig.drain();
    }

    expect(rig.sandbox.journal.counters().countedErrorsPerHourMax).toBeLessThanOrEqual(3);
    expect(callsTo(divisionOf(1)).every(({ status }) => status === 200)).toBe(true);
  });
});

describe('an administration that was removed and comes back', () => {
  it('goes on at its old cursor, keeps what is there, and sees what happened meanwhile (E10)', async () => {
    const [returning] = tenant.administrations;
    const find = async () => {
      const found = await rig.uow.run(tenant.tenantId, async (tx) =>
        ok(await tx.administrations.findById(returning!.id)),
      );
      if (!found.ok || !found.value) throw new Error('not there');
      return found.value;
    };
    const { version } = await find();
    const { deps } = rig.services;
    const { tenantId } = tenant;
    const removed = await setAdministrationState(deps, {
      tenantId,
      administrationId: returning!.id,
      state: 'removed',
      version,
    });
    expect(removed.ok).toBe(true);
    const table = rig.sandbox.world.division(returning!.division)!.tables.Accounts;
    const [changed, gone] = [...table.all()].slice(-2).map((row) => table.guid(row.$row));
    const at = { division: returning!.division, entity: 'crm/Accounts' };
    expect(rig.sandbox.edits.edit({ ...at, id: changed! }, { Name: 'Intussen Veranderd B.V.' }).ok).toBe(
      true,
    );
    expect(rig.sandbox.edits.delete({ ...at, id: gone! }).ok).toBe(true);
    await rig.advance(7 * 24 * 60 * minuteMs);

    await rig.uow.run(tenantId, async (tx) =>
      ok(await tx.administrations.save({ ...(await find()), state: 'coupling' })),
    );
    const started = await startRun(deps, {
      tenantId,
      administrationIds: [returning!.id],
      kind: 'initial',
      trigger: 'person',
      actor: systemActor,
    });
    if (!started.ok) throw new Error(started.error.kind);
    await workToTheEnd(rig);

    const accounts = await tenant.step(started.value.runId, returning!.division, 'accounts');
    expect(accounts).toMatchObject({ state: 'done', isFullRead: false, records: 1 });
    expect((await tenant.run(started.value.runId)).statistics).toMatchObject({ created: 0, deleted: 1 });
    await expectTheTruth();
  });
});
