import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type WriteIntentId } from '../../kernel/index.js';
import { dueOnReturn, type PartWrite, type WriteIntent } from '../../sync/index.js';
import { aPartsWorld, idOf, type PartsWorld } from '../../testing/index.js';
import { applyPlan } from '../apply-plan.js';
import { readPlanParts } from '../plan-pages.js';
import { planWrites } from '../plan-writes.js';
import { callsPerUpdate, planRates } from '../write-pace.js';
import { dropPlannedParts } from './planned-parts.js';

const updatesAtOnce = planRates.atOnce / callsPerUpdate;

const postal = { type: 'postal', isMain: true, line1: 'Postbus 1', postcode: '6710 BA', city: 'Ede' };
const boer = { firstName: 'Bram', lastName: 'de Boer', email: 'bram@eik.test', phone: '0318-111111' };
const activatedAt = new Date('2026-11-01T00:00:00Z');

let at: PartsWorld;
let world: PartsWorld['world'];
beforeEach(async () => {
  at = await aPartsWorld();
  world = at.world;
  for (const company of world.companies) await world.administrations.save({ ...company, activatedAt });
  for (const company of [0, 1, 2]) at.first(company, 'address', postal);
  for (const company of [0, 1, 2]) at.first(company, 'contact', boer, 2);
  await third('removed');
});

const third = (state: 'removed' | 'coupling') =>
  world.administrations.save({ ...world.companies[2]!, activatedAt, state }); // three
const plan = () => planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 9 });
const ofThird = () => at.writes().filter(([part]) => part === idOf(301) || part === idOf(302));

describe('contact persons and addresses that change while an administration is removed (product.md 3.6)', () => {
  it('wait for it, as they are by the last change, and stand in the plan of its return', async () => {
    for (const line1 of ['Postbus 22', 'Postbus 333']) {
      at.fetched(0, 'address', { ...postal, line1 });
      await at.compare();
    }
    at.fetched(0, 'contact', { ...boer, phone: '0318-222222' }, { part: 2 });
    await at.compare();
    expect(ofThird()).toMatchObject([
      [idOf(301), 'update', { line1: 'Postbus 333' }],
      [idOf(302), 'update', { phone: '0318-222222' }],
    ]);
    expect(at.openIssues()).toEqual([]);
    expect((await plan()).updates).toEqual([]);

    await third('coupling');
    const id = world.companies[2]!.id; // three
    const { updates, accounts } = await plan();
    expect(accounts.get(id)).toBe(2);
    expect(updates).toMatchObject([
      {
        ...{ administrationId: id, field: 'postal-address', relationName: 'De Eik B.V.' },
        ...{ from: 'Postbus 1, 6710 BA, Ede', to: 'Postbus 333, 6710 BA, Ede' },
      },
      {
        ...{ field: 'contact-phone', relationName: 'De Eik B.V. (Bram de Boer)' },
        ...{ from: '0318-111111', to: '0318-222222' },
      },
    ]);
    const page = await readPlanParts(world.deps, { tenantId: world.tenantId, after: null });
    expect(page).toEqual({ updates, next: null });
  });

  it('are another plan when one more changes, and are applied as they were seen', async () => {
    at.fetched(0, 'address', { ...postal, line1: 'Postbus 22' });
    await at.compare();
    await third('coupling');
    const seen = await plan();
    at.fetched(0, 'address', { ...postal, line1: 'Postbus 333' });
    await at.compare();
    const now = await plan();
    expect(now.fingerprint).not.toBe(seen.fingerprint);

    const facts = {
      newId: world.deps.newId,
      now: world.deps.now(),
      byName: 'Anna',
      purpose: 'plan',
    } as const;
    const applied = await applyPlan(world.uow.tx, facts);
    expect(applied).toMatchObject({ fingerprint: now.fingerprint, planned: 1 });
    const released = world.writeIntents
      .all()
      .filter(({ part }) => part?.kind === 'address' && part.exactId !== null);
    expect(released.at(-1)).toMatchObject({ state: 'planned', purpose: 'plan' });
  });

  it('are another plan when they count on something else to stand in Exact: then they may not be sent', async () => {
    at.fetched(0, 'address', { ...postal, line1: 'Postbus 22' });
    await at.compare();
    await third('coupling');
    const [waiting] = world.writeIntents.all().filter(({ part }) => part?.exactId === idOf(301));
    const seen = [(await plan()).fingerprint];
    for (const counted of [{ was: { line1: 'Postbus 2' } }, { orWas: [{ line1: 'Postbus 3' }] }]) {
      await world.writeIntents.save({ ...waiting, part: { ...waiting?.part, ...counted } } as WriteIntent);
      seen.push((await plan()).fingerprint);
    }
    expect(new Set(seen).size).toBe(3);
  });

  it('go out at the pace of all updates of a plan, however many waited', async () => {
    at.fetched(0, 'address', { ...postal, line1: 'Postbus 22' });
    await at.compare();
    const [waiting] = world.writeIntents.all().filter(({ part }) => part?.exactId === idOf(301));
    const others = Array.from({ length: updatesAtOnce + 9 }, (_, number) => idOf(70_000 + number));
    await world.writeIntents.addMany(others.map((id) => ({ ...waiting!, id: asId<WriteIntentId>(id) })));
    await third('coupling');
    const sent = world.outbox.messages().length;

    const now = world.deps.now();
    await applyPlan(world.uow.tx, { newId: world.deps.newId, now, byName: 'Anna', purpose: 'plan' });
    const released = world.writeIntents.all().filter(({ purpose }) => purpose === 'plan');
    expect(released).toHaveLength(updatesAtOnce + 10);
    expect(released.filter(({ dueAt }) => dueAt <= now)).toHaveLength(updatesAtOnce);
    expect(world.outbox.messages()).toHaveLength(sent + updatesAtOnce);
  });

  describe('without the word of the admin', () => {
    const now = new Date('2026-11-26T09:00:00Z');
    const drop = async (over: Partial<PartWrite>) => {
      at.fetched(0, 'address', { ...postal, line1: 'Postbus 22' });
      await at.compare();
      const [waiting] = world.writeIntents.all().filter(({ part }) => part?.exactId === idOf(301));
      await world.writeIntents.save({ ...waiting, ...over } as PartWrite); // of an address
      await third('coupling');
      const sent = world.outbox.messages().length;
      await dropPlannedParts(world.uow.tx, [world.companies[2]!.id], now); // three
      const dropped = await world.writeIntents.findById(waiting!.id);
      return { dropped, messages: world.outbox.messages().slice(sent) };
    };

    it('end', async () => {
      const { dropped, messages } = await drop({});
      expect(dropped).toMatchObject({ state: 'superseded', settledAt: now });
      expect(messages).toEqual([]);
    });

    it.each(['sent', 'uncertain'] as const)(
      'are looked up first where one that is %s may have arrived before it was removed, and are not sent again',
      async (state) => {
        const { dropped, messages } = await drop({ state, attempts: 19, dueAt: dueOnReturn });
        expect(dropped).toMatchObject({
          state: 'uncertain',
          triesBefore: 19,
          dueAt: now,
          part: { isDropped: true },
        });
        expect(messages).toEqual([{ kind: 'send-write', intentId: dropped?.id }]);
      },
    );

    it('are wanted again once they stand in a plan that the admin says yes to', async () => {
      const { dropped } = await drop({ state: 'uncertain', dueAt: dueOnReturn });
      expect((await plan()).updates).toHaveLength(1);
      await applyPlan(world.uow.tx, { newId: world.deps.newId, now, byName: 'Anna', purpose: 'plan' });
      const released = await world.writeIntents.findById(dropped!.id);
      expect(released).toMatchObject({ state: 'uncertain', purpose: 'plan' });
      expect(released?.part).not.toHaveProperty('isDropped');
    });
  });

  it('are asked when the other one changed too while it was away, and written to nobody', async () => {
    at.fetched(0, 'address', { ...postal, line1: 'Postbus 22' });
    await at.compare();
    await third('coupling');
    at.fetched(2, 'address', { ...postal, line1: 'Postbus 999' });
    await at.compare();
    expect(ofThird()).toEqual([]);
    expect((await plan()).updates).toEqual([]);
    expect(at.openIssues().map(({ cause }) => cause)).toContain('address-differs');
  });

  it('are compared by the run that couples it again, not by a resync of the others that comes in between', async () => {
    await third('coupling');
    at.fetched(2, 'address', { ...postal, line1: 'Postbus 22' });
    const ofFirst = () => at.writes().filter(([part]) => part === idOf(101));
    expect(await at.compare('resync')).toBe(0);
    expect(ofFirst()).toEqual([]);

    await at.compare('addition');
    expect(ofFirst()).toMatchObject([[idOf(101), 'update', { line1: 'Postbus 22' }]]);
  });

  it('are nothing to do any more where the returning one says the same by now', async () => {
    at.fetched(0, 'address', { ...postal, line1: 'Postbus 22' });
    await at.compare();
    await third('coupling');
    at.fetched(2, 'address', { ...postal, line1: 'Postbus 22' });
    await at.compare();
    const { updates, accounts } = await plan();
    expect(updates).toEqual([]);
    expect(accounts.get(world.companies[2]!.id)).toBe(0); // three
  });
});
