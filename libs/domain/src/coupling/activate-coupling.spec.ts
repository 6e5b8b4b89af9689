import { isReturning } from '../administrations/index.js';
import { asId } from '../kernel/index.js';
import { callsPerCreate, isAwaitingAnswer, planRates, planWrites } from '../relations/index.js';
import { describe, expect, it } from 'vitest';
import {
  aConnection,
  aCouplingWorld,
  anAdministration,
  aPartWrite,
  aProposal,
  aRelationsWorld,
  aSourceRelation,
  idOf,
} from '../testing/index.js';
import type { Master } from '../settings/index.js';
import { dueOnReturn } from '../sync/index.js';
import { activateCoupling } from './activate-coupling.js';
import { finishMatch } from './finish-match.js';
import { openCoupling } from './open-coupling.js';
import { setResyncInterval } from './set-resync-interval.js';

const earlier = new Date('2026-01-01T00:00:00Z');
const requiredSettings = {
  salesJournal: '70',
  purchaseJournal: '60',
  salesGlAccount: '8000',
  costGlAccount: '7000',
  salesVatCode: '2',
  reverseChargeVatCode: '7',
  purchaseVatCode: '4',
  paymentConditionSales: '30',
  paymentConditionPurchase: '30',
};

const aMaster = (over: Partial<Master> & Pick<Master, 'kind' | 'code'>): Master => ({
  description: over.code,
  isBlocked: false,
  type: null,
  percentage: null,
  vatType: null,
  vatTransaction: null,
  isReverseCharge: false,
  ...over,
});

/** The records of Exact that the settings above choose from. */
const masters = [
  aMaster({ kind: 'journals', code: '70', type: 20 }),
  aMaster({ kind: 'journals', code: '60', type: 22 }),
  aMaster({ kind: 'gl-accounts', code: '8000', type: 110 }),
  aMaster({ kind: 'gl-accounts', code: '7000', type: 111 }),
  aMaster({ kind: 'vat-codes', code: '2', percentage: 0.21, vatType: 'E', vatTransaction: 'S' }),
  aMaster({ kind: 'vat-codes', code: '7', isReverseCharge: true }),
  aMaster({ kind: 'vat-codes', code: '4', percentage: 0.21, vatType: 'E', vatTransaction: 'P' }),
  aMaster({ kind: 'payment-conditions', code: '30' }),
];

async function aWorld(of: Parameters<typeof aCouplingWorld>[0] & { isComplete?: boolean }) {
  const world = aCouplingWorld(of);
  for (const { id } of of.administrations ?? []) {
    if (of.isComplete === false) continue;
    const values = requiredSettings;
    await world.settings.save({
      administrationId: id,
      values,
      follows: {},
      version: 1,
      updatedAt: earlier,
      updatedBy: 'Anneke',
    });
  }
  return world;
}

const activate = (
  world: ReturnType<typeof aCouplingWorld>,
  writeSharedValues = false,
  planFingerprint?: string,
  acceptedCreates?: number,
) => activateCoupling(world.deps, { ...world, writeSharedValues, planFingerprint, acceptedCreates });

describe('activateCoupling', () => {
  it('makes its administrations active, ends the freeze and resyncs what changed meanwhile', async () => {
    const one = anAdministration({ division: 1, state: 'coupling' });
    const other = anAdministration({ division: 2, state: 'available' });
    const world = await aWorld({
      coupling: { step: 'settings', frozenSince: earlier, resyncMinutes: 30 },
      administrations: [one, other],
      masters: masters,
    });

    const activated = await activate(world);

    expect(activated).toMatchObject({
      ok: true,
      value: { step: 'active', frozenSince: null, activatedAt: world.clock.now },
    });
    expect(await world.administrations.findById(one.id)).toMatchObject({
      state: 'active',
      activatedAt: world.clock.now,
      nextSyncAt: new Date('2026-11-25T09:30:00Z'),
    });
    expect(await world.administrations.findById(other.id)).toEqual(other);
    expect(world.outbox.messages()).toEqual([
      { kind: 'start-resync', administrationIds: [one.id] },
      { kind: 'keep-subscriptions', administrationId: one.id },
    ]);
  });

  it('writes shared values to Exact only when the admin says so', async () => {
    for (const isAllowed of [false, true]) {
      const relations = aRelationsWorld(2, { state: 'coupling' });
      const [a, b] = relations.companies.map(({ id }) => id);
      const eik = { name: 'De Eik B.V.', kvk: '99000031' };
      await relations.sync(
        [
          aSourceRelation({ id: idOf(1), administrationId: a!, shared: eik }), // there are two companies
          aSourceRelation({ id: idOf(2), administrationId: b!, shared: { ...eik, phone: '0200000012' } }),
        ],
        { runKind: 'initial' },
      );
      const world = await aWorld({
        coupling: { step: 'settings' },
        administrations: relations.companies,
        masters,
        relations,
      });

      const { tenantId } = world;
      const plan = await planWrites(world.deps, { tenantId, updatesMax: 10 });
      for (const other of [undefined, 'another'])
        if (isAllowed) {
          expect(await activate(world, true, other)).toEqual({
            ok: false,
            error: { kind: 'plan-changed', fingerprint: plan.fingerprint },
          });
          expect(world.writeIntents.all()).toEqual([]);
        }
      expect(await activate(world, isAllowed, plan.fingerprint)).toMatchObject({ value: { step: 'active' } });

      expect(world.writeIntents.all().map(({ patch, purpose }) => [patch, purpose])).toEqual(
        isAllowed ? [[{ phone: '0200000012' }, 'plan']] : [],
      );
      const kinds = world.outbox.kinds().filter((kind) => kind !== 'keep-subscriptions');
      expect(kinds).toEqual(isAllowed ? ['send-write', 'start-resync'] : ['start-resync']);
    }
  });

  it.each([true, false])(
    'sends what waited for the parts of a returning administration with the word of the admin only: %s',
    async (isAllowed) => {
      const selectedAt = new Date(earlier.getTime() + 1);
      const returning = anAdministration({ state: 'coupling', activatedAt: earlier, selectedAt });
      const coupling = { step: 'settings', activatedAt: earlier } as const;
      const world = await aWorld({ coupling, administrations: [returning], masters });
      const waiting = aPartWrite({ administrationId: returning.id, dueAt: dueOnReturn });
      await world.writeIntents.addMany([waiting]);
      const { fingerprint } = await planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 9 });

      expect(await activate(world, isAllowed, fingerprint)).toMatchObject({ ok: true });

      const now = world.clock.now;
      expect(world.writeIntents.all()).toMatchObject([
        isAllowed ? { state: 'planned', dueAt: now } : { state: 'superseded', settledAt: now },
      ]);
      const sent = world.outbox.messages().filter(({ kind }) => kind === 'send-write');
      expect(sent).toEqual(isAllowed ? [{ kind: 'send-write', intentId: waiting.id }] : []);
      const returned = await world.administrations.findById(returning.id);
      expect(returned).toMatchObject({ state: 'active', activatedAt: earlier });
      expect(returned && isReturning(returned)).toBe(false);
    },
  );

  describe('where Exact was read more than an hour ago', () => {
    const eik = { name: 'De Eik B.V.', kvk: '99000031', phone: '0200000010' };

    /** Two administrations of one relation, each with another phone number, read five days ago. */
    async function anOldPlan() {
      const lastSyncedAt = new Date('2026-11-20T09:00:00Z');
      const relations = aRelationsWorld(2, { state: 'coupling', lastSyncedAt });
      relations.syncPolicy.set({ isActive: false });
      const account = (company: number, phone: string) =>
        aSourceRelation({
          ...{ id: idOf(company + 1), administrationId: relations.companies[company]!.id }, // there are two
          shared: { ...eik, phone },
        });
      await relations.sync([account(0, '0200000010'), account(1, '0200000011')], { runKind: 'initial' });
      const coupling = { step: 'settings' } as const;
      const world = await aWorld({ coupling, administrations: relations.companies, masters, relations });
      const plan = () => planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 9 });
      const readNow = async () => {
        for (const one of await world.administrations.findMany())
          await world.administrations.save({ ...one, lastSyncedAt: world.clock.now });
      };
      return { world, relations, account, plan, readNow, lastSyncedAt };
    }

    it('writes nothing of a plan until what changed was read', async () => {
      const { world, plan, readNow, lastSyncedAt } = await anOldPlan();
      const { fingerprint } = await plan();
      expect(await activate(world, true, fingerprint)).toEqual({
        ok: false,
        error: { kind: 'exact-not-read-lately', readAt: lastSyncedAt },
      });
      expect(world.writeIntents.written).toBe(0);
      expect(world.outbox.kinds()).toEqual([]);
      await readNow();
      expect(await activate(world, true, fingerprint)).toMatchObject({ value: { step: 'active' } });
    });

    it('shows another plan when an account of it was edited in Exact, and refuses the old one', async () => {
      const { world, relations, account, plan, readNow } = await anOldPlan();
      const old = await plan();
      expect(old.updates).toMatchObject([{ field: 'phone', from: '0200000011', to: '0200000010' }]);
      await relations.sync([account(0, '0200000099')]);
      await readNow();

      const { fingerprint, updates } = await plan();
      expect(updates).toMatchObject([{ field: 'phone', from: '0200000011', to: '0200000099' }]);
      expect(world.writeIntents.all()).toEqual([]);
      expect(await activate(world, true, old.fingerprint)).toEqual({
        ok: false,
        error: { kind: 'plan-changed', fingerprint },
      });
      expect(await activate(world, true, fingerprint)).toMatchObject({ value: { step: 'active' } });
    });

    it('is finished all the same when nothing is to be written', async () => {
      const { world } = await anOldPlan();
      expect(await activate(world, false)).toMatchObject({ value: { step: 'active' } });
    });

    it('asks it of those that are added alone: the active ones are resynced', async () => {
      const lastSyncedAt = new Date('2026-11-20T09:00:00Z');
      const old = anAdministration({ division: 1, state: 'active', activatedAt: earlier, lastSyncedAt });
      const added = anAdministration({
        division: 2,
        state: 'coupling',
        lastSyncedAt: new Date('2026-11-25T08:30:00Z'),
      });
      const coupling = { step: 'settings', activatedAt: earlier } as const;
      const world = await aWorld({ coupling, administrations: [old, added], masters });
      const { fingerprint } = await planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 9 });
      expect(await activate(world, true, fingerprint)).toMatchObject({ value: { step: 'active' } });
    });
  });

  describe('where accounts are always made', () => {
    /** Accounts of `count` relations in the first of two administrations, one of them in both, and one own company. */
    async function aPlan(count: number) {
      const relations = aRelationsWorld(2, { state: 'coupling' });
      relations.syncPolicy.set({ accountCreation: 'always' });
      const [a, b] = relations.companies.map(({ id }) => id);
      const accounts = Array.from({ length: count }, (_, number) =>
        aSourceRelation({
          ...{ id: idOf(number + 1), administrationId: a! }, // there are two companies
          shared: {
            name: `Bedrijf ${names[number % names.length]} ${number}`,
            phone: `02000${10_000 + number}`,
          },
        }),
      );
      const first = accounts[0]!.fields.shared;
      const own = aSourceRelation({
        id: idOf(900),
        administrationId: a!,
        shared: { name: 'Wij Bouw B.V.' },
        over: { isOwnCompany: true },
      });
      const twin = aSourceRelation({ id: idOf(800), administrationId: b!, shared: first });
      await relations.sync([...accounts, own], { runKind: 'initial' });
      const relation = await relations.relationOf(idOf(1));
      relations.sourceRelations.put(twin);
      const [link] = await relations.links.findOfSources([accounts[0]!.id]);
      await relations.links.putMany([{ ...link!, sourceRelationId: twin.id, relationId: relation.id }]);
      const world = await aWorld({
        ...{ coupling: { step: 'settings' }, administrations: relations.companies, masters, relations },
      });
      const plan = await planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 10 });
      return { world, plan, b: b! };
    }
    const names = ['Eik', 'Linde', 'Wilg', 'Beuk', 'Iep', 'Berk', 'Els', 'Spar', 'Taxus', 'Hulst'];
    const creates = (world: Awaited<ReturnType<typeof aWorld>>) =>
      world.writeIntents.all().filter(({ kind }) => kind === 'create');

    it('tells in the plan whom each administration gets, and makes them with the yes of the admin', async () => {
      const { world, plan, b } = await aPlan(5);
      expect([...plan.creates]).toEqual([[b, 4]]);
      expect(plan.aboveShare).toEqual([]);
      expect(await activate(world, true, plan.fingerprint)).toMatchObject({ ok: true });
      expect(creates(world)).toHaveLength(4);
      expect(creates(world)).toMatchObject([
        { administrationId: b, roles: ['customer'], createdBy: 'Anneke', purpose: 'plan' },
        {},
        {},
        {},
      ]);
      expect(world.outbox.kinds().filter((kind) => kind === 'send-write')).toHaveLength(4);
    });

    it('counts apart whom a question may find there already, asks no yes to these, and lets them wait for its answer', async () => {
      const { world, b } = await aPlan(30);
      const [twin] = (await world.links.findOfSources([asId(idOf(800))])).map(({ relationId }) => relationId);
      const there = world.relations.all().filter(({ id }) => id !== twin);
      await world.proposals.addMany(
        there.slice(0, 28).map(({ id }, at) => aProposal(100 + at, { relationA: id, relationB: twin! })),
      );
      const plan = await planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 10 });
      expect([plan.creates.get(b), plan.waiting.get(b), plan.aboveShare]).toEqual([1, 28, []]);
      expect(await activate(world, true, plan.fingerprint)).toMatchObject({ ok: true });

      const waiting = creates(world).filter(({ state, failure }) => isAwaitingAnswer({ state, failure }));
      expect([creates(world).length, waiting.length]).toEqual([29, 28]);
      expect(world.outbox.kinds().filter((kind) => kind === 'send-write')).toHaveLength(1);
    });

    it('makes none when the admin says no', async () => {
      const { world } = await aPlan(5);
      expect(await activate(world, false)).toMatchObject({ ok: true });
      expect(creates(world)).toEqual([]);
    });

    it('stops above a share of what stands there, until their number is confirmed', async () => {
      const { world, plan, b } = await aPlan(30);
      expect(plan.aboveShare).toEqual([b]);
      const error = { kind: 'creates-exceed-share', creates: 29, administrationIds: [b] };
      for (const accepted of [undefined, 28]) {
        expect(await activate(world, true, plan.fingerprint, accepted)).toEqual({ ok: false, error });
        expect(creates(world)).toEqual([]);
      }
      expect(await activate(world, true, plan.fingerprint, 29)).toMatchObject({ ok: true });
      expect(creates(world)).toHaveLength(29);
    });

    it('makes many over hours and days: some at once, the others at a pace, which leaves calls to resyncs and to people who wait (F31, F95)', async () => {
      const createsAtOnce = planRates.atOnce / callsPerCreate;
      const count = createsAtOnce + 3;
      const { world, plan } = await aPlan(count + 1);
      expect(await activate(world, true, plan.fingerprint, count)).toMatchObject({ ok: true });
      const now = world.deps.now().getTime();
      const waits = creates(world).map(({ dueAt }) => dueAt.getTime() - now);
      const atOnce = Array.from({ length: createsAtOnce }, () => 0);
      expect(waits).toEqual([...atOnce, 60_000, 60_000, 60_000]);
      expect(world.outbox.kinds().filter((kind) => kind === 'send-write')).toHaveLength(createsAtOnce);
    });

    it('writes nothing at all before it refuses, not even what is rolled back', async () => {
      const { world, plan } = await aPlan(30);
      expect(await activate(world, true, 'another', 29)).toMatchObject({ error: { kind: 'plan-changed' } });
      expect(await activate(world, true, plan.fingerprint)).toMatchObject({
        error: { kind: 'creates-exceed-share' },
      });
      expect(world.writeIntents.written).toBe(0);
    });

    it('means nothing of a plan when the world moved between reading it and writing it', async () => {
      const { world, plan } = await aPlan(5);
      const { missingAccounts, relations } = world;
      const { sumUp } = missingAccounts;
      missingAccounts.sumUp = async (of) => {
        const seen = await sumUp.call(missingAccounts, of);
        const [first] = await relations.findMany([relations.all()[0]!.id]);
        await relations.saveMany([{ ...first!, values: { ...first!.values, name: 'Anders B.V.' } }]);
        return seen;
      };
      const refused = await activate(world, true, plan.fingerprint);
      expect(refused).toMatchObject({ ok: false, error: { kind: 'plan-changed' } });
      expect(refused).not.toMatchObject({ error: { fingerprint: plan.fingerprint } });
      expect(world.writeIntents.all()).toEqual([]);
      expect(world.outbox.kinds()).toEqual([]);
    });

    it('is refused when the world moved: one more is lacking', async () => {
      const { world, plan } = await aPlan(5);
      const [first] = await world.relations.findMany([
        (
          await world.relations.findLacking({
            ...{ administrationIds: [plan.creates.keys().next().value!], after: null, limit: 1 },
            ...{ today: '2026-11-25', createdSince: null },
          })
        )[0]!.id,
      ]);
      await world.relations.saveMany([{ ...first!, values: { ...first!.values, name: 'Anders B.V.' } }]);
      expect(await activate(world, true, plan.fingerprint)).toMatchObject({
        error: { kind: 'plan-changed' },
      });
    });
  });

  it('activates only what was added, and keeps the first moment', async () => {
    const old = anAdministration({ division: 1, state: 'active', activatedAt: earlier });
    const added = anAdministration({ division: 2, state: 'coupling' });
    const world = await aWorld({
      coupling: { step: 'settings', activatedAt: earlier },
      administrations: [old, added],
      masters: masters,
    });

    expect(await activate(world)).toMatchObject({ value: { activatedAt: earlier } });
    expect(await world.administrations.findById(old.id)).toEqual(old);
    expect(await world.administrations.findById(added.id)).toMatchObject({ state: 'active' });
  });

  it('is refused while settings are missing, and says how many', async () => {
    const one = anAdministration({ state: 'coupling' });
    const world = await aWorld({ coupling: { step: 'settings' }, administrations: [one], isComplete: false });
    const refused = await activate(world);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'settings-incomplete' } });
    expect(refused.ok ? 0 : 'missing' in refused.error ? refused.error.missing : 0).toBeGreaterThan(0);
    expect(await world.administrations.findById(one.id)).toEqual(one);
  });

  it('is refused while a blocking issue is open', async () => {
    const world = await aWorld({ coupling: { step: 'settings' } });
    await world.issues.report(
      [{ cause: 'connection-broken', causeKey: 'connection-broken:c', administrationId: null, params: {} }],
      earlier,
    );
    expect(await activate(world)).toEqual({
      ok: false,
      error: { kind: 'blocking-issues-open', count: 1 },
    });
  });

  it('is refused before the settings', async () => {
    const world = await aWorld({ coupling: { step: 'match' } });
    expect(await activate(world)).toEqual({
      ok: false,
      error: { kind: 'wrong-step', step: 'match' },
    });
  });
});

describe('finishMatch', () => {
  it('goes on to the settings and remembers who', async () => {
    const world = aCouplingWorld({ coupling: { step: 'match' } });
    expect(await finishMatch(world.deps, world)).toMatchObject({ value: { step: 'settings' } });
    expect(await world.couplings.findStepLog()).toMatchObject([{ step: 'match', actorName: 'Anneke' }]);
  });
});

describe('openCoupling', () => {
  it('begins at connecting', async () => {
    const world = aCouplingWorld();
    expect(await openCoupling(world.deps, world)).toMatchObject({ value: { step: 'connect' } });
  });

  it('begins at selecting for a tenant that is coupled to one administration already, and keeps that', async () => {
    const coupled = anAdministration({ state: 'active', code: '050', activatedAt: earlier });
    const world = aCouplingWorld({ connections: [aConnection()], administrations: [coupled] });
    expect(await openCoupling(world.deps, world)).toMatchObject({ value: { step: 'select' } });
    expect(await world.administrations.findMany()).toEqual([coupled]);
    expect(await world.couplings.findStepLog()).toMatchObject([
      { step: 'connect', actorName: 'Anneke van Dijk' },
    ]);
  });

  it('leaves a coupling that is under way as it is', async () => {
    const world = aCouplingWorld({ coupling: { step: 'match' } });
    expect(await openCoupling(world.deps, world)).toMatchObject({ value: { step: 'match', version: 1 } });
  });
});

describe('setResyncInterval', () => {
  it('counts at once for syncs that were planned later', async () => {
    const soon = anAdministration({
      division: 1,
      state: 'active',
      nextSyncAt: new Date('2026-11-25T09:05:00Z'),
    });
    const late = anAdministration({
      division: 2,
      state: 'active',
      nextSyncAt: new Date('2026-11-26T09:00:00Z'),
    });
    const world = aCouplingWorld({ coupling: { step: 'active' }, administrations: [soon, late] });
    await setResyncInterval(world.deps, { tenantId: world.tenantId, minutes: 30 });
    expect(await world.administrations.findById(soon.id)).toEqual(soon);
    expect(await world.administrations.findById(late.id)).toMatchObject({
      nextSyncAt: new Date('2026-11-25T09:30:00Z'),
    });
  });
});
