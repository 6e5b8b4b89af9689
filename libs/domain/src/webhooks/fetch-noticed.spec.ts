import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type AdministrationId, type ConnectionId } from '../kernel/index.js';
import {
  anAccountRow,
  anAdministration,
  aSyncWorld,
  InMemoryNotices,
  InMemoryUnitOfWork,
  type SyncWorld,
} from '../testing/index.js';
import { busyMs, fetchNoticed, pauseMs, recordNotices, settleMs, type Topic } from './index.js';

const companies = [900_001, 900_002].map((division) => anAdministration({ division, state: 'active' }));
const [one, other] = companies.map(({ id }) => id) as [AdministrationId, AdministrationId];

let world: SyncWorld;
let uow: InMemoryUnitOfWork<SyncWorld['uow']['tx'] & { notices: InMemoryNotices }>;
beforeEach(() => {
  world = aSyncWorld(companies);
  uow = new InMemoryUnitOfWork({ ...world.uow.tx, notices: new InMemoryNotices() });
});

const deps = () => ({ ...world.deps, uow });
const tell = (notices: [AdministrationId, Topic, number][]) =>
  recordNotices(deps(), {
    tenantId: world.tenantId,
    notices: notices.map(([administrationId, topic, count]) => ({ administrationId, topic, count })),
  });
const fetch = () => fetchNoticed(deps(), { tenantId: world.tenantId });
const runs = () => world.syncRuns.all();
const stepsOf = async (id: AdministrationId) =>
  (await world.syncSteps.findOfAdministration(runs().at(-1)!.id, id)).map(({ kind }) => kind);

describe('what Exact tells of', () => {
  it('is one message and one run, however often it comes and in whatever order (F50)', async () => {
    for (let time = 0; time < 500; time += 1) {
      await tell([[one, 'accounts', 1]]);
      await tell([[one, 'accounts', 1]]);
    }
    expect(world.outbox.sent).toEqual([
      { message: { kind: 'fetch-noticed' }, availableAt: new Date(world.time.getTime() + settleMs) },
    ]);

    world.advance(settleMs);
    expect(await fetch()).toMatchObject({ kind: 'started' });
    expect(await fetch()).toEqual({ kind: 'nothing-to-do' });
    expect(runs()).toMatchObject([{ kind: 'resync', trigger: 'webhook', state: 'fetching' }]);
  });

  it('fetches only the administrations and kinds that it tells of', async () => {
    await tell([
      [other, 'bank-accounts', 1],
      [other, 'contacts', 2],
    ]);
    world.advance(settleMs);
    await fetch();

    expect(await stepsOf(one)).toEqual([]);
    expect(await stepsOf(other)).toEqual(['accounts', 'contacts', 'addresses', 'bank-accounts', 'deleted']);
  });

  it('waits for its moment', async () => {
    await tell([[one, 'accounts', 1]]);
    expect(await fetch()).toEqual({ kind: 'waiting', dueAt: new Date(world.time.getTime() + settleMs) });
    expect(runs()).toEqual([]);
  });

  it('is fetched again when it comes during the fetch, after a pause', async () => {
    await tell([[one, 'accounts', 1]]);
    world.advance(settleMs);
    await fetch();
    const dueAt = new Date(world.time.getTime() + pauseMs);
    world.advance(1);
    await tell([[one, 'accounts', 1]]);

    expect(world.outbox.sent.filter(({ message }) => message.kind === 'fetch-noticed').at(-1)).toEqual({
      message: { kind: 'fetch-noticed' },
      availableAt: dueAt,
    });
    expect(await fetch()).toEqual({ kind: 'waiting', dueAt });
  });

  it('is dropped when the organisation was switched off a moment ago (F82)', async () => {
    await tell([[one, 'accounts', 3]]);
    world.advance(settleMs);
    world.syncRuns.turn('off');
    expect(await fetch()).toEqual({ kind: 'nothing-to-do' });
    expect(runs()).toEqual([]);
    expect(await uow.tx.notices.findWaitingForUpdate()).toEqual([]);
  });

  it('waits while another run goes on, and is not lost', async () => {
    await world.start('resync');
    await tell([[one, 'accounts', 3]]);
    world.advance(settleMs);
    const dueAt = new Date(world.time.getTime() + busyMs);
    expect(await fetch()).toEqual({ kind: 'waiting', dueAt });
    expect(await uow.tx.notices.findWaitingForUpdate()).toMatchObject([{ waiting: 3, dueAt }]);
    expect(runs()).toHaveLength(1);
  });

  it('is dropped for an administration that is paused, on a broken connection, or before the coupling is active', async () => {
    const paused = { ...companies[0]!, state: 'paused' } as const;
    await world.administrations.save(paused);
    await tell([[one, 'accounts', 1]]);
    world.advance(settleMs);
    expect(await fetch()).toEqual({ kind: 'nothing-to-do' });

    await tell([[other, 'accounts', 1]]);
    world.advance(pauseMs);
    world.syncPolicy.set({ brokenConnectionIds: [asId<ConnectionId>(companies[1]!.connectionId)] });
    expect(await fetch()).toEqual({ kind: 'nothing-to-do' });

    world.syncPolicy.set({ brokenConnectionIds: [], isActive: false });
    await tell([[other, 'contacts', 1]]);
    world.advance(pauseMs);
    expect(await fetch()).toEqual({ kind: 'nothing-to-do' });
    expect(runs()).toEqual([]);
    expect(await uow.tx.notices.findWaitingForUpdate()).toEqual([]);
  });

  it('asks Exact as a webhook does, and leaves the schedule where it was', async () => {
    const nextSyncAt = new Date('2026-11-25T09:40:00Z');
    await world.administrations.save({ ...companies[0]!, nextSyncAt });
    await tell([[one, 'accounts', 1]]);
    world.advance(settleMs);
    const purposes = new Set<string>();
    world.source.onPage = ({ purpose }) => void purposes.add(purpose);
    world.source.of(900_001).accounts.push(anAccountRow(1));
    await fetch();
    await world.work();
    expect([...purposes]).toEqual(['webhook']);
    expect(runs()[0]?.state).toBe('comparing');
    expect(await world.administrations.findById(one)).toMatchObject({ nextSyncAt });
  });
});
