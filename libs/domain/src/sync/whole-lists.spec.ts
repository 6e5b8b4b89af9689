import { beforeEach, describe, expect, it } from 'vitest';
import type { SyncRunId } from '../kernel/index.js';
import { anAccountRow, anAdministration, aSyncWorld, type SyncWorld } from '../testing/index.js';
import { cancelRun } from './steer-run.js';
import { retryStep } from './retry-step.js';
import type { RunTrigger } from './sync-run.js';

const division = 900_001;
const amsterdam = anAdministration({ division, state: 'active' });
const dayMs = 24 * 3_600_000;
const journal = {
  ...{ exactId: '00000000-0000-4000-8000-0000000000a1', code: '70', description: 'Verkoop' },
  ...{ isBlocked: false, rowVersion: null, fields: {} },
};

let world: SyncWorld;
beforeEach(async () => {
  world = aSyncWorld([amsterdam]);
  const stock = world.source.of(division);
  stock.accounts = [anAccountRow(1), anAccountRow(2)];
  stock.masters = [journal];
  await read({ kind: 'initial' });
});

async function begin(how: { kind?: 'initial' | 'resync'; trigger?: RunTrigger } = {}): Promise<SyncRunId> {
  const { kind = 'resync', trigger = 'person' } = how;
  return world.start(kind, [amsterdam.id], { trigger });
}

async function complete(runId: SyncRunId): Promise<void> {
  await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });
}

/** A run to its end; the kinds that Exact was asked for. */
async function read(how: Parameters<typeof begin>[0]): Promise<string[]> {
  world.source.asked.length = 0;
  const runId = await begin(how);
  await world.work();
  await complete(runId);
  return world.source.asked.map(({ kind }) => kind);
}

const onSchedule = () => read({ trigger: 'schedule' });

describe('the whole lists of an administration', () => {
  it('are read by a schedule once a day', async () => {
    expect(await onSchedule()).not.toContain('journals');
    world.advance(dayMs - 1);
    expect(await onSchedule()).not.toContain('journals');
    world.advance(1);
    expect(await onSchedule()).toContain('journals');
    expect(await onSchedule()).not.toContain('journals');
  });

  it('leave no step in a run that does not read them, and all its steps come to their end', async () => {
    const runId = await begin({ trigger: 'schedule' });
    await world.work();
    const steps = await world.syncSteps.findOfAdministration(runId, amsterdam.id);
    expect(steps.map(({ kind }) => kind)).not.toContain('journals');
    expect(new Set(steps.map(({ state }) => state))).toEqual(new Set(['done']));
    expect((await world.run(runId)).state).toBe('comparing');
  });

  it('are always read when a person asks', async () => {
    expect(await read({ trigger: 'person' })).toContain('journals');
  });

  it('are read with everything else when all has to be read again', async () => {
    await world.cursors.remove(amsterdam.id, 'accounts');
    expect(await onSchedule()).toContain('journals');
  });

  it.each(['told by the daily list', 'noticed by the run itself'])(
    'are read again after a move that is %s, since they are those of another database (E10)',
    async (how) => {
      world.source.moves.set(division, '2026-11-25|');
      if (how.startsWith('told')) await world.administrations.save({ ...amsterdam, movedAt: '2026-11-25|' });
      expect(await onSchedule()).toContain('journals');
      expect(await onSchedule()).not.toContain('journals');
    },
  );

  it('are read again when the move was noticed by a run of a webhook, which reads no lists', async () => {
    world.source.moves.set(division, '2026-11-25|');
    const kinds = new Map([[amsterdam.id, ['accounts', 'deleted'] as const]]);
    const runId = await world.start('resync', [amsterdam.id], { trigger: 'webhook', kinds });
    await world.work();
    await complete(runId);
    expect(await onSchedule()).toContain('journals');
  });

  it('do not count as read while they are empty: so they are for a user without the right', async () => {
    expect(await onSchedule()).toContain('cost-centers');
    world.source.of(division).masters = [];
    await read({ trigger: 'person' });
    expect(await onSchedule()).toContain('journals');
  });

  it('do not count as read while a record of theirs was not taken over', async () => {
    const fetchPage = world.source.fetchPage.bind(world.source);
    const unreadable = { kind: 'unreadable', message: 'Code is no text' } as const;
    const rejected = [{ exactId: journal.exactId.replace('a1', 'a2'), name: '71', reason: unreadable }];
    world.source.fetchPage = async (request) => {
      const page = await fetchPage(request);
      return page.ok && request.kind === 'journals' ? { ...page, value: { ...page.value, rejected } } : page;
    };
    await read({ trigger: 'person' });
    expect(await onSchedule()).toContain('journals');
  });

  it.each(['fails', 'is cancelled'])(
    'are read by the next run when the last one that began to read them %s, however lately they were read before',
    async (how) => {
      const runId = await begin();
      if (how === 'fails')
        world.source.fail({ kind: 'right-missing', reason: 'x' }, { division, kind: 'journals' });
      else await cancelRun(world.deps, { tenantId: world.tenantId, runId });
      await world.work();
      if (how === 'fails') await complete(runId);
      expect(await onSchedule()).toContain('journals');
      expect(await onSchedule()).not.toContain('journals');
    },
  );

  it('count as read when the part that had failed was tried again', async () => {
    world.source.fail({ kind: 'right-missing', reason: 'x' }, { division, kind: 'journals' });
    const runId = await begin();
    await world.work();
    const { id: stepId } = await world.stepOf(runId, division, 'journals');
    await retryStep(world.deps, { tenantId: world.tenantId, runId, stepId });
    await world.work();
    await complete(runId);
    expect(await onSchedule()).not.toContain('journals');
  });
});
