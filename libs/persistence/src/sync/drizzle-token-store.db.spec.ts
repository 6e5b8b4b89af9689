import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asId, ok, type TenantId } from '@koppel/domain/kernel';
import { aConnection } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from '../database.js';
import { connections } from '../schema/index.js';
import { createTestDatabase } from '../testing/test-db.js';
import { TokenCipher } from '../token-cipher.js';
import { DrizzleUnitOfWork } from '../unit-of-work.js';
import { DrizzleTokenStore, type ClearTokens } from './drizzle-token-store.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const cipher = new TokenCipher({ currentKeyId: 'k1', keys: { k1: randomBytes(32) } });
const { id } = aConnection();
const issuedAt = new Date('2026-11-25T09:00:00Z');
const first: ClearTokens = {
  accessToken: 'AT1',
  refreshToken: 'RT1',
  accessIssuedAt: issuedAt,
  state: 'active',
  generation: 1,
};
const second: ClearTokens = { ...first, accessToken: 'AT2', refreshToken: 'RT2', generation: 2 };
let database: Database;
let other: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 8 });
  other = connect(test.url, { max: 8 });
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await other.close();
  await drop();
});
const store = () => new DrizzleTokenStore(database, cipher);
const sealed = (token: string, field: 'access-token' | 'refresh-token') =>
  cipher.encrypt(token, { tenantId, connectionId: id, field }).ciphertext;
beforeEach(async () => {
  await inTenant(database, tenantId, (tx) => tx.delete(connections));
  await new DrizzleUnitOfWork(database).run(tenantId, async (tx) => {
    await tx.connections.add(aConnection(), {
      accessTokenCiphertext: sealed('AT1', 'access-token'),
      refreshTokenCiphertext: sealed('RT1', 'refresh-token'),
      keyId: 'k1',
      refreshTokenHash: createHash('sha256').update('RT1').digest('hex'),
      accessIssuedAt: issuedAt,
    });
    return ok(undefined);
  });
});

describe('DrizzleTokenStore', () => {
  it('tells when a token was issued also when the key that opens it is gone', async () => {
    const keyless = new DrizzleTokenStore(
      database,
      new TokenCipher({ currentKeyId: 'k2', keys: { k2: randomBytes(32) } }),
    );
    await expect(keyless.read(id)).rejects.toThrow();
    expect(await keyless.issuedAt(id)).toEqual(issuedAt);

    await inTenant(database, tenantId, (tx) => tx.update(connections).set({ state: 'disconnected' }));
    expect(await keyless.issuedAt(id)).toBeNull();
  });

  it('keeps the first answer that could not be read, sealed, until there are tokens that work or none at all (F44)', async () => {
    const kept = async () => {
      const [row] = await inTenant(database, tenantId, (tx) => tx.select().from(connections));
      const { unreadAnswerCiphertext: ciphertext, unreadAnswerKeyId: keyId } = row!; // there is one
      if (ciphertext === null || keyId === null) return null;
      return cipher.decrypt({ ciphertext, keyId }, { tenantId, connectionId: id, field: 'unread-answer' });
    };
    const doubt = (state: ClearTokens['state'], unread?: string) =>
      store().withLock(id, (row, save) => save({ ...row, state }, unread));

    await doubt('refresh-unknown', '{"access_token":"AT2"}');
    await doubt('reauth-required', '<html>');
    expect(await kept()).toBe('{"access_token":"AT2"}');
    await doubt('reauth-required');
    expect(await kept()).toBe('{"access_token":"AT2"}');
    expect(await store().swap(id, 'RT1', second)).toBe(true);
    expect(await kept()).toBeNull();

    await doubt('refresh-unknown', '<html>');
    await new DrizzleUnitOfWork(database).run(tenantId, async (tx) =>
      ok(await tx.connections.destroyTokens(id)),
    );
    expect(await kept()).toBeNull();
  });

  it('reads what was consented to, and keeps no token in clear text', async () => {
    expect(await store().read(id)).toEqual(first);
    const [row] = await inTenant(database, tenantId, (tx) =>
      tx.execute(sql`select to_jsonb(connections)::text as all from connections`),
    );
    expect(String(row?.['all'])).not.toMatch(/AT1|RT1/);
    expect(await store().read('00000000-0000-7000-8000-00000000dead')).toBeUndefined();
  });

  it('saves under the lock, and nothing when the work throws', async () => {
    await expect(
      store().withLock(id, async (_, save) => {
        await save(second);
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    expect(await store().read(id)).toEqual(first);

    expect(await store().withLock(id, async (row, save) => save(second).then(() => row.refreshToken))).toBe(
      'RT1',
    );
    expect(await store().read(id)).toEqual(second);
  });

  it('lets one of many in at a time, over pools: a refresh token is used once (E01, I4)', async () => {
    const used: string[] = [];
    const stores = [store(), new DrizzleTokenStore(other, cipher)];
    const refresh = (index: number) =>
      stores[index % 2]!.withLock(id, async (row, save) => {
        if (row.generation > 1) return;
        used.push(row.refreshToken);
        await save(second);
      });

    await Promise.all(Array.from({ length: 8 }, (_, index) => refresh(index)));

    expect(used).toEqual(['RT1']);
    expect(await store().read(id)).toEqual(second);
  });

  it('replaces outside the lock only what it knew (F43)', async () => {
    expect(await store().swap(id, 'RT0', second)).toBe(false);
    expect(await store().swap(id, 'RT1', second)).toBe(true);
    expect(await store().swap(id, 'RT1', { ...second, refreshToken: 'RT3' })).toBe(false);
    expect(await store().read(id)).toEqual(second);
  });

  it('keeps that a refresh was refused, which every other reader takes for one in doubt (F42)', async () => {
    const refused: ClearTokens = { ...first, state: 'refresh-refused', generation: 2 };
    const columns = () =>
      inTenant(database, tenantId, (tx) => tx.execute(sql`select state, state_reason from connections`));
    await store().withLock(id, (_, save) => save(refused));

    expect(await store().read(id)).toEqual(refused);
    expect([...(await columns())]).toEqual([{ state: 'refresh-unknown', state_reason: 'refresh-refused' }]);

    await store().withLock(id, (_, save) => save({ ...first, state: 'refresh-unknown', generation: 3 }));
    expect(await store().read(id)).toMatchObject({ state: 'refresh-unknown' });

    await store().swap(id, 'RT1', { ...second, generation: 4 });
    expect([...(await columns())]).toEqual([{ state: 'active', state_reason: null }]);
  });

  it('gives nothing for a connection whose tokens were destroyed', async () => {
    await new DrizzleUnitOfWork(database).run(tenantId, async (tx) =>
      ok(await tx.connections.destroyTokens(id)),
    );
    expect(await store().read(id)).toBeUndefined();
    await expect(store().withLock(id, async () => 'in')).rejects.toThrow('no tokens');
  });
});
