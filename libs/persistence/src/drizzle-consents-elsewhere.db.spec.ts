import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '@koppel/domain/administrations';
import { asId, type ConnectionId, type TenantId } from '@koppel/domain/kernel';
import { aConnection, someSealedTokens } from '@koppel/domain/testing';
import { connect, inSystem, inTenant, type Database } from './database.js';
import { DrizzleConnections } from './drizzle-connections.js';
import { DrizzleConsentsElsewhere } from './drizzle-consents-elsewhere.js';
import { connections } from './schema/index.js';
import { createTestDatabase } from './testing/test-db.js';

const here = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const there = asId<TenantId>('00000000-0000-7000-8000-000000000002');
const id = (digit: number) => asId<ConnectionId>(`00000000-0000-7000-8000-c0000000000${digit}`);
const later = new Date('2026-11-25T09:00:00Z');

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 2 });
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(() => inSystem(database, (tx) => tx.delete(connections)));

const add = (tenantId: TenantId, over: Partial<Connection> = {}, issuedAt?: Date) =>
  inTenant(database, tenantId, (tx) =>
    new DrizzleConnections(tx, tenantId).add(
      aConnection(over),
      someSealedTokens('former', issuedAt && { accessIssuedAt: issuedAt }),
    ),
  );

const giveBack = (over: { exactUserId?: string; region?: string; clientId?: string } = {}) =>
  new DrizzleConsentsElsewhere(database).giveBack({
    tenantId: here,
    region: 'nl',
    clientId: 'client',
    exactUserId: 'exact-user-1',
    ...over,
    seal: (owner) => someSealedTokens(`${owner.tenantId} ${owner.connectionId}`, { accessIssuedAt: later }),
  });

const rows = () => inSystem(database, (tx) => tx.select().from(connections).orderBy(connections.id));

describe('a consent by an Exact user who carries a connection of another organisation (E15)', () => {
  it('goes on there, sealed for that row alone', async () => {
    await add(there, { id: id(2), state: 'refresh-unknown', stateReason: 'refresh-refused' });
    const [before] = await rows();

    expect(await giveBack()).toBe(true);

    expect(await rows()).toEqual([
      {
        ...before,
        ...someSealedTokens(`${there} ${id(2)}`, { accessIssuedAt: later }),
        state: 'active',
        stateReason: null,
        generation: 2,
      },
    ]);
  });

  it('leaves tokens alone that are newer than its own', async () => {
    await add(there, { id: id(2) }, new Date('2026-11-25T09:00:01Z'));
    const before = await rows();

    expect(await giveBack()).toBe(true);
    expect(await rows()).toEqual(before);
  });

  it.each([
    ['this organisation itself', here, {}],
    ['a connection that ended', there, { state: 'disconnected' as const }],
    ['a connection whose consent is over', there, { state: 'reauth-required' as const }],
    ['another Exact user', there, { exactUserId: 'exact-user-2' }],
    ['a user whom nobody knows yet', there, { exactUserId: '' }],
    ['another country', there, { region: 'be' }],
    ['another app', there, { clientId: 'other' }],
  ])('is nobody else’s when it meets %s', async (_name, tenantId, over) => {
    await add(tenantId, { id: id(2), ...over });
    const before = await rows();

    expect(await giveBack()).toBe(false);
    expect(await rows()).toEqual(before);
  });
});
