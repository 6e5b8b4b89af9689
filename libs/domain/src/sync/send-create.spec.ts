import { beforeEach, describe, expect, it } from 'vitest';
import { asId, err, type RelationId } from '../kernel/index.js';
import { newRelation } from '../relations/new-relation.js';
import { answerLookMs, awaitingAnswer, type PartFields, type SharedValues } from '../relations/index.js';
import {
  anAccountRow,
  anAddress,
  anAdministration,
  aStoredAccount,
  aSyncRun,
  aSyncWorld,
  aProposal,
  aWriteIntent,
  idOf,
  InMemoryWriteSource,
  type SyncWorld,
} from '../testing/index.js';
import type { AdministrationId } from '../kernel/index.js';
import { sendWrite } from './send-write.js';

const amsterdam = anAdministration({ division: 900_001, state: 'active' });
const utrecht = anAdministration({
  id: asId<AdministrationId>(idOf(77)),
  division: 900_002,
  state: 'active',
});
const eik = {
  name: 'De Eik B.V.',
  kvk: '99000031',
  address: { ...anAddress('Kade 1'), postcode: '6711 AA', city: 'Ede' },
};

let world: SyncWorld;
let exact: InMemoryWriteSource;
const intent = aWriteIntent({
  kind: 'create',
  administrationId: utrecht.id,
  sourceRelationId: null,
  patch: eik,
});
beforeEach(async () => {
  world = aSyncWorld([amsterdam, utrecht]);
  exact = new InMemoryWriteSource();
  await relationOf(intent.relationId, 1, eik);
  await world.writeIntents.addMany([intent]);
});

/** A relation with one account in the administration. */
async function relationOf(
  id: RelationId,
  number: number,
  shared: Partial<SharedValues>,
  administration = amsterdam,
) {
  const account = aStoredAccount(number, { shared });
  const context = { administrationId: administration.id, runId: aSyncRun().id, now: world.time };
  await world.sourceStore.upsertAccounts({ ...context, writtenSince: world.time, isFullRead: true }, [
    account,
  ]);
  const source = await world.sourceStore.findRelation(account.id);
  const member = { source: source!, position: 1, localFields: [] }; // stored above
  await world.relations.addMany([newRelation(id, [member], { now: world.time, today: '2026-11-25' })]);
  await world.link({ sourceRelationId: account.id, relationId: id });
  return account;
}

const send = () =>
  sendWrite({ ...world.deps, source: exact }, { tenantId: world.tenantId, intentId: intent.id });
const stored = async () => (await world.writeIntents.findById(intent.id))!; // it is never removed
const inUtrecht = () =>
  world.sourceStore.all().filter(({ administrationId }) => administrationId === utrecht.id);
const relationsInUtrecht = async () =>
  (await world.links.findOfSources(inUtrecht().map(({ id }) => id))).map(({ relationId }) => relationId);
const causes = async () => world.issues.findOpenCauseKeys('');

/** Sends once more when it may be. */
async function sendAgain(waiting: Awaited<ReturnType<typeof send>>) {
  if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
  world.time = waiting.dueAt;
  return send();
}

describe('a create', () => {
  it('makes the account, keeps it as compared and links it in the same transaction', async () => {
    expect(await send()).toEqual({ kind: 'confirmed' });

    expect(exact.creates).toBe(1);
    expect(inUtrecht()).toMatchObject([{ base: null, fields: { shared: eik } }]);
    expect(await relationsInUtrecht()).toEqual([intent.relationId]);
    expect(await stored()).toMatchObject({ state: 'confirmed', sourceRelationId: inUtrecht()[0]?.id });
    expect(world.acts.all()).toMatchObject([{ kind: 'create-account', administrationId: utrecht.id }]);
  });

  it('makes it the customer or supplier that was asked for, and links it as that', async () => {
    await world.writeIntents.save({ ...intent, roles: ['supplier'] });
    await send();
    expect(inUtrecht()).toMatchObject([{ isCustomer: false, isSupplier: true }]);
    const [made] = inUtrecht();
    expect(await world.links.findOfSources([made!.id])).toMatchObject([{ role: 'supplier' }]);
  });

  it('gets the addresses and contact persons of the relation, each once, the main one first; no bank account unasked', async () => {
    const context = {
      ...{ administrationId: amsterdam.id, runId: aSyncRun().id, now: world.time },
      ...{ writtenSince: world.time, isFullRead: true },
    };
    const part = (number: number, fields: PartFields) => ({
      ...{ exactId: idOf(300 + number), accountExactId: aStoredAccount(1).exactId, rowVersion: null, fields },
    });
    const bram = { firstName: 'Bram', lastName: 'De Boer', email: 'bram@eik.test' };
    await world.sourceStore.upsertParts(context, 'contact', [
      part(1, { firstName: 'Oud', lastName: 'Weg', endsOn: '2025-12-31' }),
      part(2, { firstName: 'Els', lastName: 'De Wit', phone: '0318-111111' }),
      part(3, { ...bram, isMain: true }),
      part(4, { firstName: 'B.', lastName: 'De Boer', email: 'bram@eik.test' }),
      part(5, { firstName: 'Anoniem', lastName: 'x', isAnonymised: true }),
      part(6, { fullName: 'Receptie', phone: '0318-222222' }),
    ]);
    const postal = { type: 'postal', isMain: true, line1: 'Postbus 1', city: 'Ede' };
    await world.sourceStore.upsertParts(context, 'address', [
      part(7, postal),
      part(8, { ...postal, type: 'delivery' }),
      part(9, { ...postal, type: 'invoice', isMain: false }),
    ]);
    await world.sourceStore.upsertParts(context, 'bank-account', [
      part(10, { number: 'NL20INGB0001234567' }),
    ]);

    expect(await send()).toEqual({ kind: 'confirmed' });

    const planned = world.writeIntents.all().filter(({ part: about }) => about !== null);
    expect(planned.map(({ part: about, patch }) => [about?.kind, patch])).toEqual([
      ['address', expect.objectContaining({ type: 'postal', line1: 'Postbus 1', city: 'Ede' })],
      ['contact', bram],
      ['contact', { firstName: 'Els', lastName: 'De Wit', phone: '0318-111111' }],
      ['contact', { lastName: 'Receptie', phone: '0318-222222' }],
    ]);
    const [made] = inUtrecht().filter(({ fields }) => fields.shared.name === eik.name);
    expect(new Set(planned.map(({ sourceRelationId }) => sourceRelationId))).toEqual(new Set([made?.id]));
    for (const { id } of planned) {
      world.advance(1_000);
      const sent = sendWrite({ ...world.deps, source: exact }, { tenantId: world.tenantId, intentId: id });
      expect(await sent).toEqual({ kind: 'confirmed' });
    }
    expect(await world.sourceParts.findOfAccounts([made!.id])).toHaveLength(4);
    expect(world.issues.all()).toEqual([]);
  });

  it('gets no addresses where the administration keeps these to itself', async () => {
    await world.administrations.save({ ...utrecht, writePolicy: { localFields: ['address'] } });
    const context = { administrationId: amsterdam.id, runId: aSyncRun().id, now: world.time };
    const fields = { type: 'postal', isMain: true, line1: 'Postbus 1', city: 'Ede' };
    await world.sourceStore.upsertParts(
      { ...context, writtenSince: world.time, isFullRead: true },
      'address',
      [{ exactId: idOf(301), accountExactId: aStoredAccount(1).exactId, rowVersion: null, fields }],
    );
    await send();
    expect(world.writeIntents.all()).toHaveLength(1);
  });

  it('is no change to the next fetch', async () => {
    await send();
    const [made] = inUtrecht();
    const runId = aSyncRun({ id: asId(idOf(55)) }).id;
    const context = { administrationId: utrecht.id, runId, now: world.time, isFullRead: false };
    const row = { ...made!, isDivisionAccount: false, rowVersion: 99n, isOwnCompany: false };
    await world.sourceStore.upsertAccounts({ ...context, writtenSince: world.time }, [row]);
    expect(world.sourceStore.changedIn(runId)).toEqual([]);
  });

  it('takes the account that a search finds, and makes none', async () => {
    exact.put(anAccountRow(7, { shared: { ...eik, website: 'eik.test' } }));
    expect(await send()).toEqual({ kind: 'confirmed' });

    expect(exact.creates).toBe(0);
    expect(await relationsInUtrecht()).toEqual([intent.relationId]);
    expect(world.acts.all()).toMatchObject([{ kind: 'find-account' }]);
    expect(world.actions.all()).toMatchObject([{ kind: 'merge-automatic', isUndoable: true }]);
    const [relation] = await world.relations.findMany([intent.relationId]);
    expect(relation?.values.website).toBe('eik.test');
  });

  it('makes a new one beside an account that certainly is another relation', async () => {
    exact.put(
      anAccountRow(7, { shared: { name: eik.name, kvk: '12345678', address: anAddress('Plein 9') } }),
    );
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.creates).toBe(1);
  });

  it('asks where an account may be the same, and makes none', async () => {
    exact.put(anAccountRow(7, { shared: { name: eik.name, address: eik.address } }));
    expect(await send()).toEqual({ kind: 'failed' });

    expect(exact.creates).toBe(0);
    expect(await causes()).toEqual([`account-alike:${intent.relationId}:${utrecht.id}`]);
    expect(await stored()).toMatchObject({ state: 'failed', patch: {} });
    // Comparing asks of an account that it has not seen.
    expect(world.outbox.messages().at(-1)).toEqual({
      kind: 'start-resync',
      administrationIds: [utrecht.id],
    });
  });

  it('makes none while a person is asked whether an account there is the relation, and calls nobody', async () => {
    const other = asId<RelationId>(idOf(66));
    const account = await relationOf(other, 7, { name: 'Eik Bouw', email: 'info@eik.test' }, utrecht);
    await world.proposals.addMany([
      aProposal(1, {
        ...{ relationA: intent.relationId, relationB: other },
        ...{ sourceA: aStoredAccount(1).id, sourceB: account.id },
      }),
    ]);
    exact.nextSearches.push({ kind: 'unavailable', retryAt: null, reason: 'not to be called' });
    expect(await send()).toEqual({ kind: 'failed' });
    expect(exact.creates).toBe(0);
    expect(await causes()).toEqual([`account-alike:${intent.relationId}:${utrecht.id}`]);
  });

  it('of a plan waits for that answer without a word to anybody, looks again by itself, and is made once the question is gone', async () => {
    const other = asId<RelationId>(idOf(66));
    const account = await relationOf(other, 7, { name: 'Eik Bouw', email: 'info@eik.test' }, utrecht);
    const asked = aProposal(1, {
      ...{ relationA: intent.relationId, relationB: other },
      ...{ sourceA: aStoredAccount(1).id, sourceB: account.id },
    });
    await world.proposals.addMany([asked]);
    world.syncPolicy.set({ accountCreation: 'always' });
    await world.writeIntents.save({ ...intent, purpose: 'plan' });
    const [first, begun] = [await send(), world.time];
    expect(first).toEqual({ kind: 'waiting', dueAt: new Date(begun.getTime() + answerLookMs) });
    await world.proposals.saveMany([{ ...asked, state: 'unsure' }]);
    expect(await sendAgain(first)).toMatchObject({ kind: 'waiting' });
    expect(await stored()).toMatchObject({ state: 'planned', failure: awaitingAnswer, attempts: 0 });
    expect(await causes()).toEqual([]);
    expect(exact.creates).toBe(0);
    await world.proposals.saveMany([{ ...asked, state: 'superseded' }]);

    world.time = (await stored()).dueAt;
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(await stored()).toMatchObject({ state: 'confirmed', failure: null });
  });

  it('makes one after a person said that it is not the same, and closes the question', async () => {
    const other = await relationOf(
      asId<RelationId>(idOf(66)),
      7,
      { name: eik.name, address: eik.address },
      utrecht,
    );
    exact.put(other);
    await send();
    await world.judgements.addMany([
      {
        ...{ id: idOf(88), sourceA: aStoredAccount(1).id, sourceB: other.id, verdict: 'different' },
        ...{ actionId: asId(idOf(89)), actorId: 'u1', actorName: 'Anna', at: world.time },
      },
    ]);
    await world.writeIntents.save(intent);

    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.creates).toBe(1);
    expect(await causes()).toEqual([]);
  });

  it('takes nothing by itself where everything is proposed (manual contact handling)', async () => {
    world.syncPolicy.set({ contactHandling: 'manual' });
    exact.put(anAccountRow(7, { shared: eik }));
    expect(await send()).toEqual({ kind: 'failed' });
    expect(exact.creates).toBe(0);
  });

  it('does not take an account from another relation: it asks', async () => {
    exact.put(await relationOf(asId<RelationId>(idOf(66)), 7, eik, utrecht));
    expect(await send()).toEqual({ kind: 'failed' });

    expect(await relationsInUtrecht()).toEqual([idOf(66)]);
    expect(await causes()).toEqual([`account-alike:${intent.relationId}:${utrecht.id}`]);
  });

  it('looks before it repeats a create whose answer was lost, and knows the account as its own', async () => {
    world.syncPolicy.set({ contactHandling: 'manual' });
    exact.next = 'lost-after-write';
    expect(await sendAgain(await send())).toEqual({ kind: 'confirmed' });

    expect(exact.creates).toBe(1);
    expect(await relationsInUtrecht()).toEqual([intent.relationId]);
    expect(world.acts.all()).toMatchObject([{ kind: 'create-account' }]);
  });

  it('knows it as its own when Exact dropped something of it, by the time at which it was made', async () => {
    exact.next = 'lost-after-write';
    const waiting = await send();
    const found = await exact.findAlike(
      { ...utrecht, tenantId: world.tenantId, purpose: 'interactive' },
      { name: eik.name },
    );
    if (!found.ok) throw new Error(found.error.kind);
    for (const row of found.value) {
      const shared = { ...row.fields.shared, kvk: null, address: null };
      exact.put({ ...row, fields: { ...row.fields, shared }, modifiedAt: world.time });
    }
    expect(await sendAgain(waiting)).toEqual({ kind: 'confirmed' });
    expect(exact.creates).toBe(1);
  });

  it('takes no older namesake for its own when the search before it failed once', async () => {
    world.syncPolicy.set({ contactHandling: 'manual' });
    exact.put(anAccountRow(7, { shared: eik, modifiedAt: new Date('2026-01-01T09:00:00Z') }));
    exact.nextSearches.push({ kind: 'unavailable', retryAt: null, reason: 'HTTP 503' });
    const waiting = await send();
    expect(await stored()).toMatchObject({ state: 'planned', attempts: 1 });

    expect(await sendAgain(waiting)).toEqual({ kind: 'failed' });
    expect(await relationsInUtrecht()).toEqual([]);
    expect(exact.creates).toBe(0);
  });

  it('takes no older namesake for its own when the worker died before it had searched', async () => {
    world.syncPolicy.set({ contactHandling: 'manual' });
    exact.put(anAccountRow(7, { shared: eik, modifiedAt: new Date('2026-01-01T09:00:00Z') }));
    await world.writeIntents.save({ ...intent, state: 'sent', attempts: 1, sentAt: world.time });

    expect(await send()).toEqual({ kind: 'failed' });
    expect(await relationsInUtrecht()).toEqual([]);
  });

  it('takes no namesake for its own that was edited while it waited, when the worker died before it was sent', async () => {
    world.syncPolicy.set({ contactHandling: 'manual' });
    const { name } = eik;
    const modifiedAt = new Date(intent.createdAt.getTime() + 60_000);
    exact.put(anAccountRow(7, { shared: { name }, modifiedAt }));
    await world.writeIntents.save({ ...intent, state: 'sent', attempts: 1 });

    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.creates).toBe(1);
    expect(inUtrecht().map(({ exactId }) => exactId)).not.toContain(anAccountRow(7).exactId);
  });

  it('keeps when it first went out, and nothing of what certainly did not arrive', async () => {
    exact.next = 'lost-after-write';
    await send();
    expect(await stored()).toMatchObject({ state: 'uncertain', sentAt: world.time });
  });

  it('looks it up when it was made and could not be read back', async () => {
    world.syncPolicy.set({ contactHandling: 'manual' });
    exact.nextReads.push({ kind: 'unavailable', retryAt: null, reason: 'HTTP 503' });
    const waiting = await send();
    expect(await stored()).toMatchObject({ state: 'uncertain' });

    expect(await sendAgain(waiting)).toEqual({ kind: 'confirmed' });
    expect(exact.creates).toBe(1);
  });

  it.each([
    { kind: 'right-missing', reason: 'HTTP 403' },
    { kind: 'refused', message: 'Nee.' },
  ] as const)('looks it up when it was made and reading it back was $kind', async (fault) => {
    exact.nextReads.push(fault);
    const waiting = await send();
    expect(await stored()).toMatchObject({ state: 'uncertain', sentAt: world.time });

    expect(await sendAgain(waiting)).toEqual({ kind: 'confirmed' });
    expect(exact.creates).toBe(1);
  });

  it('stays in doubt when its answer was lost and it may not be looked up', async () => {
    exact.next = 'lost-after-write';
    const waiting = await send();
    const { sentAt } = await stored();
    exact.nextSearches.push({ kind: 'right-missing', reason: 'HTTP 403' });
    const again = await sendAgain(waiting);
    expect(await stored()).toMatchObject({ state: 'uncertain', sentAt, failure: { message: 'HTTP 403' } });

    const [relation] = await world.relations.findMany([intent.relationId]);
    const values = { ...relation!.values, name: 'Anders B.V.', kvk: null };
    await world.relations.saveMany([{ ...relation!, values }]);
    expect(await sendAgain(again)).toEqual({ kind: 'confirmed' });
    expect(exact.creates).toBe(1);
  });

  it('is made of what the relation says when what was sent is erased', async () => {
    await world.writeIntents.save({ ...intent, patch: {}, state: 'uncertain', sentAt: world.time });
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(inUtrecht()).toMatchObject([{ fields: { shared: eik } }]);
  });

  it('finds the account of an own company where it stands as one', async () => {
    const [relation] = await world.relations.findMany([intent.relationId]);
    await world.relations.saveMany([{ ...relation!, isIntercompany: true }]);
    exact.put(anAccountRow(7, { shared: eik, isDivisionAccount: true }));
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.creates).toBe(0);
    expect(world.acts.all()).toMatchObject([{ kind: 'find-account' }]);
  });

  it('ends where its administration was removed, and where accounts are to be created no more', async () => {
    await world.administrations.save({ ...utrecht, state: 'removed' });
    expect(await send()).toEqual({ kind: 'nothing-to-do' });
    expect(await stored()).toMatchObject({ state: 'superseded', patch: {} });

    await world.administrations.save(utrecht);
    await world.writeIntents.save(intent);
    world.syncPolicy.set({ accountCreation: 'never' });
    expect(await send()).toEqual({ kind: 'nothing-to-do' });
    expect(await stored()).toMatchObject({ state: 'superseded', patch: {} });
    expect(exact.creates).toBe(0);
  });

  it('ends what was meant only because accounts were always made, once they are made on first use', async () => {
    await world.writeIntents.save({ ...intent, purpose: 'plan' });
    expect(await send()).toEqual({ kind: 'nothing-to-do' });
    expect(await stored()).toMatchObject({ state: 'superseded', patch: {} });
    expect(exact.creates).toBe(0);
  });

  it.each([
    ['always', 'plan'],
    ['first-use', 'interactive'],
  ] as const)(
    'makes the account under the policy %s that was meant for %s',
    async (accountCreation, purpose) => {
      world.syncPolicy.set({ accountCreation });
      await world.writeIntents.save({ ...intent, purpose });

      expect(await send()).toEqual({ kind: 'confirmed' });
    },
  );

  it('makes what somebody came to need while it was under way, also when that did not succeed at once', async () => {
    world.syncPolicy.set({ accountCreation: 'always' });
    await world.writeIntents.save({ ...intent, purpose: 'plan' });
    const search = exact.findAlike.bind(exact);
    exact.findAlike = async () => {
      await world.writeIntents.save({ ...(await stored()), purpose: 'interactive' });
      return err({ kind: 'limited', until: new Date(world.time.getTime() + 60_000), window: 'minute' });
    };
    const waiting = await send();
    exact.findAlike = search;
    world.syncPolicy.set({ accountCreation: 'first-use' });
    expect(await sendAgain(waiting)).toEqual({ kind: 'confirmed' });
  });

  it('looks up what may have been sent although accounts are to be created no more', async () => {
    exact.next = 'lost-after-write';
    const waiting = await send();
    world.syncPolicy.set({ accountCreation: 'never' });
    expect(await sendAgain(waiting)).toEqual({ kind: 'confirmed' });
    expect(exact.creates).toBe(1);
    expect(await relationsInUtrecht()).toEqual([intent.relationId]);
  });

  it('links what it made to the relation that its own was merged into while it was under way', async () => {
    const survivorId = asId<RelationId>(idOf(66));
    await relationOf(survivorId, 9, eik);
    exact.next = 'lost-after-write';
    const waiting = await send();
    const [relation] = await world.relations.findMany([intent.relationId]);
    await world.relations.saveMany([{ ...relation!, state: 'merged', survivorId }]);

    expect(await sendAgain(waiting)).toEqual({ kind: 'confirmed' });
    expect(await relationsInUtrecht()).toEqual([survivorId]);
  });

  it('links what it made to the relation that got it back while it was under way', async () => {
    const ownerId = asId<RelationId>(idOf(66));
    await relationOf(ownerId, 9, { name: 'Bouwbedrijf De Eik' });
    const { createAccount } = exact;
    exact.createAccount = async (...sent) => {
      const made = await createAccount.apply(exact, sent);
      await world.writeIntents.save({ ...(await stored()), relationId: ownerId });
      return made;
    };
    expect(await sendAgain(await send())).toEqual({ kind: 'confirmed' });
    expect(exact.creates).toBe(1);
    expect(await relationsInUtrecht()).toEqual([ownerId]);
  });

  it('says what the relation says by the time that it is sent, and writes what changed while it was', async () => {
    const [relation] = await world.relations.findMany([intent.relationId]);
    const phone = '0318-222222';
    await world.relations.saveMany([{ ...relation!, values: { ...relation!.values, phone } }]);
    const { createAccount } = exact;
    exact.createAccount = async (...sent) => {
      const made = await createAccount.apply(exact, sent);
      const values = { ...relation!.values, phone: '0318-333333' };
      await world.relations.saveMany([{ ...relation!, values }]);
      return made;
    };
    await send();

    expect(inUtrecht()[0]?.fields.shared.phone).toBe(phone);
    const later = world.writeIntents.all().filter(({ kind }) => kind === 'update');
    expect(later).toMatchObject([{ patch: { phone: '0318-333333' }, sourceRelationId: inUtrecht()[0]?.id }]);
  });

  it('ends where its relation was merged into another meanwhile, or has an account there', async () => {
    const [relation] = await world.relations.findMany([intent.relationId]);
    await world.relations.saveMany([{ ...relation!, state: 'merged', survivorId: null }]);
    expect(await send()).toEqual({ kind: 'nothing-to-do' });
    expect(await stored()).toMatchObject({ state: 'superseded', patch: {} });

    await world.relations.saveMany([relation!]);
    await world.writeIntents.save(intent);
    await relationOf(intent.relationId, 7, eik, utrecht);
    expect(await send()).toEqual({ kind: 'nothing-to-do' });
    expect(exact.creates).toBe(0);
  });

  it('leaves what it made to the next comparison when the relation got an account there while it was under way', async () => {
    const { createAccount } = exact;
    exact.createAccount = async (...sent) => {
      const made = await createAccount.apply(exact, sent);
      await relationOf(intent.relationId, 7, eik, utrecht);
      return made;
    };
    expect(await send()).toEqual({ kind: 'overtaken' });
    expect(inUtrecht().map(({ exactId }) => exactId)).toEqual([anAccountRow(7).exactId]);
  });
});
