import { beforeEach, describe, expect, it } from 'vitest';
import {
  aConnection,
  anAccountRow,
  anAdministration,
  aSyncWorld,
  someSealedTokens,
  type SyncWorld,
} from '../testing/index.js';
import type { SyncRunId } from '../kernel/index.js';

const amsterdam = anAdministration({ division: 900_001, state: 'coupling', position: 1 });
const utrecht = anAdministration({ division: 900_002, state: 'coupling', position: 2 });
const rows = (count: number) => Array.from({ length: count }, (_, index) => anAccountRow(index + 1));

let world: SyncWorld;
beforeEach(() => {
  world = aSyncWorld([amsterdam, utrecht]);
  world.source.of(900_001).accounts = rows(8);
  world.source.of(900_002).accounts = rows(2);
});

async function openIssues(prefix = ''): Promise<string[]> {
  return world.issues.findOpenCauseKeys(prefix);
}

describe('runStep', () => {
  it('fetches every kind of every administration in order, then asks to compare once', async () => {
    const runId = await world.start();

    await world.work();

    expect((await world.run(runId)).state).toBe('comparing');
    expect(world.outbox.kinds().filter((kind) => kind === 'compare-run')).toHaveLength(1);
    expect(world.sourceStore.all()).toHaveLength(10);
    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({
      state: 'done',
      records: 8,
      expected: 8,
      calls: 5,
    });
    const kinds = world.source.asked.filter((call) => call.division === 900_002).map((call) => call.kind);
    expect(kinds).toEqual([
      ...['accounts', 'contacts', 'addresses', 'bank-accounts', 'gl-accounts', 'journals', 'vat-codes'],
      ...['payment-conditions', 'cost-centers', 'cost-units', 'deleted'],
    ]);
  });

  describe('the row versions that it asks for (E10, F38)', () => {
    const at = (number: number, version: bigint) => anAccountRow(number, { rowVersion: version });
    const late = (number: number, version: bigint) =>
      anAccountRow(number, { rowVersion: version, contentHash: `late ${number}` });
    const ended = async (runId: SyncRunId) =>
      world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });
    const resync = async () => {
      const runId = await world.start('resync', [utrecht.id]);
      await world.work();
      await ended(runId);
      return world.stepOf(runId, 900_002, 'accounts');
    };
    const asked = () =>
      world.source.asked.filter(({ kind }) => kind === 'accounts').map(({ timestamp }) => timestamp);
    const account = (number: number) =>
      world.sourceStore.all().find(({ exactId }) => exactId === anAccountRow(number).exactId);

    beforeEach(async () => {
      const { accounts } = world.source.of(900_002);
      accounts.push(
        at(3, 9_007_199_254_740_990n),
        at(4, 9_007_199_254_741_000n),
        at(5, 9_007_199_254_741_010n),
      );
      const first = await world.start('initial', [utrecht.id]);
      await world.work();
      await ended(first);
      expect((await world.stepOf(first, 900_002, 'accounts')).cursorTimestamp).toBe('9007199254741010');
      world.source.asked.splice(0);
    });

    it('are those of the last page once more, then those from where it was, digit for digit', async () => {
      expect(await resync()).toMatchObject({ state: 'done', records: 0 });
      expect(await resync()).toMatchObject({ state: 'done', records: 0 });

      expect(asked()).toEqual(['9007199254740990', '9007199254741010']);
    });

    it('bring what was committed behind a higher one that was read, once', async () => {
      const { accounts } = world.source.of(900_002);
      accounts[0] = late(1, 9_007_199_254_741_020n);
      accounts[1] = late(2, 9_007_199_254_741_005n);
      expect(await resync()).toMatchObject({ state: 'done', records: 2 });
      expect([account(1)?.contentHash, account(2)?.contentHash]).toEqual(['late 1', 'late 2']);

      accounts.push(at(6, 9_007_199_254_741_015n), at(7, 9_007_199_254_741_030n));
      expect(await resync()).toMatchObject({ state: 'done', records: 2 });
      expect(await resync()).toMatchObject({ state: 'done', records: 0 });
      expect(world.sourceStore.all().map(({ exactId }) => exactId)).toContain(account(6)?.exactId);
    });

    it('tell a record that could not be taken over once', async () => {
      const rejection = {
        exactId: anAccountRow(7).exactId,
        name: '7',
        reason: { kind: 'unreadable', message: 'Name is no text' },
      } as const;
      const rejected = (rowVersion: bigint) =>
        world.source.rejections.set(900_002, [{ ...rejection, rowVersion }]);
      world.source.of(900_002).accounts.push(at(6, 9_007_199_254_741_020n));
      rejected(9_007_199_254_741_015n);
      expect(await resync()).toMatchObject({ state: 'done', rejected: 1 });
      expect(await resync()).toMatchObject({ state: 'done', rejected: 0 });
      expect(await openIssues('record-rejected')).toHaveLength(1);

      rejected(9_007_199_254_741_025n);
      expect(await resync()).toMatchObject({ state: 'done', rejected: 1 });
    });
  });

  it('goes on after a crash from the last stored page, and two crashes do not fail the run (J02)', async () => {
    const runId = await world.start();
    const [message] = world.takeMessages();
    for (const dyingAt of [2, 1]) {
      let pages = 0;
      world.source.onPage = () => {
        pages += 1;
        if (pages === dyingAt) throw new Error('killed');
      };
      await expect(world.step(message!)).rejects.toThrow('killed');
      world.advance(10_000);
    }
    world.source.onPage = () => undefined;

    await world.step(message!);

    const step = await world.stepOf(runId, 900_001, 'accounts');
    expect(step).toMatchObject({ state: 'done', records: 8, epoch: 3, crashCount: 0 });
    expect(world.source.pagesOf(900_001, 'accounts')).toBe(3);
    expect(world.syncRuns.events.filter((event) => event.key === 'resumed')).toHaveLength(2);
  });

  it('refuses the late page of a worker that lost its step, and fetches every account once (J02)', async () => {
    const runId = await world.start();
    const [message] = world.takeMessages();
    world.source.onPage = async (request) => {
      if (request.cursor.next === null) return;
      world.source.onPage = () => undefined;
      world.advance(60_000);
      expect(await world.step(message!)).toMatchObject({ kind: 'ended' });
    };

    const zombie = await world.step(message!);

    expect(zombie).toEqual({ kind: 'lease-lost' });
    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({
      state: 'done',
      records: 8,
      epoch: 2,
    });
  });

  it('leaves a step alone that a living worker has, and one whose turn has not come', async () => {
    const runId = await world.start();
    const [message] = world.takeMessages();
    const later = await world.stepOf(runId, 900_001, 'contacts');
    world.source.onPage = async () => {
      expect(await world.step(message!)).toEqual({ kind: 'busy' });
    };

    await world.step(message!);

    world.source.onPage = () => undefined;
    const early = await world.stepOf(runId, 900_001, 'deleted');
    expect(await world.step({ kind: 'run-step', runId, stepId: early.id })).toEqual({ kind: 'busy' });
    expect(later.state).toBe('pending');
    expect(await world.step(message!)).toMatchObject({ kind: 'ended-before' });
    expect(world.source.pagesOf(900_001, 'accounts')).toBe(3);
  });

  it('tells a message of a step that has ended which one of the administration is next: a message that waited names the first', async () => {
    const runId = await world.start();
    const [message] = world.takeMessages();
    await world.step(message!);
    const next = await world.stepOf(runId, 900_001, 'contacts');
    expect(await world.step(message!)).toEqual({ kind: 'ended-before', nextStepId: next.id });
    expect(await world.stepOf(runId, 900_001, 'contacts')).toEqual(next);
  });

  it('gives up a step whose workers die three times without progress; others go on (F04)', async () => {
    const runId = await world.start();
    const [message] = world.takeMessages();
    world.source.onPage = ({ administration }) => {
      if (administration.division === 900_001) throw new Error('killed');
    };
    for (let count = 0; count < 3; count += 1) {
      await expect(world.step(message!)).rejects.toThrow('killed');
      world.advance(10_000);
    }

    expect(await world.step(message!)).toMatchObject({ kind: 'ended' });

    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({ state: 'failed' });
    expect(await openIssues()).toEqual([`fetch-failed:${amsterdam.id}:accounts`]);
    world.source.onPage = () => undefined;
    await world.step({
      kind: 'run-step',
      runId,
      stepId: (await world.stepOf(runId, 900_002, 'accounts')).id,
    });
    expect(await world.stepOf(runId, 900_002, 'accounts')).toMatchObject({ state: 'done' });
  });

  it('hands itself back after its pages with a message that continues it', async () => {
    const runId = await world.start();
    const [message] = world.takeMessages();

    expect(await world.step(message!, { pagesMax: 2 })).toEqual({ kind: 'released' });

    expect(world.outbox.messages().at(-1)).toEqual(message);
    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({
      state: 'pending',
      records: 6,
      leaseOwner: null,
    });
    await world.step(message!);
    expect(world.source.pagesOf(900_001, 'accounts')).toBe(3);
  });

  it('waits for a limit until its reset, at the same page, without a try; others are not touched (E04 a, b)', async () => {
    const runId = await world.start();
    const [message] = world.takeMessages();
    const until = new Date(world.time.getTime() + 30_000);
    world.source.fail(
      { kind: 'limited', until, window: 'minute' },
      { division: 900_001, kind: 'accounts', afterPages: 1 },
    );

    expect(await world.step(message!)).toEqual({ kind: 'waiting', dueAt: until });
    expect(await openIssues()).toEqual([]);

    const step = await world.stepOf(runId, 900_001, 'accounts');
    expect(step).toMatchObject({ state: 'waiting', waitReason: 'minute-limit', attempts: 0, records: 3 });
    expect(await world.step(message!)).toEqual({ kind: 'waiting', dueAt: until });
    expect((await world.stepOf(runId, 900_002, 'accounts')).state).toBe('pending');
    await world.work();
    world.advance(30_000);
    await world.step(message!);
    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({ state: 'done', records: 8 });
  });

  it('tells people when the limit of a day is reached, and until when, and that it is over with the next page', async () => {
    const runId = await world.start();
    const [message] = world.takeMessages();
    const until = new Date(world.time.getTime() + 8 * 3_600_000);
    const at = { division: 900_001, kind: 'accounts', afterPages: 1 } as const;
    world.source.fail({ kind: 'limited', until, window: 'day' }, at);
    expect(await world.step(message!)).toEqual({ kind: 'waiting', dueAt: until });
    expect(world.issues.all()).toMatchObject([
      {
        cause: 'day-limit-reached',
        class: 'transient',
        isBlocking: false,
        params: { until: until.toISOString() },
      },
    ]);

    world.time = until;
    await world.step(message!);
    expect(await openIssues()).toEqual([]);
    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({ state: 'done', records: 8 });
  });

  it('tries a fault that passes later and later, shows it after a while, and closes the issue on the next page (F32)', async () => {
    const runId = await world.start();
    const [message] = world.takeMessages();
    const fault = { kind: 'unavailable', retryAt: null, reason: 'HTTP 503' } as const;
    world.source.fail(fault, { division: 900_001, kind: 'accounts', times: 5 });
    const pauses: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const outcome = await world.step(message!);
      if (outcome.kind !== 'waiting') throw new Error(outcome.kind);
      pauses.push(outcome.dueAt.getTime() - world.time.getTime());
      world.time = outcome.dueAt;
      expect(await openIssues()).toHaveLength(count < 3 ? 0 : 1);
    }
    await world.step(message!);

    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000]);
    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({
      state: 'done',
      attempts: 0,
      failure: null,
    });
    expect(await openIssues()).toEqual([]);
  });

  it('stores and deletes nothing on an answer that is no page, and tells it (F34, F35)', async () => {
    const runId = await world.start();
    const [message] = world.takeMessages();
    const fault = { kind: 'unexpected', reason: 'HTTP 200, text/html' } as const;
    world.source.fail(fault, { division: 900_001, kind: 'accounts', times: 4 });
    for (let count = 0; count < 4; count += 1) {
      await world.step(message!);
      world.advance(60_000);
    }

    expect(await openIssues()).toEqual([`unexpected-answer:${amsterdam.id}:accounts`]);
    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({ state: 'waiting', records: 0 });
    expect(world.sourceStore.all()).toEqual([]);
  });

  it('stops one administration after one refusal and asks nothing more of it (F80, E05)', async () => {
    world.source.fail(
      { kind: 'access-lost', reason: 'NoDivisionAccess' },
      { division: 900_001, kind: 'contacts' },
    );
    const runId = await world.start();

    await world.work();

    expect(await world.administrations.findById(amsterdam.id)).toMatchObject({
      state: 'access-lost',
      stateReason: 'NoDivisionAccess',
    });
    expect(await openIssues()).toEqual([`administration-forbidden:${amsterdam.id}`]);
    expect(world.source.asked.filter((call) => call.division === 900_001).map((call) => call.kind)).toEqual([
      'accounts',
      'accounts',
      'accounts',
    ]);
    expect(await world.stepOf(runId, 900_001, 'addresses')).toMatchObject({ state: 'skipped' });
    expect((await world.run(runId)).state).toBe('comparing');
    expect(world.sourceStore.all()).toHaveLength(10);
  });

  it('has that refusal held against Exact’s list, once for all administrations of a consent (F80)', async () => {
    await world.connections.add(aConnection({ id: amsterdam.connectionId }), someSealedTokens());
    const refused = { kind: 'access-lost', reason: 'BlockedUser' } as const;
    const lists = () => world.outbox.messages().filter(({ kind }) => kind === 'list-divisions').length;
    const lose = async () => {
      for (const { division } of world.companies) world.source.fail(refused, { division, kind: 'accounts' });
      const runId = await world.start('initial');
      await world.work();
      await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });
    };
    const isListed = async () => {
      const connection = await world.connections.findById(amsterdam.connectionId);
      await world.connections.save({ ...connection!, listRequestedAt: null, listedAt: world.time });
      for (const one of world.companies) await world.administrations.save(one);
    };

    await lose();
    expect(lists()).toBe(1);
    await isListed(); // as if nothing was wrong
    await lose();
    expect(lists()).toBe(1);
    await isListed();
    world.advance(3_600_000);
    await lose();
    expect(lists()).toBe(2);
  });

  it('a page of one that was being coupled anew proves that its access is back, not that its plan was seen (F80)', async () => {
    const runId = await world.start();
    const activatedAt = new Date(world.time.getTime() - 1);
    const since = { activatedAt, selectedAt: world.time };
    await world.administrations.save({
      ...amsterdam,
      ...since,
      state: 'access-lost',
      stateReason: 'no-rights',
    });

    await world.work();

    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({ state: 'done' });
    expect(await world.administrations.findById(amsterdam.id)).toMatchObject({
      state: 'coupling',
      stateReason: null,
    });
  });

  it('leaves out a part whose right is missing and goes on with the others', async () => {
    world.source.fail(
      { kind: 'right-missing', reason: 'no module' },
      { division: 900_001, kind: 'cost-units' },
    );
    const runId = await world.start();

    await world.work();

    expect(await world.stepOf(runId, 900_001, 'cost-units')).toMatchObject({ state: 'failed' });
    expect(await world.stepOf(runId, 900_001, 'deleted')).toMatchObject({ state: 'done' });
    expect(await openIssues()).toEqual([`right-missing:${amsterdam.id}:cost-units`]);
  });

  it('waits for a person when the consent is dead, without failing (E01, F45)', async () => {
    world.source.fail(
      { kind: 'reconnect', reason: 'old-token' },
      { division: 900_001, kind: 'accounts', afterPages: 1 },
    );
    const runId = await world.start();
    const [message] = world.takeMessages();

    expect(await world.step(message!)).toMatchObject({ kind: 'waiting' });

    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({
      waitReason: 'reconnect',
      records: 3,
      attempts: 0,
    });
    expect(await openIssues()).toEqual([`connection-broken:${amsterdam.connectionId}`]);
  });

  it('fails a run that could read nothing at all', async () => {
    for (const division of [900_001, 900_002])
      world.source.fail({ kind: 'access-lost', reason: 'LicenseExpired' }, { division, kind: 'accounts' });
    const runId = await world.start();

    await world.work();

    expect(await world.run(runId)).toMatchObject({
      state: 'failed',
      failure: { kind: 'nothing-fetched' },
      endedAt: world.time,
    });
    // Nothing of a run that has ended looks as if it were still to come.
    expect(await world.stepOf(runId, 0, 'compare')).toMatchObject({ state: 'skipped', endedAt: world.time });
    expect(world.outbox.kinds()).not.toContain('compare-run');
  });

  it('counts what was taken over and what was not, with an issue per record, and closes it when the record comes through (C04)', async () => {
    const tooLong = { kind: 'too-long', field: 'name', length: 600, limit: 255 } as const;
    const bad = anAccountRow(20);
    world.source.rejections.set(900_001, [
      { exactId: bad.exactId, name: '20 xxx', reason: tooLong },
      { exactId: null, name: '?', reason: { kind: 'unreadable', message: 'EndDate is no date' } },
    ]);
    const runId = await world.start();
    await world.work();

    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({
      state: 'done',
      records: 8,
      rejected: 2,
    });
    expect(world.syncRuns.events.find(({ key }) => key === 'records-rejected')?.params).toEqual({
      kind: 'accounts',
      records: 2,
    });
    const key = `value-too-long:${amsterdam.id}:accounts:${bad.exactId}`;
    expect(await openIssues('value-too-long')).toEqual([key]);
    const issue = world.issues.all().find((each) => each.causeKey === key);
    expect(issue?.params).toMatchObject({ name: '20 xxx', field: 'name', length: 600, limit: 255 });
    expect(await openIssues('record-rejected')).toHaveLength(1);

    world.source.rejections.clear();
    world.source.of(900_001).accounts.push({ ...bad, rowVersion: 5_000n });
    await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });
    await world.start('resync');
    await world.work();
    expect(await openIssues('value-too-long')).toEqual([]);
  });

  it.each(['deletes', 'is read whole without'] as const)(
    'closes the issue about a record that was not taken over once Exact %s it',
    async (how) => {
      const { exactId } = anAccountRow(20);
      const unreadable = { kind: 'unreadable', message: 'EndDate is no date' } as const;
      const still = { exactId: anAccountRow(21).exactId, name: '21', reason: unreadable };
      world.source.rejections.set(900_001, [{ exactId, name: '20', reason: unreadable }, still]);
      const first = await world.start();
      await world.work();
      expect(await openIssues('record-rejected')).toHaveLength(2);

      world.advance(3_600_000);
      world.source.rejections.set(900_001, [still]);
      if (how === 'deletes') world.source.of(900_001).deleted.push({ entity: 'account', exactId });
      else {
        await world.administrations.save({ ...amsterdam, movedAt: '2026-11-24' });
        world.source.of(900_001).accounts = rows(9);
      }
      await world.syncRuns.save({ ...(await world.run(first)), state: 'completed' });
      await world.start('resync');
      await world.work();
      expect(await openIssues('record-rejected')).toEqual([
        `record-rejected:${amsterdam.id}:accounts:${still.exactId}`,
      ]);
    },
  );

  it('skips an administration that was removed meanwhile', async () => {
    const runId = await world.start();
    await world.administrations.save({ ...amsterdam, state: 'removed' });

    await world.work();

    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({ state: 'skipped' });
    expect(world.source.asked.filter((call) => call.division === 900_001)).toEqual([]);
  });
});

describe('the end of a full read', () => {
  const complete = async (runId: SyncRunId) =>
    world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });

  async function secondFullRead(): Promise<SyncRunId> {
    await complete(await world.start().then(async (id) => (await world.work(), id)));
    return anotherFullRead();
  }

  async function anotherFullRead(): Promise<SyncRunId> {
    for (const administration of [amsterdam, utrecht])
      await world.cursors.remove(administration.id, 'accounts');
    const runId = await world.start('resync');
    return runId;
  }

  it('deletes nothing when the list comes back empty, and asks (E11 a)', async () => {
    const runId = await secondFullRead();
    world.source.of(900_001).accounts = [];
    world.source.countIs = 8;

    await world.work();

    expect(await world.sourceStore.countPresent(amsterdam.id)).toBe(8);
    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({ state: 'failed' });
    expect(await openIssues('no-relations')).toEqual([`no-relations-returned:${amsterdam.id}`]);
  });

  it('names the missing right when Exact says that the user may not read', async () => {
    world.source.of(900_001).accounts = [];
    world.source.mayRead = false;
    await world.start();

    await world.work();

    expect(await openIssues('right-missing')).toEqual([`right-missing:${amsterdam.id}:accounts`]);
  });

  it('deletes nothing when the read broke off (E11 b)', async () => {
    await secondFullRead();
    world.source.of(900_001).accounts = rows(7);
    world.source.fail(
      { kind: 'right-missing', reason: 'x' },
      { division: 900_001, kind: 'accounts', afterPages: 2 },
    );

    await world.work();

    expect(await world.sourceStore.countPresent(amsterdam.id)).toBe(8);
  });

  it('deletes what a proven complete read did not meet', async () => {
    await secondFullRead();
    world.source.of(900_001).accounts = rows(7);

    await world.work();

    expect(await world.sourceStore.countPresent(amsterdam.id)).toBe(7);
    expect(await openIssues('deletions')).toEqual([]);
  });

  const bankAccounts = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      exactId: `00000000-0000-4000-8000-0000000b${String(index).padStart(4, '0')}`,
      accountExactId: null,
      rowVersion: null,
      fields: { iban: String(index) },
    }));
  const bankAccountsLeft = () => world.sourceStore.countPresentParts(amsterdam.id, 'bank-account');

  it('deletes bank accounts that a proven complete read did not meet: no log tells of those', async () => {
    world.source.of(900_001).parts = bankAccounts(40);
    await secondFullRead();
    world.source.of(900_001).parts = bankAccounts(38);

    await world.work();

    expect(await bankAccountsLeft()).toBe(38);
    expect(await openIssues('part-deletions')).toEqual([]);
  });

  it.each([
    ['many are gone at once', 20, null],
    ['none is left, as without the right', 0, null],
    ['the count of Exact does not agree', 39, 40],
  ])('deletes no bank account when %s, and asks', async (_, left, counted) => {
    world.source.of(900_001).parts = bankAccounts(40);
    await secondFullRead();
    world.source.of(900_001).parts = bankAccounts(left);
    world.source.partsAre = counted;

    await world.work();

    expect(await bankAccountsLeft()).toBe(40);
    expect(await openIssues('part-deletions')).toEqual([
      `part-deletions-unproven:${amsterdam.id}:bank-account`,
    ]);
  });

  it('asks no more once a full read met all', async () => {
    world.source.of(900_001).parts = bankAccounts(40);
    const runId = await secondFullRead();
    world.source.of(900_001).parts = bankAccounts(20);
    world.source.of(900_001).accounts = rows(3);
    await world.work();
    expect(await openIssues('')).toHaveLength(2);

    world.source.of(900_001).parts = bankAccounts(40);
    world.source.of(900_001).accounts = rows(8);
    await complete(runId);
    await anotherFullRead();
    await world.work();
    expect(await openIssues('')).toEqual([]);
  });

  it('asks when the count of Exact does not agree with what was met, and reads all again next time (I8)', async () => {
    await secondFullRead();
    world.source.of(900_001).accounts = rows(7);
    world.source.countIs = 8;

    await world.work();

    expect(await world.sourceStore.countPresent(amsterdam.id)).toBe(8);
    expect(await openIssues('deletions')).toEqual([`deletions-unproven:${amsterdam.id}`]);
    expect((await world.cursors.findMany(amsterdam.id)).map((cursor) => cursor.kind)).not.toContain(
      'accounts',
    );
  });

  it('asks before it believes that many are gone at once (E11 c)', async () => {
    await secondFullRead();
    world.source.of(900_001).accounts = rows(3);

    await world.work();

    expect(await world.sourceStore.countPresent(amsterdam.id)).toBe(8);
    expect(await openIssues('deletions')).toEqual([`deletions-unproven:${amsterdam.id}`]);
  });

  it('reads everything again when the log of deletions may have lost its beginning (E11 c)', async () => {
    await complete(await world.start().then(async (id) => (await world.work(), id)));
    world.advance(75 * 24 * 3_600_000);

    const runId = await world.start('resync');

    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({
      isFullRead: true,
      cursorTimestamp: '1',
    });
  });

  it('reads everything again when the division was moved, and neither doubles nor removes anything (E10)', async () => {
    await complete(await world.start().then(async (id) => (await world.work(), id)));
    await world.administrations.save({ ...amsterdam, movedAt: '2026-11-25|' });
    world.source.of(900_001).accounts = rows(8).map((row, index) => ({
      ...row,
      rowVersion: BigInt(5 + index),
    }));

    const runId = await world.start('resync');
    await world.work();

    expect(await world.sourceStore.countPresent(amsterdam.id)).toBe(8);
    expect(world.sourceStore.changedIn(runId)).toEqual([]);
    expect((await world.stepOf(runId, 900_001, 'accounts')).cursorTimestamp).toBe('12');
  });

  it('takes deletions from the log, for known accounts only (E11 d, e)', async () => {
    const first = await world.start();
    await world.work();
    await complete(first);
    world.source.of(900_001).deleted = [
      { entity: 'account', exactId: anAccountRow(3).exactId },
      { entity: 'account', exactId: anAccountRow(99).exactId },
    ];

    const runId = await world.start('resync');
    await world.work();

    expect(world.sourceStore.changedIn(runId)).toEqual([anAccountRow(3).exactId]);
    expect(await world.sourceStore.countPresent(amsterdam.id)).toBe(7);
  });
});
