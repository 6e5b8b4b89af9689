import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, type SyncRunId, type TenantId } from '@koppel/domain/kernel';
import type { StoreContext, StoredAccount } from '@koppel/domain/sync';
import { aStoredAccount, anAdministration } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from '../database.js';
import { DrizzleAdministrations } from '../drizzle-administrations.js';
import { readSources, type ValueDates } from '../read/sources.js';
import { createTestDatabase } from '../testing/test-db.js';
import { DrizzleSourceStore } from './drizzle-source-store.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const day = (number: number) => new Date(`2026-11-${String(number).padStart(2, '0')}T09:00:00.000Z`);
const account = aStoredAccount(1);
let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 2 });
  drop = test.drop;
  await inTenant(database, tenantId, (tx) =>
    new DrizzleAdministrations(tx, tenantId).add(anAdministration()),
  );
});
afterAll(async () => {
  await database.close();
  await drop();
});

/** A page that Exact gave on a day, with the account as it was changed the day before. */
async function fetched(number: number, shared: Parameters<typeof aStoredAccount>[1]): Promise<void> {
  const context: StoreContext = {
    administrationId: anAdministration().id,
    runId: asId<SyncRunId>(`00000000-0000-7000-8000-0000000000${number}`),
    now: day(number),
    writtenSince: day(number),
    isFullRead: false,
  };
  const row: StoredAccount = {
    ...aStoredAccount(1, { modifiedAt: day(number - 1), ...shared }),
    rowVersion: BigInt(2_000 + number),
    contentHash: `hash-${number}`,
  };
  await inTenant(database, tenantId, (tx) =>
    new DrizzleSourceStore(tx, tenantId).upsertAccounts(context, [row]),
  );
}

async function dates(): Promise<ValueDates | undefined> {
  const [row] = await inTenant(database, tenantId, (tx) => readSources(tx, [account.id]));
  return row?.valueDates;
}

describe('the dates of values', () => {
  it('are those of the account until a value changes, and from then on each its own', async () => {
    await fetched(11, { shared: { phone: '010-1', email: 'a@eik.example' } });
    expect(await dates()).toEqual({ byField: {}, others: day(10).toISOString() });

    await fetched(15, { shared: { phone: '010-2', email: 'a@eik.example' } });
    await fetched(20, { shared: { phone: '010-2', email: 'b@eik.example' } });

    expect(await dates()).toEqual({
      byField: { phone: day(14).toISOString(), email: day(19).toISOString() },
      others: day(10).toISOString(),
    });
  });

  it('follow what was written by ourselves and read back', async () => {
    const { fields } = aStoredAccount(1, { shared: { phone: '010-3', email: 'b@eik.example' } });
    const readBack = { fields, contentHash: 'hash-21', modifiedAt: day(21), base: null, written: {} };
    await inTenant(database, tenantId, (tx) =>
      new DrizzleSourceStore(tx, tenantId).storeReadBack(account.id, readBack, day(22)),
    );
    expect((await dates())?.byField).toEqual({ phone: day(21).toISOString(), email: day(19).toISOString() });
  });
});
