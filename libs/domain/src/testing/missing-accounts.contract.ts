import { describe, expect, it } from 'vitest';
import { asId, type AdministrationId } from '../kernel/index.js';
import {
  answerLookMs,
  awaitingAnswer,
  callsPerCreate,
  WritePace,
  type LinksTx,
  type MissingAccountsTx,
  type PartFields,
  type PartReadBack,
  type ProposalsTx,
  type RelationsTx,
  type SourcePartsTx,
  type SourceRelation,
} from '../relations/index.js';
import type { PartKind, WriteIntentsTx } from '../sync/index.js';
import { idOf } from './a-relations-world.js';
import { anAddress, aSourceRelation } from './a-source-relation.js';
import { anAdministration } from './an-administration.js';
import { a, aLink, aRelation, b, relationId, source } from './relation-port-rows.js';
import { aProposal } from './decision-rows.js';
import { aWriteIntent } from './write-intents.contract.js';

export interface MissingAccountsWorld
  extends MissingAccountsTx, RelationsTx, LinksTx, WriteIntentsTx, SourcePartsTx, ProposalsTx {
  put(source: SourceRelation): Promise<void>;
}

const c = asId<AdministrationId>(idOf(902));
const now = new Date('2026-11-25T09:00:00Z');
const today = '2026-11-25';
const rates = { atOnce: callsPerCreate, perMinute: callsPerCreate, perDay: 3 * callsPerCreate };
const at = (pace = new WritePace(rates)) => ({ byName: 'Anna', purpose: 'plan', now, pace }) as const;

const within = (id: AdministrationId, localFields: ('phone' | 'name')[] = []) => {
  const { writePolicy } = anAdministration();
  return { id, writePolicy: { ...writePolicy, localFields } };
};

/** Of an account in `a`. */
const aPartOf = (account: number, kind: PartKind, fields: PartFields): PartReadBack => ({
  ...{ administrationId: a, kind, exactId: idOf(700 + account), base: null, fields },
  ...{ sourceRelationId: source(account), modifiedAt: null, written: {} },
});

/** What every adapter of MissingAccounts does. `make` gives an empty world. */
export function describeMissingAccountsContract(make: () => Promise<MissingAccountsWorld>): void {
  /** Relation 21 stands in `a` as customer and supplier, 22 in `a` and `b`, 23 in `a` where it may not be used. */
  async function aWorld() {
    const world = await make();
    const values = { ...aRelation(1).values, address: anAddress('Kade 9') };
    await world.relations.addMany([
      aRelation(21, { values }),
      aRelation(22, { values: { ...values, phone: null } }),
      aRelation(23),
      aRelation(24, { isIntercompany: true }),
      aRelation(25, { state: 'merged', survivorId: relationId(21) }),
    ]);
    const stands = (number: number, administrationId: AdministrationId, over: Partial<SourceRelation> = {}) =>
      world.put(aSourceRelation({ id: idOf(number), administrationId, over }));
    await stands(1, a, { isCustomer: true, isSupplier: false });
    await stands(2, c, { state: 'deleted' });
    await stands(3, a, { isCustomer: false, isSupplier: true });
    await stands(4, b, { isCustomer: true, isSupplier: false });
    await stands(5, a, { isBlocked: true });
    await stands(6, a);
    await stands(7, a, { isCustomer: false, isSupplier: false });
    await world.links.putMany([aLink(1, 21), aLink(2, 21), aLink(3, 22, { role: 'supplier' }), aLink(4, 22)]);
    await world.links.putMany([aLink(5, 23), aLink(6, 24), aLink(7, 25)]);
    return world;
  }
  const meant = async ({ writeIntents }: MissingAccountsWorld) =>
    (await writeIntents.findOpenCreatesOf([relationId(21), relationId(22), relationId(23)])).sort(
      (one, other) =>
        one.relationId + one.administrationId < other.relationId + other.administrationId ? -1 : 1,
    );

  describe('MissingAccounts', () => {
    it('sums up per administration what relations lack that may be used', async () => {
      const { missingAccounts } = await aWorld();
      const sum = await missingAccounts.sumUp({ administrations: [within(b), within(c), within(a)], today });
      expect(Object.fromEntries(sum.counts)).toEqual({ [b]: 1, [c]: 2 });
      const none = await missingAccounts.sumUp({ administrations: [], today });
      expect(none.counts.size).toBe(0);
    });

    it('says something else once what would be made is another', async () => {
      const world = await aWorld();
      const digest = async (localFields: ('phone' | 'name')[] = []) =>
        (await world.missingAccounts.sumUp({ administrations: [within(c, localFields)], today })).digest;
      const first = await digest();
      expect(await digest()).toBe(first);
      expect(await digest(['phone'])).not.toBe(first);
      const [relation] = await world.relations.findMany([relationId(21)]);
      await world.relations.saveMany([
        { ...relation!, values: { ...relation!.values, name: 'Anders B.V.' } },
      ]);
      expect(await digest()).not.toBe(first);
      await world.relations.saveMany([relation!]);
      expect(await digest()).toBe(first);
      await world.put(aSourceRelation({ id: idOf(8), administrationId: c }));
      await world.links.putMany([aLink(8, 21)]);
      expect(await digest()).not.toBe(first);
    });

    it('says something else once what is made would have another role, or other addresses or contact persons', async () => {
      const world = await aWorld();
      const digest = async () =>
        (await world.missingAccounts.sumUp({ administrations: [within(c)], today })).digest;
      const says = (account: number, kind: PartKind, fields: PartFields) =>
        world.sourceParts.storeReadBack(aPartOf(account, kind, fields), now);
      const seen = [await digest()];
      await world.put(aSourceRelation({ id: idOf(1), administrationId: a, over: { isSupplier: true } }));
      seen.push(await digest());
      await says(1, 'address', { type: 'invoice', isMain: true, line1: 'Kade 9' });
      seen.push(await digest());
      await says(1, 'address', { type: 'invoice', isMain: true, line1: 'Kade 10' });
      seen.push(await digest());
      await says(3, 'contact', { lastName: 'de Boer' });
      seen.push(await digest());

      expect(new Set(seen).size).toBe(5);
      await says(3, 'bank-account', { number: '123456789' }); // goes nowhere before it is approved
      await says(5, 'contact', { lastName: 'van een ander' });
      expect(await digest()).toBe(seen.at(-1));
    });

    it('means each as what the relation is elsewhere, at the pace that is given, and says what was summed up', async () => {
      const world = await aWorld();
      const of = { administrations: [within(b, ['phone', 'name']), within(c)], today };
      await world.sourceParts.storeReadBack(aPartOf(1, 'contact', { lastName: 'de Boer' }), now);
      const before = await world.missingAccounts.sumUp(of);
      const { atOnce, ...sum } = await world.missingAccounts.meanAll(of, at());

      expect(sum).toEqual(before);
      const intents = await meant(world);
      const [one, other] = await world.relations.findMany([relationId(21), relationId(22)]);
      const { phone: _, ...withoutPhone } = one!.values;
      const planned = {
        kind: 'create',
        part: null,
        state: 'planned',
        attempts: 0,
        createdBy: 'Anna',
        purpose: 'plan',
        createdAt: now,
      };
      const later = new Date(now.getTime() + 60_000);
      const [first, second, third] = intents;
      expect(intents).toHaveLength(3);
      expect(first).toMatchObject({
        ...planned,
        relationId: relationId(21),
        administrationId: b,
        dueAt: now,
      });
      expect(first).toMatchObject({
        roles: ['customer'],
        sourceRelationId: null,
        failure: null,
        sentAt: null,
      });
      expect(first?.patch).toEqual(withoutPhone);
      expect(second).toMatchObject({
        ...planned,
        relationId: relationId(21),
        administrationId: c,
        dueAt: now,
      });
      expect(second?.patch).toEqual(one!.values);
      expect(third).toMatchObject({ relationId: relationId(22), administrationId: c, dueAt: later });
      expect(third).toMatchObject({ roles: ['customer', 'supplier'] });
      expect(third?.patch).toEqual(other!.values);
      expect([...atOnce].sort()).toEqual([first?.id, second?.id].sort());
      expect(new Set(intents.map(({ id }) => id)).size).toBe(3);
    });

    it('goes on where the pace has come to: by the minute, then by the day', async () => {
      const world = await aWorld();
      const pace = new WritePace(rates);
      pace.add(c, callsPerCreate + 1);
      const twin = new WritePace(rates);
      twin.add(c, callsPerCreate + 1);
      await world.relations.addMany([26, 27, 28].map((number) => aRelation(number)));
      for (const number of [26, 27, 28]) {
        await world.put(aSourceRelation({ id: idOf(number), administrationId: a }));
        await world.links.putMany([aLink(number, number)]);
      }
      await world.missingAccounts.meanAll({ administrations: [within(b), within(c)], today }, at(pace));

      const creates = await world.writeIntents.findOpenCreatesOf([21, 22, 26, 27, 28].map(relationId));
      const dueIn = (id: AdministrationId) =>
        creates
          .filter(({ administrationId }) => administrationId === id)
          .sort((one, other) => (one.relationId < other.relationId ? -1 : 1))
          .map(({ dueAt }) => dueAt);
      const five = [0, 0, 0, 0, 0];
      expect(dueIn(c)).toEqual(five.map(() => twin.next(c, callsPerCreate, now)));
      expect(dueIn(b)).toEqual(five.slice(1).map(() => twin.next(b, callsPerCreate, now)));
      expect(dueIn(c).at(-1)?.getTime()).toBeGreaterThan(now.getTime() + 24 * 60 * 60_000);
      for (const id of [b, c]) expect(pace.callsOf(id)).toBe(twin.callsOf(id));
    });

    it('leaves those apart of which an account there may be the relation: they wait for the answer, outside the pace', async () => {
      const world = await aWorld();
      await world.put(aSourceRelation({ id: idOf(9), administrationId: c }));
      await world.relations.addMany([aRelation(29)]);
      await world.links.putMany([aLink(9, 29)]);
      const of = { administrations: [within(a), within(b), within(c)], today };
      const certain = await world.missingAccounts.sumUp(of);
      expect(Object.fromEntries(certain.counts)).toEqual({ [a]: 1, [b]: 2, [c]: 2 });
      expect(certain.waiting.size).toBe(0);
      await world.proposals.addMany([
        aProposal(300, { relationA: relationId(21), relationB: relationId(29) }),
        aProposal(301, { relationA: relationId(29), relationB: relationId(22), isAside: true }),
      ]);
      const sum = await world.missingAccounts.sumUp(of);

      expect(Object.fromEntries(sum.counts)).toEqual({ [b]: 2, [c]: 1 });
      expect(Object.fromEntries(sum.waiting)).toEqual({ [a]: 1, [c]: 1 });
      expect(sum.digest).not.toBe(certain.digest);
      const pace = new WritePace(rates);
      const { atOnce, ...meantSum } = await world.missingAccounts.meanAll(of, at(pace));
      expect(meantSum).toEqual(sum);
      expect([a, b, c].map((id) => pace.callsOf(id) / callsPerCreate)).toEqual([0, 2, 1]);
      const waiting = (await world.writeIntents.findOpenCreatesOf([21, 22, 29].map(relationId))).filter(
        ({ failure }) => failure !== null,
      );
      expect(waiting).toHaveLength(2);
      for (const { id, failure, dueAt } of waiting) {
        expect(failure).toEqual(awaitingAnswer);
        expect(dueAt.getTime()).toBeGreaterThanOrEqual(now.getTime() + answerLookMs);
        expect(atOnce).not.toContain(id);
      }
    });

    it('means none twice', async () => {
      const world = await aWorld();
      const of = { administrations: [within(c)], today };
      await world.writeIntents.addMany([
        aWriteIntent({
          kind: 'create',
          sourceRelationId: null,
          relationId: relationId(21),
          administrationId: c,
        }),
      ]);
      expect(Object.fromEntries((await world.missingAccounts.sumUp(of)).counts)).toEqual({ [c]: 1 });
      await world.missingAccounts.meanAll(of, at());
      expect((await world.missingAccounts.meanAll(of, at())).counts.size).toBe(0);
      expect(await meant(world)).toHaveLength(2);
    });
  });
}
