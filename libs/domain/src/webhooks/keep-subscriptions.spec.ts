import { beforeEach, describe, expect, it } from 'vitest';
import type { Administration } from '../administrations/index.js';
import { asId, type TenantId } from '../kernel/index.js';
import {
  aConnection,
  anAdministration,
  InMemoryAdministrations,
  InMemoryConnections,
  InMemorySubscriptionSource,
  InMemoryUnitOfWork,
  InMemoryWatches,
  sequentialIds,
  someSealedTokens,
} from '../testing/index.js';
import { keepSubscriptions, topics } from './index.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const callbackUrl = 'https://koppel.test/webhooks/exact/nl';
const connection = aConnection();
const administration = anAdministration({ state: 'active', connectionId: connection.id });
const { id, division } = administration;

let source: InMemorySubscriptionSource;
let tx: {
  administrations: InMemoryAdministrations;
  connections: InMemoryConnections;
  watches: InMemoryWatches;
};
let time: Date;
beforeEach(async () => {
  time = new Date('2026-11-25T09:00:00Z');
  source = new InMemorySubscriptionSource();
  const connections = new InMemoryConnections();
  await connections.add(connection, someSealedTokens());
  tx = {
    connections,
    administrations: new InMemoryAdministrations([administration]),
    watches: new InMemoryWatches(),
  };
});

const keep = (over: { callbackUrl?: string | undefined; isNeededElsewhere?: boolean } = { callbackUrl }) =>
  keepSubscriptions(
    {
      uow: new InMemoryUnitOfWork(tx),
      now: () => time,
      newId: sequentialIds(),
      source,
      callbackUrlOf: () => ('callbackUrl' in over ? over.callbackUrl : callbackUrl),
      isNeededElsewhere: async () => over.isNeededElsewhere ?? false,
    },
    { tenantId, administrationId: id },
  );
const become = (state: Administration['state']) => tx.administrations.save({ ...administration, state });
const topicsAtExact = () => source.of(division).map(({ topic }) => topic);

describe('keepSubscriptions', () => {
  it('subscribes an active administration to every topic, once', async () => {
    expect(await keep()).toEqual({ kind: 'kept' });
    expect(source.of(division)).toEqual(
      topics.map((topic) => ({ topic, callbackUrl, exactId: expect.any(String) as string })),
    );
    source.calls = [];
    await keep();
    expect(source.calls).toEqual(['list']);
    expect(await tx.watches.find(id)).toMatchObject({ attempts: 0, failure: null, checkedAt: time });
  });

  it('makes a lost one again, and removes a doubled one', async () => {
    await keep();
    source.lose(source.of(division)[1]!.exactId);
    source.put(division, { exactId: 'f'.repeat(8), topic: 'accounts', callbackUrl });
    await keep();
    expect(topicsAtExact().toSorted()).toEqual([...topics].toSorted());
  });

  it('takes over one with our former address, and leaves topics that are none of ours', async () => {
    const callbackOld = 'https://old.test/webhooks/exact/nl';
    source.put(division, { exactId: 'a', topic: 'accounts', callbackUrl: callbackOld });
    source.put(division, { exactId: 'b', topic: null, callbackUrl: callbackOld });
    await keep();
    expect(source.of(division).filter((found) => found.callbackUrl === callbackOld)).toMatchObject([
      { exactId: 'b' },
    ]);
    expect(topicsAtExact()).toHaveLength(topics.length + 1);
  });

  it.each(['paused', 'removed', 'access-lost'] as const)('unsubscribes one that is %s', async (state) => {
    await keep();
    await become(state);
    source.put(division, {
      exactId: 'x',
      topic: 'contacts',
      callbackUrl: 'https://other-installation.test/',
    });
    await keep();
    expect(source.of(division)).toMatchObject([{ exactId: 'x' }]);
    source.calls = [];
    expect(await keep()).toEqual({ kind: 'nothing-to-do' });
    expect(source.calls).toEqual([]);
  });

  it('leaves the subscriptions that another tenant lives by', async () => {
    await keep();
    await become('removed');
    await keep({ isNeededElsewhere: true });
    expect(topicsAtExact()).toEqual([...topics]);
  });

  it('asks Exact nothing without a public address, or without a connection that can be used', async () => {
    expect(await keep({ callbackUrl: undefined })).toEqual({ kind: 'nothing-to-do' });
    await tx.connections.save({ ...connection, state: 'reauth-required' });
    expect(await keep()).toEqual({ kind: 'nothing-to-do' });
    expect(source.calls).toEqual([]);
  });

  it('makes the other topics when Exact refuses one, and says which reason it gave', async () => {
    source.faults.push({ call: 'create', fault: { kind: 'refused', message: 'Bestaat reeds' } });
    expect(await keep()).toEqual({ kind: 'kept' });
    expect(topicsAtExact()).toEqual(topics.slice(1));
    expect(await tx.watches.find(id)).toMatchObject({
      attempts: 0,
      failure: { kind: 'refused', message: 'Bestaat reeds' },
    });
  });

  it('doubles nothing after a lost answer: it looks first', async () => {
    const lost = { kind: 'uncertain', reason: 'cut' } as const;
    source.faults.push({ call: 'create', fault: lost });
    expect(await keep()).toMatchObject({ kind: 'waiting' });
    source.put(division, { exactId: 'a', topic: 'accounts', callbackUrl });
    await keep();
    expect(topicsAtExact().toSorted()).toEqual([...topics].toSorted());
  });

  it('waits for a limit, and tries an Exact that is down ten times in a row, with growing pauses', async () => {
    const until = new Date('2026-11-25T09:01:00Z');
    source.faults.push({ call: 'list', fault: { kind: 'limited', until, window: 'minute' } });
    expect(await keep()).toEqual({ kind: 'waiting', dueAt: until });
    const waits: number[] = [];
    for (let count = 0; count < 10; count += 1) {
      source.faults.push({ call: 'list', fault: { kind: 'unavailable', retryAt: null, reason: 'HTTP 503' } });
      const outcome = await keep();
      if (outcome.kind === 'waiting') waits.push((outcome.dueAt.getTime() - time.getTime()) / 1_000);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900, 900]);
    expect(await keep()).toEqual({ kind: 'kept' });
    expect(await tx.watches.find(id)).toMatchObject({ attempts: 0, failure: null });
  });

  it('remembers what it could not remove', async () => {
    await keep();
    await become('paused');
    source.faults.push({ call: 'remove', fault: { kind: 'unavailable', retryAt: null, reason: 'HTTP 503' } });
    expect(await keep()).toMatchObject({ kind: 'waiting' });
    expect((await tx.watches.find(id))?.subscriptions).toHaveLength(topics.length);
    await keep();
    expect(topicsAtExact()).toEqual([]);
  });
});
