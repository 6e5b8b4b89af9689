import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newCoupling } from '../coupling/index.js';
import { err, ok, type SyncRunId } from '../kernel/index.js';
import { anAccountRow, anAdministration, aSyncWorld, type SyncWorld } from '../testing/index.js';
import { isProvable, type DataKind } from './data-kind.js';
import { runCompare } from './run-compare.js';
import { retryPartOfIssue } from './retry-part-of-issue.js';
import { retryStep } from './retry-step.js';

const division = 900_001;
const amsterdam = anAdministration({ division, state: 'coupling' });
const rows = (count: number) => Array.from({ length: count }, (_, index) => anAccountRow(index + 1));
const missing = `accounts-missing:${amsterdam.id}`;

let world: SyncWorld;
beforeEach(() => {
  world = aSyncWorld([amsterdam]);
  world.source.of(division).accounts = rows(8);
});

async function read(kind: 'initial' | 'resync' = 'initial'): Promise<SyncRunId> {
  const runId = await world.start(kind);
  await world.work();
  return runId;
}
const accountsOf = (runId: SyncRunId) => world.stepOf(runId, division, 'accounts');
const cursors = async () => (await world.cursors.findMany(amsterdam.id)).map(({ kind }) => kind);
const openIssues = () => world.issues.findOpenCauseKeys('');
async function compare(runId: SyncRunId): Promise<void> {
  const { tenantId } = world;
  await runCompare({ ...world.deps, compare: () => Promise.resolve() }, { tenantId, runId, owner: 'one' });
}

describe('the end of a full read, held against the count of Exact', () => {
  it('is no end while there is more: what lies beyond it is read', async () => {
    world.source.endsAfter = 1;
    const runId = await read();
    expect(await accountsOf(runId)).toMatchObject({ state: 'done', records: 8, expected: 8 });
    expect(world.sourceStore.all()).toHaveLength(8);
    expect(await openIssues()).toEqual([]);
  });

  it('does not ask whether an account is gone that was met and could not be taken over, nor read it all again for it', async () => {
    await compare(await read());
    const { exactId } = world.source.of(division).accounts.shift()!;
    world.source.rejections.set(division, [
      { exactId, name: '1', reason: { kind: 'unreadable', message: 'EndDate is no date' } },
    ]);
    await world.cursors.remove(amsterdam.id, 'accounts');
    world.source.countIs = 8;
    await compare(await read('resync'));
    expect(await openIssues()).toEqual([`record-rejected:${amsterdam.id}:accounts:${exactId}`]);
    expect(world.sourceStore.all().map(({ state }) => state)).not.toContain('deleted');

    const runId = await read('resync');
    expect(await accountsOf(runId)).toMatchObject({ isFullRead: false });
  });

  it('takes in what was made meanwhile, and asks nothing of what was deleted meanwhile', async () => {
    world.source.onPage = ({ cursor, kind }) => {
      if (kind !== 'accounts' || cursor.next === null) return;
      world.source.onPage = () => undefined;
      world.source.of(division).accounts = [...rows(10).slice(2), anAccountRow(20)];
    };
    const runId = await read();
    expect(await accountsOf(runId)).toMatchObject({ state: 'done', expected: 9 });
    expect(await openIssues()).toEqual([]);
  });

  it('reads on once where one was made after the last page', async () => {
    const counts = [8, 9];
    world.source.onCount = () => {
      if (counts.shift() === 9) world.source.of(division).accounts.push(anAccountRow(9));
    };
    const runId = await read();
    expect(await accountsOf(runId)).toMatchObject({ state: 'done', records: 9 });
    expect(world.sourceStore.all()).toHaveLength(9);
  });

  it('tells when it stays short, keeps no cursor, and blocks a first coupling', async () => {
    world.source.countIs = 20;
    const runId = await read();
    await compare(runId);

    expect(await accountsOf(runId)).toMatchObject({ state: 'failed', records: 8, expected: 20 });
    expect(await world.run(runId)).toMatchObject({ state: 'completed' });
    expect(await openIssues()).toEqual([missing]);
    expect(await world.issues.countOpenBlocking()).toBe(1);
    expect(world.issues.all()[0]?.params).toEqual({ count: 8, counted: 20 });
    expect(await cursors()).not.toContain('accounts');
    expect(world.source.pagesOf(division, 'accounts')).toBe(4);
    expect((await world.administrations.findById(amsterdam.id))?.lastSyncedAt).toBeNull();
  });

  it('is over once a retry of the part, which reads from the beginning, gives all', async () => {
    world.source.countIs = 20;
    const runId = await read();
    await compare(runId);
    world.source.countIs = null;
    // Lies before where the first read ended.
    world.source.of(division).accounts.push(anAccountRow(9, { rowVersion: 2n }));

    const stepId = (await accountsOf(runId)).id;
    expect(await retryStep(world.deps, { tenantId: world.tenantId, runId, stepId })).toMatchObject({
      ok: true,
    });
    await world.work();

    expect(await accountsOf(runId)).toMatchObject({ state: 'done', records: 9, expected: 9 });
    expect(await openIssues()).toEqual([]);
    expect(await cursors()).toContain('accounts');
  });

  it('is retried by its issue too, once, also during a first coupling, when no resync may start', async () => {
    world.source.countIs = 20;
    const runId = await read();
    await compare(runId);
    world.source.countIs = null;
    await world.couplings.add({ ...newCoupling('select', world.time), step: 'synchronise', runId });
    const { tenantId } = world;
    const issueId = world.issues.all()[0]!.id;

    expect(await retryPartOfIssue(world.deps, { tenantId, issueId })).toBe(true);
    await world.work();

    expect(await accountsOf(runId)).toMatchObject({ state: 'done', records: 8, expected: 8 });
    expect(await openIssues()).toEqual([]);
    expect(await retryPartOfIssue(world.deps, { tenantId, issueId })).toBe(false);
  });

  it('is left to a resync where the administration is coupled already', async () => {
    world.source.countIs = 20;
    const runId = await read();
    await compare(runId);
    await world.couplings.add({ ...newCoupling('select', world.time), step: 'active', runId });
    await world.administrations.save({ ...amsterdam, state: 'active' });
    const issueId = world.issues.all()[0]!.id;
    expect(await retryPartOfIssue(world.deps, { tenantId: world.tenantId, issueId })).toBe(false);
    expect(await accountsOf(runId)).toMatchObject({ state: 'failed' });
  });

  it('makes the next run read everything, which closes the issue', async () => {
    world.source.countIs = 20;
    await compare(await read());
    world.source.countIs = null;

    const runId = await read('resync');
    expect(await accountsOf(runId)).toMatchObject({ isFullRead: true, state: 'done', records: 8 });
    expect(await openIssues()).toEqual([]);
  });

  it('counts what was not taken over as read', async () => {
    const { exactId } = anAccountRow(20);
    const reason = { kind: 'unreadable', message: 'EndDate is no date' } as const;
    world.source.rejections.set(division, [{ exactId, name: '20', reason }]);
    world.source.countIs = 9;
    expect(await accountsOf(await read())).toMatchObject({ state: 'done', rejected: 1 });
  });
});

describe('the first read of a day of what changed, held against the count of Exact', () => {
  const dayMs = 86_400_000;
  let counts: number;
  beforeEach(async () => {
    world = aSyncWorld([{ ...amsterdam, state: 'active' }]);
    world.source.of(division).accounts = rows(8);
    await compare(await read());
    counts = 0;
    world.source.onCount = () => (counts += 1);
    // Its row version is no news to a read from the highest one on.
    world.source.of(division).accounts.push(anAccountRow(9, { rowVersion: 2n }));
  });
  const resync = async () => {
    const runId = await read('resync');
    await compare(runId);
    return accountsOf(runId);
  };

  it('has everything read by the next where they differ', async () => {
    await resync(); // of the day of the full read, which counted
    expect([counts, world.sourceStore.all().length]).toEqual([0, 8]);

    world.advance(dayMs);
    expect(await resync()).toMatchObject({ isFullRead: false });
    expect(counts).toBe(1);

    expect(await resync()).toMatchObject({ isFullRead: true, state: 'done' });
    expect(world.sourceStore.all()).toHaveLength(9);
    expect(await openIssues()).toEqual([]);
  });

  it('costs one call a day, and changes nothing where they agree', async () => {
    world.source.of(division).accounts.pop();
    world.advance(dayMs);
    for (let run = 1; run <= 3; run += 1) expect(await resync()).toMatchObject({ isFullRead: false });
    expect(counts).toBe(1);
  });

  it('counts records that could not be taken over as there', async () => {
    world.source.of(division).accounts.pop();
    world.source.rejections.set(division, [
      { exactId: 'r', name: 'R', reason: { kind: 'unreadable', message: 'no name' } },
    ]);
    await resync();
    world.source.countIs = 9;
    world.advance(dayMs);
    await resync();
    expect(counts).toBe(1);
    expect(await resync()).toMatchObject({ isFullRead: false });
  });

  it('counts a record once that is held as it was before its last change could not be taken over', async () => {
    const stock = world.source.of(division);
    const { exactId } = stock.accounts[0]!;
    stock.accounts = stock.accounts.slice(1, 8);
    world.source.countIs = 8;
    world.source.rejections.set(division, [
      { exactId, name: '1', reason: { kind: 'unreadable', message: 'EndDate is no date' } },
    ]);
    world.advance(dayMs);
    await resync();
    expect(counts).toBe(1);
    expect(await resync()).toMatchObject({ isFullRead: false });
  });

  it('does not while a person is asked about what vanished, which is why they differ', async () => {
    const cause = 'deletions-unproven';
    const trouble = {
      cause,
      causeKey: `${cause}:${amsterdam.id}`,
      administrationId: amsterdam.id,
      params: {},
    } as const;
    await world.issues.report([trouble], world.time);
    world.advance(dayMs);
    await resync();
    expect(await resync()).toMatchObject({ isFullRead: false });
  });
});

describe('bank accounts, counted with them once a day: no log tells of their deletions', () => {
  const dayMs = 86_400_000;
  const bankAccounts = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      exactId: `00000000-0000-4000-8000-0000000b${String(index).padStart(4, '0')}`,
      accountExactId: anAccountRow(1).exactId,
      rowVersion: null,
      fields: { iban: String(index) },
    }));
  const counts = () => vi.mocked(world.source.countParts).mock.calls.length;
  const present = () => world.sourceStore.countPresentParts(amsterdam.id, 'bank-account');
  const resync = async (kinds?: readonly DataKind[]) => {
    const chosen = kinds && { kinds: new Map([[amsterdam.id, kinds]]), trigger: 'webhook' as const };
    const runId = await world.start('resync', [amsterdam.id], chosen);
    await world.work();
    await compare(runId);
    const steps = await world.syncSteps.findOfAdministration(runId, amsterdam.id);
    return steps
      .filter((step) => step.isFullRead && isProvable(step.kind as DataKind))
      .map(({ kind }) => kind);
  };
  beforeEach(async () => {
    world = aSyncWorld([{ ...amsterdam, state: 'active' }]);
    world.source.of(division).accounts = rows(8);
    world.source.of(division).parts = bankAccounts(10);
    await compare(await read());
    vi.spyOn(world.source, 'countParts');
    world.advance(dayMs);
  });

  it('has all of them read by the next, and nothing else, which proves that one is gone', async () => {
    world.source.of(division).parts = bankAccounts(9);
    expect(await resync()).toEqual([]);
    expect([counts(), await present()]).toEqual([1, 10]);

    expect(await resync()).toEqual(['bank-accounts']);
    expect(await present()).toBe(9);
    expect(await resync()).toEqual([]);
    world.advance(dayMs);
    expect(await resync()).toEqual([]);
    expect(await resync()).toEqual([]);
    expect(await openIssues()).toEqual([]);
  });

  it('removes none that a read did not meet while Exact counts it, asks, and tries again the next day (I8)', async () => {
    world.source.of(division).parts = bankAccounts(9);
    await resync();
    world.source.partsAre = 10;
    expect(await resync()).toEqual(['bank-accounts']);
    expect(await present()).toBe(10);
    expect(await openIssues()).toEqual([`part-deletions-unproven:${amsterdam.id}:bank-account`]);

    world.source.partsAre = null;
    world.advance(dayMs);
    expect([await resync(), await resync()]).toEqual([[], ['bank-accounts']]);
    expect(await present()).toBe(9);
    expect(await openIssues()).toEqual([]);
  });

  it('asks a person about one that such a read meets first, as about any that is new since the first read', async () => {
    const waiting = async () => (await world.sourceParts.findUncompared(99)).map(({ exactId }) => exactId);
    world.source.of(division).parts = bankAccounts(10).slice(1);
    await resync();
    world.source.of(division).parts = bankAccounts(11).slice(1);
    expect(await waiting()).toEqual([]);
    await resync();
    expect(await waiting()).toEqual([bankAccounts(11)[10]!.exactId]);
  });

  it('leaves new ones to the run that reads them where a webhook asked for other kinds, not those that are gone', async () => {
    const some = ['accounts', 'deleted'] as const;
    world.source.partsAre = 11;
    await resync(some);
    expect([counts(), await resync()]).toEqual([1, []]);
    world.advance(dayMs);
    world.source.partsAre = 9;
    await resync(some);
    expect(await resync()).toEqual(['bank-accounts']);
  });

  it('says nothing where they could not be counted, or not be read', async () => {
    vi.mocked(world.source.countParts).mockResolvedValue(err({ kind: 'right-missing', reason: 'no' }));
    expect([await resync(), await resync()]).toEqual([[], []]);
    vi.mocked(world.source.countParts).mockResolvedValue(ok(9));
    world.advance(dayMs);
    world.source.fail({ kind: 'right-missing', reason: 'no' }, { division, kind: 'bank-accounts' });
    expect([await resync(), await resync()]).toEqual([[], []]);
  });
});
