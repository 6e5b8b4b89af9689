import { beforeEach, describe, expect, it } from 'vitest';
import { reopenIssue } from '../issues/index.js';
import { asId, type RelationId, type WriteIntentId } from '../kernel/index.js';
import {
  anAccountRow,
  anAddress,
  anAdministration,
  aStoredAccount,
  aSyncRun,
  aSyncWorld,
  aWriteIntent,
  idOf,
  InMemoryWriteSource,
  type SyncWorld,
} from '../testing/index.js';
import { sendWrite } from './send-write.js';
import { writeAttemptsMax } from './settle-write.js';

const amsterdam = anAdministration({ division: 900_001, state: 'active' });

let world: SyncWorld;
let exact: InMemoryWriteSource;
const intent = aWriteIntent({ patch: { name: 'Nieuw' } });
const storing = () => ({
  administrationId: amsterdam.id,
  runId: aSyncRun().id,
  now: world.time,
  writtenSince: world.time,
  isFullRead: true,
});
beforeEach(async () => {
  world = aSyncWorld([amsterdam]);
  exact = new InMemoryWriteSource([anAccountRow(1, { shared: { name: 'Oud' } })]);
  await world.sourceStore.upsertAccounts(storing(), [aStoredAccount(1, { shared: { name: 'Oud' } })]);
  await world.link({ sourceRelationId: aStoredAccount(1).id, relationId: intent.relationId });
  await world.writeIntents.addMany([intent]);
});
const send = (intentId = intent.id) =>
  sendWrite({ ...world.deps, source: exact }, { tenantId: world.tenantId, intentId });
const stored = () => world.writeIntents.findById(intent.id);

describe('sendWrite', () => {
  it('changes only the given fields, reads back and stores it, so that the echo is no change', async () => {
    expect(await send()).toEqual({ kind: 'confirmed' });

    expect(exact.writes).toEqual([{ name: 'Nieuw' }]);
    expect(await stored()).toMatchObject({ state: 'confirmed', attempts: 1, settledAt: world.time });
    const source = await world.sourceStore.findRelation(aStoredAccount(1).id);
    expect(source).toMatchObject({
      contentHash: anAccountRow(1, { shared: { name: 'Nieuw' } }).contentHash,
      base: null,
    });
    expect(source?.fields.shared.name).toBe('Nieuw');
  });

  it('does nothing a second time', async () => {
    await send();
    expect(await send()).toEqual({ kind: 'nothing-to-do' });
    expect(exact.writes).toHaveLength(1);
  });

  it('sends nothing while the coupling or the administration is not active (product.md 3.19)', async () => {
    world.syncPolicy.set({ isActive: false });
    expect(await send()).toMatchObject({ kind: 'waiting' });
    world.syncPolicy.set({ isActive: true });
    await world.administrations.save({ ...amsterdam, state: 'paused' });
    world.advance(60_000);
    expect(await send()).toMatchObject({ kind: 'waiting' });
    expect(exact.writes).toEqual([]);
  });

  it.each(['planned', 'uncertain'] as const)(
    'ends a write that is %s where its administration was removed: its value is old once that returns',
    async (state) => {
      await world.writeIntents.save({ ...intent, state });
      await world.administrations.save({ ...amsterdam, state: 'removed' });
      expect(await send()).toEqual({ kind: 'nothing-to-do' });
      expect(await stored()).toMatchObject({ state: 'superseded', settledAt: world.time });
      expect(exact.writes).toEqual([]);
    },
  );

  it('repeats nothing that a later write says: an edit in Exact that was accepted since is not overwritten, not even for a moment (F39)', async () => {
    exact.next = 'lost-after-write';
    await send();
    const row = anAccountRow(1, { shared: { name: 'Ander' } });
    exact.put(row);
    await world.sourceStore.upsertAccounts(storing(), [aStoredAccount(1, { shared: { name: 'Ander' } })]);
    await world.sourceStore.acceptAsBase(aStoredAccount(1).id);
    const later = aWriteIntent({ id: asId<WriteIntentId>(idOf(88)), patch: { name: 'Ander' } });
    world.advance(150_000);
    await world.writeIntents.addMany([{ ...later, createdAt: world.time, dueAt: world.time }]);

    const again = await send();
    expect([again, await stored()]).toMatchObject([{ kind: 'overtaken' }, { state: 'superseded' }]);
    expect(await send(later.id)).toEqual({ kind: 'confirmed' });
    expect(exact.writes).toEqual([{ name: 'Nieuw' }]);
  });

  it('looks before it repeats a write whose answer was lost (F39)', async () => {
    exact.next = 'lost-after-write';
    const waiting = await send();
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
    expect(await stored()).toMatchObject({ state: 'uncertain' });
    world.time = waiting.dueAt;

    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.writes).toHaveLength(1);
  });

  it('repeats a write that did not arrive', async () => {
    exact.next = { kind: 'unavailable', retryAt: null, reason: 'HTTP 503' };
    const waiting = await send();
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
    world.time = waiting.dueAt;

    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.writes).toHaveLength(2);
  });

  it('is tried for a day at least while Exact answers with errors, and not before the moment that Exact tells (F32)', async () => {
    const began = world.time;
    const told = new Date(began.getTime() + 3_600_000);
    exact.next = { kind: 'unavailable', retryAt: told, reason: 'HTTP 503' };
    expect(await send()).toEqual({ kind: 'waiting', dueAt: told });
    for (let time = 1; world.time.getTime() - began.getTime() < 24 * 3_600_000; time += 1) {
      expect(time).toBeLessThan(writeAttemptsMax);
      exact.next = { kind: 'unavailable', retryAt: null, reason: 'HTTP 503' };
      const waiting = await send();
      if (waiting.kind !== 'waiting') throw new Error(`${waiting.kind} after ${time}`);
      world.time = waiting.dueAt;
    }
    expect(await send()).toEqual({ kind: 'confirmed' });
  });

  it('looks, and writes nothing, when all of it was taken back while it was in doubt', async () => {
    await world.writeIntents.save({ ...intent, state: 'uncertain', attempts: 1, patch: {} });
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.writes).toEqual([]);
  });

  it('takes over a write whose worker died after sending', async () => {
    await world.writeIntents.save({
      ...intent,
      state: 'sent',
      attempts: 1,
      dueAt: new Date(world.time.getTime() + 1_000),
    });
    expect(await send()).toMatchObject({ kind: 'waiting' });
    world.advance(2_000);
    expect(await send()).toEqual({ kind: 'confirmed' });
  });

  describe('that stops every worker which takes it', () => {
    const stops = async (times: number) => {
      const { readAccount } = exact;
      exact.readAccount = () => Promise.reject(new Error('stopped'));
      for (let time = 0; time < times; time += 1) {
        await expect(send()).rejects.toThrow('stopped');
        world.advance(150_000);
      }
      exact.readAccount = readAccount;
    };

    it('is given up after three starts, and people are asked (F04)', async () => {
      await stops(3);
      expect(world.issues.all()).toEqual([]);

      expect(await send()).toEqual({ kind: 'failed' });

      const [issue] = world.issues.all();
      expect(issue).toMatchObject({
        ...{ cause: 'write-uncertain', state: 'open' },
        params: { reason: 'its worker stopped 3 times', intentId: intent.id, name: 'Oud' },
      });
      // Looked up before it is sent again, as nobody knows whether it arrived.
      expect(await stored()).toMatchObject({ state: 'failed', attempts: 3, failure: { kind: 'uncertain' } });
      world.advance(150_000);
      expect(await send()).toEqual({ kind: 'nothing-to-do' });
      expect(exact.writes).toEqual([]);
    });

    it('is sent by the third, and any end that is told makes up for those before', async () => {
      await stops(2);
      exact.nextReads.push({ kind: 'limited', until: world.time, window: 'minute' });
      expect(await send()).toMatchObject({ kind: 'waiting' });
      await stops(2);
      expect(await send()).toEqual({ kind: 'confirmed' });
      expect(await stored()).toMatchObject({ state: 'confirmed', failure: null });
      expect(world.issues.all()).toEqual([]);
    });
  });

  it('sends nothing that its worker was kept from for so long that another may have taken it over (F02)', async () => {
    const { readAccount } = exact;
    exact.readAccount = async (...asked) => {
      const read = await readAccount.apply(exact, asked);
      exact.readAccount = readAccount;
      world.advance(25_001);
      return read;
    };
    const waiting = await send();
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
    expect(exact.writes).toEqual([]);
    expect(await stored()).toMatchObject({ state: 'planned', attempts: 1 });
    expect(waiting.dueAt > world.time).toBe(true);
    world.time = waiting.dueAt;
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.writes).toHaveLength(1);
  });

  it('tells people that a write is kept back when what is read before it takes too long each time, and gives up in the end', async () => {
    const { readAccount } = exact;
    exact.readAccount = (...asked) => {
      world.advance(26_000);
      return readAccount.apply(exact, asked);
    };
    const keptBack = async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        const waiting = await send();
        if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
        world.time = waiting.dueAt;
      }
    };
    await keptBack(3);
    expect(world.issues.all()).toEqual([]);
    await keptBack(1);
    expect(world.issues.all()).toMatchObject([{ cause: 'write-uncertain', state: 'open' }]);
    await keptBack(writeAttemptsMax - 5);
    expect(await send()).toEqual({ kind: 'failed' });
    // Nobody knows whether it arrived: it is still the same issue, not one that says that nothing has changed.
    expect(world.issues.all()).toMatchObject([{ cause: 'write-uncertain', state: 'open' }]);
    expect(exact.writes).toEqual([]);
  });

  it('is tried as often again when a person asks for it after it was given up', async () => {
    const fails = () => (exact.next = { kind: 'unavailable', reason: 'HTTP 503', retryAt: null });
    const given = { ...intent, state: 'uncertain', attempts: 20, triesBefore: 20 } as const;
    await world.writeIntents.save(given);
    for (let time = 0; time < writeAttemptsMax - 1; time += 1) {
      fails();
      const waiting = await send();
      if (waiting.kind !== 'waiting') throw new Error(`${waiting.kind} after ${time}`);
      if (time === 0) expect(waiting.dueAt.getTime() - world.time.getTime()).toBeLessThanOrEqual(5_000);
      expect(world.issues.all()).toHaveLength(time < 3 ? 0 : 1);
      world.time = waiting.dueAt;
    }
    fails();
    expect(await send()).toEqual({ kind: 'failed' });
    expect(await stored()).toMatchObject({ attempts: writeAttemptsMax + 20, failure: { kind: 'uncertain' } });
  });

  it('tells it when Exact drops a field without a word', async () => {
    exact.next = 'dropped';

    expect(await send()).toEqual({ kind: 'failed' });

    expect(await stored()).toMatchObject({ state: 'failed', failure: { kind: 'silently-dropped' } });
    expect(await world.issues.findOpenCauseKeys('')).toEqual([`write-refused:${aStoredAccount(1).id}`]);
    expect(await world.sourceStore.findRelation(aStoredAccount(1).id)).toMatchObject({
      base: null,
      fields: { shared: { name: 'Oud' } },
    });
  });

  it('tells only of the field that Exact dropped, and closes what was told of the one that it took', async () => {
    const patch = { email: 'info@bakker.test', phone: '0318-222222' };
    const both = aWriteIntent({ id: 'both' as typeof intent.id, patch });
    const again = { ...both, id: 'again' as typeof intent.id };
    await world.writeIntents.save({ ...intent, state: 'confirmed' });
    await world.writeIntents.addMany([both]);
    exact.next = { kind: 'refused', message: 'Nee.' };
    await send(both.id);
    expect(world.issues.all()).toMatchObject([{ state: 'open', params: { fields: 'email phone' } }]);

    const { updateAccount } = exact;
    exact.updateAccount = (to, { exactId }, isTooLate) =>
      updateAccount.apply(exact, [to, { exactId, patch: { email: patch.email } }, isTooLate]);
    await world.writeIntents.addMany([again]);
    expect(await send(again.id)).toEqual({ kind: 'failed' });
    expect(world.issues.all()).toMatchObject([
      { state: 'open', params: { fields: 'phone', reason: 'dropped without a word: phone' } },
    ]);
  });

  it("fails with Exact's own text when Exact refuses, and closes the issue when a later write of the same succeeds", async () => {
    exact.next = { kind: 'refused', message: 'Gegeven bestaat reeds.' };
    expect(await send()).toEqual({ kind: 'failed' });
    const [issue] = world.issues.all();
    expect(issue).toMatchObject({
      cause: 'write-refused',
      params: { name: 'Oud', reason: 'Gegeven bestaat reeds.' },
    });

    const again = aWriteIntent({ id: 'again' as typeof intent.id });
    await world.writeIntents.addMany([again]);
    expect(await send(again.id)).toEqual({ kind: 'confirmed' });
    expect(await world.issues.findOpenCauseKeys('')).toEqual([]);
  });

  describe('after another field of the same account was refused', () => {
    const email = { email: 'info@bakker.test' };
    const another = aWriteIntent({ id: 'another' as typeof intent.id, patch: email });
    const told = () =>
      world.issues
        .all()
        .filter(({ state }) => state === 'open')
        .map(({ cause, params: { fields, reason } }) => ({ cause, fields, reason }));
    const refuse = async (id: typeof intent.id, message: string, about?: 'unknown-code') => {
      exact.next = { kind: 'refused', message, ...(about && { about }) };
      expect(await send(id)).toEqual({ kind: 'failed' });
    };
    beforeEach(async () => {
      await refuse(intent.id, 'Naam bestaat.');
      await world.writeIntents.addMany([another]);
    });

    it('leaves what people were told of that one, which is not written yet', async () => {
      expect(await send(another.id)).toEqual({ kind: 'confirmed' });
      expect(told()).toEqual([{ cause: 'write-refused', fields: 'name', reason: 'Naam bestaat.' }]);
    });

    it('tells of both when it is refused too, in one issue, until both are written', async () => {
      await refuse(another.id, 'E-mail klopt niet.');
      expect(told()).toEqual([
        { cause: 'write-refused', fields: 'email name', reason: 'E-mail klopt niet. / Naam bestaat.' },
      ]);
      const again = [{ name: 'Nieuw' }, email].map((patch, nth) =>
        aWriteIntent({ id: `again ${nth}` as typeof intent.id, patch }),
      );
      await world.writeIntents.addMany(again);
      expect(await send(again[0]!.id)).toEqual({ kind: 'confirmed' });
      expect(told()).toMatchObject([{ fields: 'email' }]);
      expect(await send(again[1]!.id)).toEqual({ kind: 'confirmed' });
      expect(told()).toEqual([]);
    });

    it('tells of each by its own cause', async () => {
      await refuse(another.id, 'Onbekend.', 'unknown-code');
      expect(told()).toEqual([
        { cause: 'write-refused', fields: 'name', reason: 'Naam bestaat.' },
        { cause: 'reference-invalid', fields: 'email', reason: 'Onbekend.' },
      ]);
    });

    it('is told of also when somebody ignored that one; ignored of it stays ignored', async () => {
      const [issue] = world.issues.all();
      await world.issues.save({ ...issue!, state: 'ignored', ignoredReason: 'Bekend' });
      const again = aWriteIntent({ id: 'again' as typeof intent.id });
      await world.writeIntents.addMany([{ ...again, createdAt: new Date(intent.createdAt.getTime() - 1) }]);
      await refuse(again.id, 'Naam bestaat.');
      expect(told()).toEqual([]);
      const ignored = { state: 'ignored', ignoredReason: 'Bekend', params: { intentId: again.id } };
      expect(world.issues.all()).toMatchObject([ignored]);

      await refuse(another.id, 'E-mail klopt niet.');
      expect(told()).toEqual([{ cause: 'write-refused', fields: 'email', reason: 'E-mail klopt niet.' }]);
      expect(world.issues.all()[0]).toMatchObject(ignored);
    });

    it('is told of alone when both are refused at once and somebody ignored that one, which stays ignored until it is written', async () => {
      const [issue] = world.issues.all();
      await world.issues.save({ ...issue!, state: 'ignored', ignoredReason: 'Bekend' });
      const both = aWriteIntent({ id: 'both' as typeof intent.id, patch: { ...intent.patch, ...email } });
      await world.writeIntents.save({ ...another, state: 'superseded' });
      await world.writeIntents.addMany([both]);
      await refuse(both.id, 'Nee.');
      expect(told()).toEqual([{ cause: 'write-refused', fields: 'email', reason: 'Nee.' }]);
      const ignored = {
        state: 'ignored',
        ignoredReason: 'Bekend',
        params: { fields: 'name', reason: 'Nee.' },
      };
      expect(world.issues.all()[0]).toMatchObject(ignored);

      const again = [email, intent.patch].map((patch, nth) =>
        aWriteIntent({ id: `again ${nth}` as typeof intent.id, patch }),
      );
      await world.writeIntents.addMany(again);
      await send(again[0]!.id);
      expect([told(), world.issues.all()[0]?.state]).toEqual([[], 'ignored']);
      await send(again[1]!.id);
      expect(world.issues.all().map(({ state }) => state)).toEqual(['resolved', 'resolved']);
    });

    it('is one issue with that one again when somebody takes up what he ignored', async () => {
      const [issue] = world.issues.all();
      await world.issues.save({ ...issue!, state: 'ignored', ignoredReason: 'Bekend' });
      await refuse(another.id, 'E-mail klopt niet.');
      const { tenantId, deps } = world;
      const actor = { id: 'u1', name: 'Anna', kind: 'person' } as const;
      const command = { tenantId, issueId: issue!.id, version: issue!.version, actor };
      expect((await reopenIssue(deps, command)).ok).toBe(true);
      expect(told()).toEqual([
        { cause: 'write-refused', fields: 'email name', reason: 'E-mail klopt niet. / Naam bestaat.' },
      ]);
      expect(world.issues.all()[0]?.state).toBe('open');
    });
  });

  it('names the account that has it already, with its relation here, when Exact says that it exists', async () => {
    exact.put(anAccountRow(2, { shared: { name: 'Nieuw' }, local: { code: '  42' } }));
    const other = aStoredAccount(2, { shared: { name: 'Nieuw' } });
    await world.sourceStore.upsertAccounts(storing(), [other]);
    const relationId = 'other' as typeof intent.relationId;
    await world.link({ sourceRelationId: other.id, relationId });
    exact.next = { kind: 'refused', message: 'Gegeven bestaat reeds.', about: 'already-exists' };

    expect(await send()).toEqual({ kind: 'failed' });

    const { exactId: otherExactId } = anAccountRow(2);
    expect(world.issues.all()).toMatchObject([
      { cause: 'write-exists', params: { name: 'Oud', other: 'Nieuw (42)', otherExactId, relationId } },
    ]);
  });

  it("shows Exact's own text when what exists already cannot be found, or looked for", async () => {
    exact.next = { kind: 'refused', message: 'Gegeven bestaat reeds.', about: 'already-exists' };
    exact.nextSearches.push({ kind: 'unavailable', retryAt: null, reason: 'HTTP 503' });
    expect(await send()).toEqual({ kind: 'failed' });
    expect(world.issues.all()).toMatchObject([
      { cause: 'write-refused', params: { reason: 'Gegeven bestaat reeds.' } },
    ]);
  });

  it('does not look for what exists already when the refusal came late: another worker may take the write over (F02)', async () => {
    exact.put(anAccountRow(2, { shared: { name: 'Nieuw' } }));
    exact.next = { kind: 'refused', message: 'Gegeven bestaat reeds.', about: 'already-exists' };
    const update = exact.updateAccount.bind(exact);
    exact.updateAccount = async (...given) => {
      const refused = await update(...given);
      world.advance(26_000);
      return refused;
    };

    expect(await send()).toEqual({ kind: 'failed' });
    expect(world.issues.all()).toMatchObject([{ cause: 'write-refused' }]);
  });

  it.each([
    ['unknown-code', 'reference-invalid'],
    ['ledger-account', 'ledger-account-unusable'],
    ['period-closed', 'period-closed'],
    ['not-customer-or-supplier', 'role-missing'],
  ] as const)(
    'makes one issue of its own of a refusal for %s, which takes the place of the one before',
    async (about, cause) => {
      const others = ['write-refused', 'write-uncertain'] as const;
      const { administrationId } = intent;
      for (const earlier of others) {
        const causeKey = `${earlier}:${aStoredAccount(1).id}`;
        await world.issues.report([{ cause: earlier, causeKey, administrationId, params: {} }], world.time);
      }
      exact.next = { kind: 'refused', message: 'Nee.', about };
      expect(await send()).toEqual({ kind: 'failed' });
      expect(await world.issues.findOpenCauseKeys('')).toEqual([`${cause}:${aStoredAccount(1).id}`]);

      const again = aWriteIntent({ id: 'again' as typeof intent.id });
      await world.writeIntents.addMany([again]);
      expect(await send(again.id)).toEqual({ kind: 'confirmed' });
      expect(await world.issues.findOpenCauseKeys('')).toEqual([]);
    },
  );

  it('lets the next run read the lists of codes again when Exact knows a code no more, so that the settings show which ones there are', async () => {
    const { administrationId } = intent;
    const read = {
      administrationId,
      timestamp: '1',
      overlapFrom: null,
      movedAt: null,
      updatedAt: world.time,
    };
    for (const kind of ['accounts', 'vat-codes', 'payment-conditions'] as const)
      await world.cursors.put({ ...read, kind });
    const known = async () => (await world.cursors.findMany(administrationId)).map(({ kind }) => kind);

    exact.next = { kind: 'refused', message: 'Nee.', about: 'period-closed' };
    expect(await send()).toEqual({ kind: 'failed' });
    expect(await known()).toHaveLength(3);

    const again = aWriteIntent({ id: 'again' as typeof intent.id });
    await world.writeIntents.addMany([again]);
    exact.next = { kind: 'refused', message: 'Nee.', about: 'unknown-code' };
    expect(await send(again.id)).toEqual({ kind: 'failed' });
    expect(await known()).toEqual(['accounts']);
  });

  it('tells where a right is missing when the user may not write', async () => {
    exact.next = { kind: 'right-missing', reason: 'ApplicationScope' };
    expect(await send()).toEqual({ kind: 'failed' });
    expect(world.issues.all()).toMatchObject([
      { cause: 'write-forbidden', class: 'permission', params: { reason: 'ApplicationScope' } },
    ]);
  });

  it('tells once that access to the administration is lost, has it looked at, and waits', async () => {
    for (let time = 0; time < 2; time += 1) {
      exact.next = { kind: 'access-lost', reason: 'NoDivisionAccess' };
      const waiting = await send();
      if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
      world.time = waiting.dueAt;
    }
    expect(await world.issues.findOpenCauseKeys('')).toEqual([`administration-forbidden:${amsterdam.id}`]);
    const asked = world.outbox.messages().filter(({ kind }) => kind === 'start-resync');
    expect(asked).toEqual([{ kind: 'start-resync', administrationIds: [amsterdam.id] }]);
  });

  it('waits for a limit without a try', async () => {
    const until = new Date(world.time.getTime() + 30_000);
    exact.next = { kind: 'limited', until, window: 'minute' };
    expect(await send()).toEqual({ kind: 'waiting', dueAt: until });
    expect(await stored()).toMatchObject({ state: 'planned', attempts: 0 });
    expect(world.issues.all()).toEqual([]);
  });

  it('is looked at again by whoever sent it, without a message that would double the looks at every limit (F95)', async () => {
    exact.next = { kind: 'limited', until: new Date(world.time.getTime() + 30_000), window: 'minute' };
    expect(await send()).toMatchObject({ kind: 'waiting' });
    expect(world.outbox.messages()).toEqual([]);
  });

  it('asks Exact as who waits for it, and tells nobody that a plan’s share of the day is used up (F31)', async () => {
    await world.writeIntents.save({ ...intent, purpose: 'plan' });
    const asked: string[] = [];
    const { readAccount } = exact;
    exact.readAccount = (target, exactId) => {
      asked.push(target.purpose);
      return readAccount.call(exact, target, exactId);
    };
    exact.next = { kind: 'limited', until: new Date(world.time.getTime() + 8 * 3_600_000), window: 'day' };
    expect(await send()).toMatchObject({ kind: 'waiting' });
    expect(asked).toEqual(['plan']);
    expect(world.issues.all()).toEqual([]);
  });

  it('lets no person wait for another try: like all that nobody waits for it stands by while Exact is silent (F32)', async () => {
    const asked: string[] = [];
    const { readAccount } = exact;
    exact.readAccount = (target, exactId) => {
      asked.push(target.purpose);
      return readAccount.call(exact, target, exactId);
    };
    const away = { kind: 'unavailable', retryAt: null, reason: 'HTTP 503' } as const;
    for (const fault of [{ kind: 'limited', until: world.time, window: 'minute' }, away, away] as const) {
      exact.next = fault;
      const tried = await send();
      if (tried.kind !== 'waiting') throw new Error(tried.kind);
      world.time = tried.dueAt;
    }
    expect(asked).toEqual(['interactive', 'interactive', 'upkeep']);

    const open = await stored();
    if (!open) throw new Error('gone');
    await world.writeIntents.save({ ...open, triesBefore: open.attempts });
    await send();
    expect(asked[3]).toBe('interactive');
  });

  it('tells people that it waits until Exact may be asked again, until a write arrives', async () => {
    const until = new Date(world.time.getTime() + 1_800_000);
    exact.next = { kind: 'suspended', until, status: 'crm/Accounts' };
    expect(await send()).toEqual({ kind: 'waiting', dueAt: until });
    expect(world.issues.all()).toMatchObject([
      {
        ...{
          causeKey: `endpoint-suspended:${amsterdam.id}:writes:accounts`,
          class: 'transient',
          state: 'open',
        },
        params: { kind: 'accounts', until: until.toISOString() },
      },
    ]);
    world.time = until;
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(world.issues.all()).toMatchObject([{ state: 'resolved' }]);
  });

  it('waits for the limit of the day, and tells people until when', async () => {
    const until = new Date(world.time.getTime() + 8 * 3_600_000);
    exact.next = { kind: 'limited', until, window: 'day' };
    expect(await send()).toEqual({ kind: 'waiting', dueAt: until });
    expect(world.issues.all()).toMatchObject([
      { causeKey: `day-limit-reached:${amsterdam.id}`, params: { until: until.toISOString() } },
    ]);
    world.time = until;
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(world.issues.all()).toMatchObject([{ state: 'resolved' }]);
  });

  it('says that fetching waits for the limit of the day also when a write arrives by the part that is kept for those (F31)', async () => {
    const [causeKey, { id: administrationId }] = [`day-limit-reached:${amsterdam.id}`, amsterdam];
    const params = { until: new Date(world.time.getTime() + 8 * 3_600_000).toISOString() };
    await world.issues.report(
      [{ cause: 'day-limit-reached', causeKey, administrationId, params }],
      world.time,
    );
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(await world.issues.findOpenCauseKeys('')).toEqual([causeKey]);
  });

  it('keeps for uncertain what was sent when only the reading back met a limit, however often', async () => {
    const limitedUntil = (until: Date) => ({ kind: 'limited', until, window: 'minute' }) as const;
    exact.nextReads = [null, limitedUntil(new Date(world.time.getTime() + 30_000))];
    const waiting = await send();
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
    expect(await stored()).toMatchObject({ state: 'uncertain', attempts: 1 });

    world.time = waiting.dueAt;
    const until = new Date(world.time.getTime() + 30_000);
    exact.nextReads = [limitedUntil(until)];
    expect(await send()).toEqual({ kind: 'waiting', dueAt: until });
    expect(await stored()).toMatchObject({ state: 'uncertain', attempts: 1 });

    world.time = until;
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.writes).toHaveLength(1);
  });

  it('looks again when the account was fetched between sending and reading back', async () => {
    const fetched = { name: 'Oud', email: 'nieuw@bakker.test' };
    exact.put(anAccountRow(1, { shared: fetched }));
    exact.onWrite = () =>
      world.sourceStore.upsertAccounts(storing(), [aStoredAccount(1, { shared: fetched })]);

    expect(await send()).toEqual({ kind: 'waiting', dueAt: world.time });
    expect(await send()).toEqual({ kind: 'confirmed' });

    expect(exact.writes).toHaveLength(1);
    expect(await world.sourceStore.findRelation(aStoredAccount(1).id)).toMatchObject({
      base: { name: 'Nieuw', email: null },
      fields: { shared: { name: 'Nieuw', email: 'nieuw@bakker.test' } },
    });
  });

  it('keeps what was compared while it was under way', async () => {
    const changed = aStoredAccount(1, { shared: { name: 'Oud', email: 'nieuw@bakker.test' } });
    await world.sourceStore.upsertAccounts(storing(), [changed]);
    exact.put(anAccountRow(1, { shared: changed.fields.shared }));
    exact.onWrite = () => world.sourceStore.acceptAsBase(changed.id);

    expect(await send()).toEqual({ kind: 'confirmed' });

    expect(await world.sourceStore.findRelation(changed.id)).toMatchObject({ base: null });
  });

  it('keeps the order of writes to one account', async () => {
    const later = aWriteIntent({
      id: 'later' as typeof intent.id,
      createdAt: new Date('2026-11-25T09:30:00Z'),
    });
    await world.writeIntents.addMany([later]);
    expect(await send(later.id)).toMatchObject({ kind: 'waiting' });
    expect(exact.writes).toEqual([]);
  });

  it.each([
    ['as long as the one before it does', 'planned', 30_000, 30_000],
    ['a minute at most, as that may be dropped meanwhile', 'planned', 12 * 3_600_000, 60_000],
    ['a minute at most for one that is looked up later', 'uncertain', 900_000, 60_000],
    ['seconds for one whose turn it is', 'planned', 0, 5_000],
    ['seconds for one that is being sent', 'sent', 150_000, 5_000],
  ] as const)('waits for its turn %s', async (_, state, firstMs, ms) => {
    const inMs = (wait: number) => new Date(world.time.getTime() + wait);
    await world.writeIntents.save({ ...intent, state, dueAt: inMs(firstMs) });
    const createdAt = new Date(intent.createdAt.getTime() + 1_000);
    const later = aWriteIntent({ id: 'later' as typeof intent.id, createdAt });
    await world.writeIntents.addMany([later]);
    expect(await send(later.id)).toEqual({ kind: 'waiting', dueAt: inMs(ms) });

    await world.writeIntents.save({ ...intent, state: 'superseded' });
    world.time = inMs(ms);
    expect(await send(later.id)).toEqual({ kind: 'confirmed' });
  });

  it.each([
    ['arrives', {}, null],
    ['is given up', {}, () => void (exact.next = { kind: 'refused', message: 'no' })],
    ['is not meant any more', { relationId: asId<RelationId>('00000000-0000-7000-8000-00000000f00d') }, null],
    [
      'stops its workers',
      { state: 'sent', failure: { kind: 'worker-stopped', message: 'stopped', times: 2 } },
      null,
    ],
  ] as const)('is woken at once when the one before it %s', async (_, first, before) => {
    await world.writeIntents.save({ ...intent, ...first });
    const createdAt = new Date(intent.createdAt.getTime() + 1_000);
    const later = aWriteIntent({ id: 'later' as typeof intent.id, createdAt });
    await world.writeIntents.addMany([later]);
    expect(await send(later.id)).toMatchObject({ kind: 'waiting' });
    before?.();
    world.outbox.sent.length = 0;

    await send();

    expect(world.outbox.messages()).toContainEqual({ kind: 'send-write', intentId: later.id });
    expect(await send(later.id)).toEqual({ kind: 'confirmed' });
  });

  it('compares an address as the block that it is', async () => {
    const address = anAddress('Dorpsstraat 1', '1234 AB', 'Ede');
    await world.writeIntents.save({ ...intent, patch: { address } });
    expect(await send()).toEqual({ kind: 'confirmed' });
    const source = await world.sourceStore.findRelation(aStoredAccount(1).id);
    expect(source).toMatchObject({ base: null, fields: { shared: { address } } });
  });

  it('leaves what somebody else changed in Exact meanwhile to be compared', async () => {
    exact.put(anAccountRow(1, { shared: { name: 'Oud', phone: '0318-555555' } }));

    expect(await send()).toEqual({ kind: 'confirmed' });

    const source = await world.sourceStore.findRelation(aStoredAccount(1).id);
    expect(source).toMatchObject({
      base: { name: 'Nieuw', phone: null },
      fields: { shared: { phone: '0318-555555' } },
    });
  });

  it('overwrites nothing that somebody changed since it was last compared, and writes the rest (product.md 3.3)', async () => {
    await world.writeIntents.save({ ...intent, patch: { name: 'Nieuw', phone: '0318-555555' } });
    exact.put(anAccountRow(1, { shared: { name: 'Door een ander gewijzigd' } }));

    expect(await send()).toEqual({ kind: 'confirmed' });

    expect(exact.writes).toEqual([{ phone: '0318-555555' }]);
    expect(await stored()).toMatchObject({ state: 'confirmed', patch: { phone: '0318-555555' } });
    expect(await world.sourceStore.findRelation(aStoredAccount(1).id)).toMatchObject({
      base: { name: 'Oud', phone: '0318-555555' },
      fields: { shared: { name: 'Door een ander gewijzigd', phone: '0318-555555' } },
    });
  });

  it('writes nothing when all of it was changed by somebody else', async () => {
    exact.put(anAccountRow(1, { shared: { name: 'Door een ander gewijzigd' } }));
    expect(await send()).toEqual({ kind: 'overtaken' });
    expect(exact.writes).toEqual([]);
    expect(await stored()).toMatchObject({ state: 'superseded', patch: { name: 'Nieuw' } });
    expect(await send()).toEqual({ kind: 'nothing-to-do' });
  });

  it('leaves an edit that was fetched but not compared yet', async () => {
    const edited = { name: 'Gelezen, niet vergeleken' };
    await world.sourceStore.upsertAccounts(storing(), [aStoredAccount(1, { shared: edited })]);
    exact.put(anAccountRow(1, { shared: edited }));
    expect(await send()).toEqual({ kind: 'overtaken' });
    expect(exact.writes).toEqual([]);
  });

  it('writes nothing that Exact says already', async () => {
    exact.put(anAccountRow(1, { shared: { name: 'Nieuw' } }));
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.writes).toEqual([]);
  });
});
