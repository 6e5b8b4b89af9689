import { beforeEach, describe, expect, it } from 'vitest';
import type { SyncRunId } from '../kernel/index.js';
import { anAccountRow, anAdministration, aSyncWorld, type SyncWorld } from '../testing/index.js';
import type { DataKind } from './data-kind.js';
import { attemptsMax } from './settle-fault.js';
import type { SourceFault } from './source-fault.js';
import type { RunKind } from './sync-run.js';

const division = 900_001;
const amsterdam = anAdministration({ division, state: 'active' });
const unreadable: SourceFault = { kind: 'right-missing', reason: 'no right' };
const aPart = (end: number, account: number) => ({
  ...{ exactId: `00000000-0000-4000-8000-0000000000b${end}`, accountExactId: anAccountRow(account).exactId },
  ...{ rowVersion: null, fields: { iban: 'NL91ABNA0417164300' } },
});

let world: SyncWorld;
beforeEach(async () => {
  world = aSyncWorld([amsterdam]);
  const stock = world.source.of(division);
  stock.accounts = [anAccountRow(1), anAccountRow(2), anAccountRow(3)];
  stock.parts = [aPart(1, 1), aPart(2, 2)];
  await complete('initial');
  // Moved: what vanished with it no log tells.
  await tellOfMove();
  stock.accounts = stock.accounts.slice(0, 2);
  stock.parts = stock.parts.slice(0, 1);
});

/** Exact moved it, and the daily list told so. */
async function tellOfMove(): Promise<void> {
  world.source.moves.set(division, '2026-11-25|');
  await world.administrations.save({ ...amsterdam, movedAt: '2026-11-25|' });
}

async function complete(kind: RunKind, kinds?: readonly DataKind[]): Promise<SyncRunId> {
  const chosen = kinds && { kinds: new Map([[amsterdam.id, kinds]]) };
  const runId = await world.start(kind, [amsterdam.id], chosen);
  await world.work();
  await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });
  return runId;
}

const there = async () => [
  await world.sourceStore.countPresent(amsterdam.id),
  await world.sourceStore.countPresentParts(amsterdam.id, 'bank-account'),
];

describe('the first run after a division was moved (E10, E11)', () => {
  it('reads everything, also when a webhook asks for some kinds only: its end proves what is gone', async () => {
    expect(await there()).toEqual([3, 2]);
    await complete('resync', ['accounts', 'addresses', 'deleted']);
    expect(await there()).toEqual([2, 1]);
    const runId = await complete('resync', ['accounts', 'addresses', 'deleted']);
    expect(await world.syncSteps.findOfAdministration(runId, amsterdam.id)).toHaveLength(3);
  });

  it('is followed by another that reads everything when the log of deletions could not be read', async () => {
    const refused: SourceFault = { kind: 'refused', message: 'no' };
    world.source.fail(refused, { division, kind: 'deleted', times: attemptsMax });
    const runId = await complete('addition');
    expect(await world.stepOf(runId, division, 'deleted')).toMatchObject({ state: 'failed' });
    expect(await there()).toEqual([3, 2]);
    await complete('resync');
    expect(await there()).toEqual([2, 1]);
  });

  it('does so once the right to read that log is back, and not at every run before', async () => {
    for (let run = 1; run <= 2; run += 1) {
      world.source.fail(unreadable, { division, kind: 'deleted' });
      await complete('resync');
    }
    expect(await there()).toEqual([3, 2]);
    world.source.asked.length = 0;
    await complete('resync'); // reads the log, and only what is new besides
    expect(world.source.asked.find(({ kind }) => kind === 'accounts')?.timestamp).not.toBe('1');
    await complete('resync');
    expect(await there()).toEqual([2, 1]);
  });

  it('leaves one kind that could not be read to the next, which proves what is gone of that', async () => {
    world.source.fail(unreadable, { division, kind: 'bank-accounts' });
    await complete('resync');
    expect(await there()).toEqual([2, 2]);
    await complete('resync');
    expect(await there()).toEqual([2, 1]);
  });
});

describe('a move that is told while the administration is read', () => {
  const versionsOf = (highest: number) =>
    Array.from({ length: 8 }, (_, index) =>
      anAccountRow(index + 1, { rowVersion: BigInt(highest + index - 7) }),
    );
  const readAgain = async () => {
    const runId = await complete('resync');
    const { isFullRead } = await world.stepOf(runId, division, 'accounts');
    return { isFullRead, present: await world.sourceStore.countPresent(amsterdam.id) };
  };

  it.each(['between two pages of the first read', 'before the first page'])(
    'makes the next run read everything: what was read %s says nothing of the row versions since (E10, I1)',
    async (moment) => {
      world = aSyncWorld([amsterdam]);
      const stock = world.source.of(division);
      stock.accounts = versionsOf(5_000);
      const runId = await world.start('initial', [amsterdam.id]);
      const [message] = world.takeMessages();
      const isBegun = moment.startsWith('between');
      if (isBegun) expect(await world.step(message!, { pagesMax: 1 })).toEqual({ kind: 'released' });
      await tellOfMove();
      if (isBegun) stock.accounts = [];
      await world.step(message!);
      await world.work();
      await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });
      stock.accounts = versionsOf(20);

      expect(await readAgain()).toEqual({ isFullRead: true, present: 8 });
      expect(await readAgain()).toEqual({ isFullRead: false, present: 8 });
    },
  );
});

describe('a move that no list has told of yet', () => {
  const move = () => void world.source.moves.set(division, '2026-11-26|');
  const readIn = async (runId: SyncRunId) => {
    const steps = await world.syncSteps.findOfAdministration(runId, amsterdam.id);
    return steps.filter((step) => step.isFullRead).map(({ kind }) => kind);
  };
  beforeEach(async () => {
    await complete('resync'); // what was told is read
    world.source.movesAsked = 0;
  });

  it('is noticed by the next run, which reads everything and proves what is gone (E10, E11)', async () => {
    move();
    world.source.of(division).accounts = [anAccountRow(1)];

    const runId = await complete('resync');

    expect(await readIn(runId)).toEqual(
      expect.arrayContaining(['accounts', 'contacts', 'bank-accounts', 'deleted']),
    );
    expect((await there())[0]).toBe(1);
    expect(await world.administrations.findById(amsterdam.id)).toMatchObject({ movedAt: '2026-11-26|' });
    expect(world.source.movesAsked).toBe(1);
    expect(await readIn(await complete('resync'))).not.toContain('accounts');
  });

  it('is noticed by a webhook’s run, which reads the other kinds too, in their order', async () => {
    const stock = world.source.of(division);
    stock.parts = [aPart(1, 1), aPart(2, 2)];
    await complete('resync');
    move();
    stock.parts = stock.parts.slice(0, 1);

    const runId = await complete('resync', ['accounts', 'deleted']);

    const steps = await world.syncSteps.findOfAdministration(runId, amsterdam.id);
    expect(steps.map(({ kind, state }) => [kind, state])).toEqual(
      ['accounts', 'contacts', 'addresses', 'bank-accounts', 'deleted'].map((kind) => [kind, 'done']),
    );
    expect((await there())[1]).toBe(1);
  });

  it('is noticed too where the first try of a run met no Exact, as may be while it moves it (E10)', async () => {
    world.source.fail(
      { kind: 'unavailable', reason: 'HTTP 503', retryAt: null },
      { division, kind: 'accounts' },
    );
    move();

    expect(await readIn(await complete('resync'))).toContain('accounts');
    expect(world.source.movesAsked).toBe(1);
  });

  it('costs one call of each administration in a run, and none where everything is read anyway', async () => {
    const runId = await complete('resync');
    expect(world.source.movesAsked).toBe(1);
    const { calls } = await world.stepOf(runId, division, 'accounts');
    expect(calls).toBe(2);
    await complete('addition');
    expect(world.source.movesAsked).toBe(1);
  });
});
