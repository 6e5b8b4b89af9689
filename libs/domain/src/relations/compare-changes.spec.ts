import { beforeEach, describe, expect, it, vi } from 'vitest';
import { asId, type RelationId } from '../kernel/index.js';
import { anAddress, aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import type { SharedField, SharedValues } from './fields.js';
import { nothingLearnt } from './matching/index.js';
import type { Leading } from './relation.js';

const oak = { name: 'De Eik B.V.', kvk: '99000031', address: anAddress('Kade 9') };

describe('compareRun of a resync', () => {
  let world: RelationsWorld;
  beforeEach(async () => {
    world = aRelationsWorld(3);
    await world.sync([account(1, 0, oak), account(2, 1, oak), account(3, 2, oak)], { runKind: 'initial' });
  });

  function account(id: number, company: number, shared: Partial<SharedValues>, local = {}) {
    const administrationId = world.companies[company]!.id; // every spec has three
    return aSourceRelation({ id: idOf(id), administrationId, shared, local });
  }

  async function relation() {
    return world.relationOf(idOf(1));
  }

  /** What a person does in the portal, as far as comparing sees it. */
  async function setByHand(field: SharedField, value: SharedValues[SharedField], leading: Leading) {
    const now = await relation();
    const values = { ...now.values, [field]: value };
    await world.relations.saveMany([{ ...now, values, leading: { ...now.leading, [field]: leading } }]);
  }

  const line1 = async () => (await relation()).values.address?.line1;
  const byHand = { byName: 'Anna', at: '2026-11-25T10:00:00.000Z' };

  it('carries a change in one administration to the relation and to the others (product.md 3.3)', async () => {
    const counts = await world.sync([account(2, 1, { ...oak, address: anAddress('Hof 3') })]);

    expect(counts).toMatchObject({ changed: 1, conflicts: 0, writes: 2 });
    expect(await line1()).toBe('Hof 3');
    expect((await relation()).leading.address).toEqual({ source: idOf(2) });
    expect(world.writeIntents.all().map((intent) => [intent.sourceRelationId, intent.patch])).toEqual([
      [idOf(1), { address: anAddress('Hof 3') }],
      [idOf(3), { address: anAddress('Hof 3') }],
    ]);
    expect(world.outbox.kinds()).toEqual(['send-write', 'send-write']);
  });

  it('leaves to the plan what was edited in an administration that is not active yet (product.md 3.19)', async () => {
    await world.administrations.save({ ...world.companies[1]!, state: 'coupling' });

    const edited = { ...oak, address: anAddress('Hof 3') };
    expect(await world.sync([account(2, 1, edited)])).toMatchObject({ changed: 1, conflicts: 0, writes: 0 });
    expect(await line1()).toBe('Hof 3');
    expect(world.writeIntents.all()).toEqual([]);

    expect(await world.sync([account(1, 0, { ...oak, phone: '0200000012' })])).toMatchObject({ writes: 1 });
    expect(world.writeIntents.all().map(({ sourceRelationId }) => sourceRelationId)).toEqual([idOf(3)]);
  });

  it('keeps in the history what came from Exact: where from, before and after', async () => {
    await world.sync([account(2, 1, { ...oak, address: anAddress('Hof 3') })]);

    const [act, ...others] = world.actions.all().filter(({ kind }) => kind === 'exact-change');
    expect(others).toEqual([]);
    expect(act).toMatchObject({
      actorName: `Exact Online, ${world.companies[1]!.name}`,
      administrationId: world.companies[1]!.id,
      before: { relations: [{ values: { address: anAddress('Kade 9') } }] },
      after: { relations: [{ values: { address: anAddress('Hof 3') } }] },
      isUndoable: false,
    });
  });

  it('keeps nothing in the history of a change that leaves the relation as it is', async () => {
    await world.sync([account(2, 1, oak, { code: '77' })]);

    expect(world.actions.all().map(({ kind }) => kind)).not.toContain('exact-change');
  });

  it('leaves a field alone in both directions where the administration keeps it to itself (product.md 3.3)', async () => {
    const [, b] = world.companies;
    await world.administrations.save({ ...b!, writePolicy: { localFields: ['address'] } });

    await world.sync([account(2, 1, { ...oak, address: anAddress('Hof 3'), phone: '0200000012' })]);
    expect(await line1()).toBe('Kade 9');
    expect((await relation()).values.phone).toBe('0200000012');

    await world.sync([account(1, 0, { ...oak, address: anAddress('Plein 1'), phone: '0200000012' })]);
    expect(await line1()).toBe('Plein 1');
    const told = world.writeIntents.all().filter(({ patch }) => patch.address !== undefined);
    expect(told.map(({ sourceRelationId }) => sourceRelationId)).toEqual([idOf(3)]);
    expect(world.conflicts.all()).toEqual([]);
  });

  it('writes nothing to an administration whose coupling is not active', async () => {
    const [a] = world.companies;
    await world.administrations.save({ ...a!, state: 'coupling' });

    const counts = await world.sync([account(2, 1, { ...oak, address: anAddress('Hof 3') })]);

    expect(counts.writes).toBe(1);
    expect(world.writeIntents.all()).toMatchObject([{ sourceRelationId: idOf(3) }]);
  });

  it('judges a new account by what the comparison of everything learnt of names', async () => {
    const sisters = async (first: number, name: string) => {
      const shared = { email: `info@${name.toLowerCase()}.nl`, address: anAddress(`Hof ${first}`) };
      await world.sync([account(first, 0, { name: `${name} Horeca B.V.`, ...shared })]);
      await world.sync([account(first + 1, 1, { name: `${name} B.V.`, ...shared })]);
    };
    await sisters(10, 'Lumiri');
    expect(world.proposals.open()).toMatchObject([{ sourceA: idOf(10), sourceB: idOf(11) }]);

    await world.matchModel.put(asId(idOf(800)), { ...nothingLearnt, groupWords: ['horeca'] });
    await sisters(20, 'Tozen');

    expect(world.proposals.open()).toHaveLength(1);
  });

  describe('where a person chose which administration leads (C18)', () => {
    beforeEach(() => setByHand('address', oak.address, { source: asId(idOf(2)), ...byHand }));
    const hof = (number: number) => ({ ...oak, address: anAddress(`Hof ${number}`) });

    it('keeps the value when another administration changes, follows the leading one, and never overwrites a hand-made value', async () => {
      await world.sync([account(1, 0, hof(3))]);
      expect(await line1()).toBe('Kade 9');

      await world.sync([account(2, 1, hof(5))]);
      expect(await line1()).toBe('Hof 5');

      await setByHand('address', anAddress('Hof 7'), byHand);
      await world.sync([account(2, 1, hof(5))]);
      expect(await line1()).toBe('Hof 7');

      const counts = await world.sync([account(2, 1, hof(8))]);
      expect(await line1()).toBe('Hof 7');
      expect(counts.conflicts).toBe(1);
      expect(world.conflicts.all()).toMatchObject([
        {
          field: 'address',
          state: 'open',
          base: anAddress('Hof 5'),
          candidates: [
            { side: 'relation', value: anAddress('Hof 7') },
            { side: idOf(2), value: anAddress('Hof 8') },
          ],
        },
      ]);
    });

    it('does not write over the edit of an administration that merely differs', async () => {
      await world.sync([account(1, 0, hof(3))]);
      await world.sync([account(2, 1, hof(5))]);

      expect(world.writeIntents.all().map((intent) => intent.sourceRelationId)).toEqual([idOf(3)]);
    });
  });

  it('writes 0 rows when nothing changed (C18: no ping-pong)', async () => {
    await world.sync([account(2, 1, { ...oak, address: anAddress('Hof 3') })]);
    const before = [
      world.relations.written,
      world.sourceRelations.written,
      world.links.all(),
      world.writeIntents.all(),
    ];

    const counts = await world.sync([account(2, 1, { ...oak, address: anAddress('Hof 3') })]);

    expect(counts).toMatchObject({ changed: 0, writes: 0, conflicts: 0 });
    expect([
      world.relations.written,
      world.sourceRelations.written,
      world.links.all(),
      world.writeIntents.all(),
    ]).toEqual(before);
  });

  it('asks a person when two administrations change one field differently, and overwrites nothing', async () => {
    const counts = await world.sync([
      account(1, 0, { ...oak, phone: '0200000012' }),
      account(2, 1, { ...oak, phone: '0200000013' }),
    ]);

    expect(counts).toMatchObject({ conflicts: 1, writes: 0 });
    expect((await relation()).values.phone).toBeNull();
    expect(world.conflicts.all()[0]?.candidates.map(({ value }) => value)).toEqual([
      null,
      '0200000012',
      '0200000013',
    ]);
  });

  it('takes the same change on two sides as an agreement', async () => {
    const counts = await world.sync([
      account(1, 0, { ...oak, phone: '020-0000012' }),
      account(2, 1, { ...oak, phone: '0200000012' }),
    ]);

    expect(counts).toMatchObject({ conflicts: 0, writes: 1 });
    expect((await relation()).values.phone).toBe('020-0000012');
  });

  it('closes a conflict by itself when the sides agree again', async () => {
    await world.sync([
      account(1, 0, { ...oak, address: anAddress('Hof 3') }),
      account(2, 1, { ...oak, address: anAddress('Hof 5') }),
    ]);
    expect(world.conflicts.all()).toMatchObject([{ state: 'open' }]);

    await world.sync([account(1, 0, oak), account(2, 1, oak)]);

    expect(world.conflicts.all()).toMatchObject([{ state: 'resolved', resolvedBy: 'Koppel' }]);
    expect(await line1()).toBe('Kade 9');
  });

  it('lets an emptied field never win over a filled one (product.md 3.13)', async () => {
    await world.sync([account(1, 0, { ...oak, address: null, kvk: '' })]);

    expect(await line1()).toBe('Kade 9');
    expect((await relation()).values.kvk).toBe('99000031');
    expect(world.writeIntents.all()).toEqual([]);
  });

  it('keeps a value that a person cleared on purpose (C16)', async () => {
    await setByHand('address', null, byHand);

    await world.sync([account(2, 1, { ...oak, phone: '0200000012' })]);
    expect((await relation()).values).toMatchObject({ address: null, phone: '0200000012' });

    const counts = await world.sync([
      account(2, 1, { ...oak, phone: '0200000012', address: anAddress('Hof 3') }),
    ]);
    expect((await relation()).values.address).toBeNull();
    expect(counts.conflicts).toBe(1);
  });

  it('ends only the link of the administration where the account was deleted (E11 d)', async () => {
    const counts = await world.sync([{ ...account(1, 0, oak), state: 'deleted' }]);

    expect(counts.deleted).toBe(1);
    expect(world.links.all().map(({ sourceRelationId, state }) => [sourceRelationId, state])).toEqual([
      [idOf(1), 'deleted'],
      [idOf(2), 'linked'],
      [idOf(3), 'linked'],
    ]);
    const kept = await relation();
    expect(kept).toMatchObject({ state: 'active', values: oak });
    expect(kept.leading.name).toEqual({ source: idOf(2) });
  });

  it('restores the link when the account comes back', async () => {
    await world.sync([{ ...account(1, 0, oak), state: 'deleted' }]);
    await world.sync([account(1, 0, oak)]);

    expect(world.links.all().map(({ state }) => state)).toEqual(['linked', 'linked', 'linked']);
  });

  it('chooses again when the leading account is blocked, but never over a person (C19)', async () => {
    await world.sync([account(2, 1, { ...oak, phone: '0200000012' })]);
    await world.sync([account(3, 2, { ...oak, phone: '0200000012' })]);
    await setByHand('email', 'x@eik.test', byHand);

    await world.sync([account(2, 1, { ...oak, phone: '0200000012' }, { isBlocked: true })]);

    const { leading, values } = await relation();
    expect(leading.phone).toEqual({ source: idOf(3) });
    expect(leading.email).toEqual(byHand);
    expect(values.phone).toBe('0200000012');
  });

  it('gives an account that became supplier too the link of its new role', async () => {
    await world.sync([account(1, 0, oak, { isSupplier: true })]);

    const roles = world.links.all().filter((link) => link.sourceRelationId === idOf(1));
    expect(roles.map(({ role }) => role)).toEqual(['customer', 'supplier']);
    expect(new Set(roles.map(({ relationId }) => relationId)).size).toBe(1);
  });

  it('joins a new account to the relation that it certainly belongs to', async () => {
    const lonely = aRelationsWorld(2);
    world = lonely;
    await lonely.sync([account(1, 0, oak)], { runKind: 'initial' });

    const counts = await lonely.sync([account(5, 1, { ...oak, name: 'DE EIK BV' })]);

    expect(counts).toMatchObject({ created: 1, relations: 0, mergedAutomatically: 1 });
    expect((await lonely.relationOf(idOf(5))).id).toBe((await lonely.relationOf(idOf(1))).id);
  });

  describe('with a chain whose ends contradict each other (C09)', () => {
    const middle = {
      name: 'Zandstra Bouw h.o.d.n. Eikenhof Interieur',
      phone: '0231234567',
      email: 'post@eikenhof.test',
    };
    const one = { name: 'Zandstra Bouw', kvk: '99000042', phone: middle.phone };
    const other = { name: 'Eikenhof Interieur', kvk: '99000099', email: middle.email };
    const homesOf = async (ids: readonly number[]) =>
      Promise.all(ids.map(async (id) => (await world.relationOf(idOf(id))).id));
    const asked = () =>
      world.proposals
        .open()
        .map(({ sourceA, sourceB, reasons }) => [
          [sourceA, sourceB],
          reasons.filter(({ key }) => key.startsWith('hold-')).map(({ key }) => key),
        ]);

    it('joins no new account to a relation of which one account, that it shares nothing with, has another KvK number', async () => {
      await world.sync([account(11, 0, middle), account(12, 1, one)]);
      await world.sync([account(13, 2, other)]);

      const [first, second, third] = await homesOf([11, 12, 13]);
      expect(second).toBe(first);
      expect(third).not.toBe(first);
      expect(asked()).toEqual([[[idOf(11), idOf(13)], ['hold-chain']]]);
    });

    it('nor when they come in one portion', async () => {
      await world.sync([account(11, 0, middle), account(12, 1, one), account(13, 2, other)]);

      const homes = await homesOf([11, 12, 13]);
      expect(homes[1]).not.toBe(homes[2]);
      expect(new Set(homes).size).toBe(2);
      expect(asked().map(([, holds]) => holds)).toEqual([['hold-chain']]);
    });

    it('says so too when the new account meets the contradiction itself', async () => {
      const address = anAddress('Kade 44');
      await world.sync([
        account(11, 0, { ...middle, address }),
        account(12, 1, { ...one, name: middle.name, address }),
      ]);
      await world.sync([account(13, 2, { ...middle, kvk: '99000099', address })]);

      const [first, , third] = await homesOf([11, 12, 13]);
      expect(third).not.toBe(first);
      expect(asked()).toHaveLength(1);
      expect(asked()[0]?.[1]).toContain('hold-chain');
    });
  });

  describe('with a record without a number that may be either of two companies (C07)', () => {
    const name = 'Tozenvira Interieur B.V.';
    const [phone, email] = ['0501234567', 'info@tozenvira.example'];
    const here = { name, kvk: '30000017', phone, address: anAddress('Kade 12', '9711CD', 'Groningen') };
    const there = { name, kvk: '81234564', email, address: anAddress('Dreef 3', '3811AB', 'Amersfoort') };
    const either = { ...here, kvk: null, email };
    const accounts = () => [account(11, 0, here), account(12, 1, there), account(13, 2, either)];
    const asked = () =>
      world.proposals.open().map(({ sourceA, sourceB, reasons }) => ({
        pair: [sourceA, sourceB],
        holds: reasons.map(({ key }) => key).filter((key) => key.startsWith('hold-')),
      }));
    const both = [
      { pair: [idOf(11), idOf(13)], holds: ['hold-rival'] },
      { pair: [idOf(12), idOf(13)], holds: ['hold-other-address'] },
    ];

    it('asks about both when everything is compared', async () => {
      await world.sync(accounts(), { runKind: 'initial' });

      expect(asked()).toEqual(both);
    });

    it.each([[[0, 1, 2]], [[1, 2, 0]], [[1, 0, 2]]])(
      'asks the same of accounts that come one by one, in the order %j',
      async (order) => {
        await world.sync([], { runKind: 'initial' });
        for (const at of order) await world.sync([accounts()[at]!]); // there are three

        expect(asked().sort((one, other) => (one.pair.join() < other.pair.join() ? -1 : 1))).toEqual(both);
        const homes = await Promise.all([11, 12, 13].map((id) => world.relationOf(idOf(id))));
        expect(new Set(homes.map(({ id }) => id)).size).toBe(3);
      },
    );

    it('joins it once it has the number of one of them', async () => {
      await world.sync([], { runKind: 'initial' });
      await world.sync([account(11, 0, here), account(12, 1, there)]);
      await world.sync([account(13, 2, { ...either, kvk: here.kvk })]);

      expect((await world.relationOf(idOf(13))).id).toBe((await world.relationOf(idOf(11))).id);
    });
  });

  it('stores all new accounts of a portion at once, each beside those before it', async () => {
    const calls = [
      vi.spyOn(world.relations, 'findManyForUpdate'),
      vi.spyOn(world.sourceRelations, 'findManyForUpdate'),
      vi.spyOn(world.links, 'putMany'),
      vi.spyOn(world.actions, 'addMany'),
    ];
    const elm = { name: 'De Iep B.V.', kvk: '99000048', address: anAddress('Laan 4') };

    const counts = await world.sync([
      ...[5, 6, 7].map((id, company) => account(id, company, elm)),
      ...[8, 9].map((id, company) => account(id, company, { name: `Vlier ${id}`, kvk: `9900007${id}` })),
    ]);

    expect(counts).toMatchObject({ created: 5, relations: 3, mergedAutomatically: 2, asked: 0 });
    const { id, version } = await world.relationOf(idOf(5));
    expect(await world.sourcesOf(id)).toEqual([idOf(5), idOf(6), idOf(7)]);
    expect(version).toBe(3);
    const acts = world.actions.all().slice(-2);
    expect(acts.map(({ before }) => before.relations.map((one) => one.id))).toEqual([[id], [id]]);
    for (const call of calls) expect(call.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it('counts names that use a value among all accounts that share it, however many', async () => {
    world = aRelationsWorld(2);
    const post = { address: anAddress('Plein 1', '1234 AB', 'Voorbeeldstad') };
    const crowd = ['Vlier', 'Hoekstra', 'Tozen', 'Lumiri', 'Bakker', 'Visser', 'Meijer', 'Mulder', 'Smit'];
    const others = Array.from({ length: 45 }, (_, at) =>
      account(100 + at, 0, { name: `${crowd[at % crowd.length]}${'abcde'[at % 5]} Holding ${at}`, ...post }),
    );
    const rare = account(1, 0, { name: 'Quvanto B.V.', ...post });
    await world.sync([...others, rare], { runKind: 'initial' });

    await world.sync([account(2, 1, { name: 'Quvanto B.V.', ...post })]);

    const [asked] = world.proposals.open().filter(({ sourceB }) => sourceB === idOf(2));
    expect(await world.sourcesOf((await world.relationOf(idOf(2))).id)).toEqual([idOf(2)]);
    expect(asked?.reasons.map(({ key }) => key)).toContain('address-same-shared');
  });

  it('asks about a new account under manual handling, and gives it a relation of its own', async () => {
    world = aRelationsWorld(2);
    await world.sync([account(1, 0, oak)], { runKind: 'initial' });

    const counts = await world.sync([account(5, 1, oak)], { contactHandling: 'manual' });

    expect(counts).toMatchObject({ created: 1, relations: 1, mergedAutomatically: 0, asked: 1 });
  });

  describe('under careful handling', () => {
    const byRegistration = { ...oak, address: null };
    const byContact = {
      name: 'Lindehoeve Dakwerken',
      address: anAddress('Dijk 4', '4321 BA', 'Elders'),
      email: 'a@b.example',
    };

    async function resyncBeside(shared: Partial<SharedValues>) {
      world = aRelationsWorld(2);
      await world.sync([account(1, 0, shared)], { runKind: 'initial' });
      const counts = await world.sync([account(5, 1, shared)], { contactHandling: 'careful' });
      const isJoined = (await world.relationOf(idOf(5))).id === (await world.relationOf(idOf(1))).id;
      return { counts, isJoined };
    }

    it('joins a new account to the certain relation that has the same KvK number', async () => {
      const { counts, isJoined } = await resyncBeside(byRegistration);

      expect(counts).toMatchObject({ relations: 0, mergedAutomatically: 1, asked: 0 });
      expect(isJoined).toBe(true);
    });

    it('asks about a new account that is certain by its name and address alone', async () => {
      const { counts, isJoined } = await resyncBeside(byContact);

      expect(counts).toMatchObject({ relations: 1, mergedAutomatically: 0, asked: 1 });
      expect(isJoined).toBe(false);
      expect(world.proposals.open()).toMatchObject([{ sourceA: idOf(1), sourceB: idOf(5) }]);
    });

    it('would have joined that account under automatic handling', async () => {
      world = aRelationsWorld(2);
      await world.sync([account(1, 0, byContact)], { runKind: 'initial' });

      expect(await world.sync([account(5, 1, byContact)])).toMatchObject({ mergedAutomatically: 1 });
    });
  });

  it('reports a new double inside an administration and closes it when one is deleted in Exact (product.md 3.7b)', async () => {
    const counts = await world.sync([account(7, 0, oak, { code: '1002' })]);

    expect(counts).toMatchObject({ created: 1, relations: 1, doubles: 1 });
    expect(world.issues.all()).toMatchObject([{ cause: 'double-in-administration', state: 'open' }]);

    await world.sync([{ ...account(7, 0, oak, { code: '1002' }), state: 'deleted' }]);
    expect(world.issues.all()).toMatchObject([{ state: 'resolved' }]);
    expect(world.proposals.open()).toEqual([]);
  });

  it('closes a double that was corrected in Exact, keeps one that is still alike, and asks anew when it is one again', async () => {
    await world.sync([account(7, 0, oak, { code: '1002' })]);
    const states = () => world.issues.all().map(({ state }) => state);
    await world.sync([account(7, 0, { ...oak, phone: '0200000077' }, { code: '1002' })]);
    expect(states()).toEqual(['open']);

    const another = {
      ...{ name: 'Zwaan Transport B.V.', kvk: '99000098', vat: null, website: null },
      ...{ email: 'info@zwaan.test', phone: '0505555555', address: anAddress('Kade 88') },
    };
    await world.sync([account(7, 0, another, { code: '1002' })]);
    expect(states()).toEqual(['resolved']);
    expect(world.issues.all()[0]).toMatchObject({ closedBy: 'Koppel' });
    expect(world.proposals.open().filter(({ kind }) => kind === 'double')).toEqual([]);

    await world.sync([account(7, 0, oak, { code: '1002' })]);
    expect(states()).toEqual(['resolved', 'open']);
  });

  it('takes a waiting write back when its account was changed meanwhile', async () => {
    await world.sync([account(1, 0, { ...oak, address: anAddress('Hof 3'), phone: '0200000012' })]);
    expect(world.writeIntents.all()).toHaveLength(2);

    await world.sync([account(2, 1, { ...oak, address: anAddress('Hof 5') })]);

    const waiting = world.writeIntents.all().filter(({ state }) => state === 'planned');
    expect(waiting.map((intent) => [intent.sourceRelationId, Object.keys(intent.patch)])).toEqual([
      [idOf(3), ['address', 'phone']],
      [idOf(2), ['phone']],
    ]);
  });

  it('never lets an intercompany badge or a relation id change by a resync', async () => {
    const before: RelationId = (await relation()).id;
    await world.sync([account(1, 0, { ...oak, website: 'www.eik.test' })]);

    expect((await relation()).id).toBe(before);
  });
});
