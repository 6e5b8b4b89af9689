import { describe, expect, it } from 'vitest';
import { newCoupling } from '../coupling/coupling.js';
import type { CouplingStep } from '../coupling/index.js';
import { asId, type TenantId } from '../kernel/index.js';
import {
  aConnection,
  anAdministration,
  InMemoryAdministrations,
  InMemoryConnections,
  InMemoryCouplings,
  InMemoryIssues,
  InMemoryOutbox,
  InMemoryUnitOfWork,
  InMemoryWriteIntents,
  aWriteIntent,
  sequentialIds,
  someSealedTokens,
} from '../testing/index.js';
import type { Administration } from './administration.js';
import type { Connection } from './connection.js';
import { recordDivisions, type ListedDivision } from './record-divisions.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const now = new Date('2026-11-25T12:00:00Z');
const connection = aConnection({ listRequestedAt: now });
const exactUser = { id: 'exact-user-1', name: 'Anneke van Dijk' };

function aDivision(division: number, over: Partial<ListedDivision> = {}): ListedDivision {
  const { name, legalName, number, kvk, vat, country, currency, movedAt } = anAdministration({ division });
  return {
    division,
    name,
    legalName,
    number,
    kvk,
    vat,
    country,
    currency,
    movedAt,
    unavailableReason: null,
    ...over,
  };
}

function aWorld(
  of: { administrations?: Administration[]; connection?: Connection; step?: CouplingStep } = {},
) {
  const newId = sequentialIds();
  const tx = {
    administrations: new InMemoryAdministrations(of.administrations),
    connections: new InMemoryConnections([of.connection ?? connection]),
    issues: new InMemoryIssues(newId),
    couplings: new InMemoryCouplings({ ...newCoupling('select', now), step: of.step ?? 'active' }),
    writeIntents: new InMemoryWriteIntents(),
    outbox: new InMemoryOutbox(),
  };
  const record = (
    divisions: ListedDivision[],
    user = exactUser,
    authorisedAt = (of.connection ?? connection).authorisedAt,
  ) =>
    recordDivisions(
      { uow: new InMemoryUnitOfWork(tx), now: () => now, newId },
      { tenantId, connectionId: connection.id, authorisedAt, exactUser: user, divisions },
    );
  return { ...tx, record };
}

describe('recordDivisions', () => {
  it('E06: lists every division, with the reason where one cannot be coupled', async () => {
    const world = aWorld();
    const divisions = Array.from({ length: 61 }, (_, index) => aDivision(900_001 + index));
    divisions[60] = aDivision(900_061, { unavailableReason: 'no-rights' });

    expect(await world.record(divisions)).toMatchObject({ ok: true, value: { added: 61, lost: 0 } });

    const all = await world.administrations.findMany();
    expect(all).toHaveLength(61);
    expect(all.every((one) => one.state === 'available')).toBe(true);
    expect(all.filter((one) => one.unavailableReason === 'no-rights').map((one) => one.division)).toEqual([
      900_061,
    ]);
    expect(await world.connections.findById(connection.id)).toMatchObject({
      listRequestedAt: null,
      listedAt: now,
    });
  });

  it('keeps id, state, code and position of what it knew, and takes over the newest facts', async () => {
    const known = anAdministration({ division: 900_001, state: 'selected', code: '007', position: 3 });
    const world = aWorld({ administrations: [known] });

    await world.record([aDivision(900_001, { name: 'Nieuwe naam', kvk: '12345678' })]);

    expect(await world.administrations.findById(known.id)).toEqual({
      ...known,
      name: 'Nieuwe naam',
      kvk: '12345678',
      listedAt: now,
      version: 2,
    });
  });

  it('marks what is gone, and takes the access of what was coupled, with an issue, while others go on', async () => {
    const gone = anAdministration({ division: 900_001 });
    const lost = anAdministration({ division: 900_002, state: 'active', activatedAt: now });
    const stays = anAdministration({ division: 900_003, state: 'active', activatedAt: now });
    const world = aWorld({ administrations: [gone, lost, stays] });

    await world.record([aDivision(900_002, { unavailableReason: 'no-rights' }), aDivision(900_003)]);

    expect(await world.administrations.findById(gone.id)).toMatchObject({
      state: 'available',
      unavailableReason: 'not-listed',
    });
    expect(await world.administrations.findById(lost.id)).toMatchObject({
      state: 'access-lost',
      stateReason: 'no-rights',
    });
    expect(await world.administrations.findById(stays.id)).toMatchObject({ state: 'active' });
    expect(await world.issues.findOpenCauseKeys('')).toEqual([`administration-forbidden:${lost.id}`]);
  });

  it.each([
    ['match', 'coupling'],
    ['active', 'available'],
  ] as const)(
    'gives access back to one that was never active: with the coupling at %s it is %s',
    async (step, state) => {
      const lost = anAdministration({ state: 'access-lost', stateReason: 'no-rights', code: '007' });
      const world = aWorld({ administrations: [lost], step });
      await world.record([aDivision(900_001)]);
      expect(await world.administrations.findById(lost.id)).toMatchObject({ state, code: '007' });
    },
  );

  it.each([
    ['match', 'coupling'],
    ['active', 'removed'],
  ] as const)(
    'gives access back to one that was being coupled anew: with the coupling at %s it is %s, and no plan is left out',
    async (step, state) => {
      const activatedAt = new Date('2026-11-01T00:00:00Z');
      const returning = anAdministration({ state: 'coupling', code: '007', activatedAt, selectedAt: now });
      const world = aWorld({ administrations: [returning], step });
      await world.record([aDivision(900_001, { unavailableReason: 'no-rights' })]);
      await world.record([aDivision(900_001)]);
      expect(await world.administrations.findById(returning.id)).toMatchObject({ state, nextSyncAt: null });
    },
  );

  it('gives access back when the division can be reached again, and closes the issue', async () => {
    const lost = anAdministration({ state: 'active', activatedAt: now });
    const world = aWorld({ administrations: [lost] });
    await world.record([aDivision(900_001, { unavailableReason: 'no-rights' })]);
    const dueAt = new Date(now.getTime() + 1_800_000);
    await world.writeIntents.addMany([aWriteIntent({ administrationId: lost.id, dueAt })]);

    const result = await world.record([aDivision(900_001)]);

    expect(world.writeIntents.all()).toMatchObject([{ dueAt: now }]);
    expect(world.outbox.kinds()).toEqual(['send-write']);

    expect(result).toMatchObject({ ok: true, value: { regained: 1 } });
    expect(await world.administrations.findById(lost.id)).toMatchObject({ state: 'active', nextSyncAt: now });
    expect(await world.issues.findOpenCauseKeys('')).toEqual([]);
  });

  it('never takes an empty list for "everything is gone"', async () => {
    const active = anAdministration({ state: 'active', activatedAt: now });
    const world = aWorld({ administrations: [active] });

    await world.record([]);

    expect(await world.administrations.findById(active.id)).toEqual(active);
    expect(await world.connections.findById(connection.id)).toMatchObject({
      stateReason: 'no-administrations-listed',
      listRequestedAt: null,
    });
  });

  it('takes a division that is listed twice once', async () => {
    const world = aWorld();
    expect(await world.record([aDivision(900_001), aDivision(900_001)])).toMatchObject({
      value: { added: 1 },
    });
  });

  it('E03: accepts another Exact user who reaches the same books, and shows that it is another one', async () => {
    const active = anAdministration({ state: 'active', code: '001', activatedAt: now });
    const world = aWorld({ administrations: [active] });

    await world.record([aDivision(900_001)], { id: 'exact-user-2', name: 'Bas Smit' });

    expect(await world.administrations.findById(active.id)).toMatchObject({ state: 'active', code: '001' });
    expect(await world.connections.findById(connection.id)).toMatchObject({
      exactUserName: 'Bas Smit',
      stateReason: 'exact-user-differs',
    });
  });

  it('E15, F81: refuses the consent of a user of other books: no tokens stay, nothing of ours changes, people are told', async () => {
    const active = anAdministration({ state: 'active', activatedAt: now });
    const world = aWorld({ administrations: [active] });
    await world.connections.replaceTokens(connection.id, someSealedTokens());

    const result = await world.record([aDivision(800_001)], { id: 'exact-user-9', name: 'Somebody' });

    expect(result).toMatchObject({ ok: true, value: { isAccepted: false } });
    expect(await world.administrations.findMany()).toEqual([active]);
    expect(world.connections.tokensOf(connection.id)).toBeUndefined();
    expect(await world.connections.findById(connection.id)).toMatchObject({
      state: 'reauth-required',
      stateReason: 'exact-user-differs',
      exactUserId: 'exact-user-1',
    });
    expect(await world.issues.findOpenCauseKeys('')).toEqual([`connection-broken:${connection.id}`]);
  });

  it('F81: judges no consent by a list that was read with the one before it, and leaves the list that is asked for to come', async () => {
    const active = anAdministration({ state: 'active', activatedAt: now });
    const world = aWorld({ administrations: [active] });
    await world.connections.replaceTokens(connection.id, someSealedTokens());
    const before = await world.connections.findById(connection.id);
    const earlier = new Date(connection.authorisedAt.getTime() - 60_000);

    const stranger = { id: 'exact-user-9', name: 'Somebody' };
    expect(await world.record([aDivision(800_001)], stranger, earlier)).toMatchObject({
      value: { isAccepted: false },
    });

    expect(await world.connections.findById(connection.id)).toEqual(before);
    expect(await world.administrations.findMany()).toEqual([active]);
    expect(world.connections.tokensOf(connection.id)).toBeDefined();
  });
});
