import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { sql } from 'drizzle-orm';
import { connect, inSystem, inTenant, type Database } from '../database.js';
import { budgetWindows, outbox } from '../schema/index.js';
import { createTestDatabase } from '../testing/test-db.js';
import { readOperations } from './operations.js';

let database: Database;
let drop: () => Promise<void>;
beforeEach(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 2 });
  drop = test.drop;
});
afterEach(async () => {
  await database.close();
  await drop();
});

async function addMessage(minutesAgo: number, isSent = false): Promise<void> {
  const tenantId = asId<TenantId>(randomUUID());
  const availableAt = new Date(Date.now() - minutesAgo * 60_000);
  const message = { kind: 'fetch-noticed' };
  const dispatchedAt = isSent ? availableAt : null;
  await inTenant(database, tenantId, (tx) =>
    tx.insert(outbox).values({ tenantId, message, availableAt, dispatchedAt }),
  );
}

async function addWindow(window: 'minute' | 'day', used: number, resetsInMinutes: number): Promise<void> {
  const resetsAt = new Date(Date.now() + resetsInMinutes * 60_000);
  const division = Math.trunc(used) + 1;
  const row = { clientId: 'app', region: 'nl', division, window, used, allowed: 100, resetsAt };
  await inSystem(database, (tx) => tx.insert(budgetWindows).values(row));
}

describe('readOperations', () => {
  it('tells nothing of an installation where nothing happened', async () => {
    expect(await readOperations(database)).toEqual({
      outboxOldestAgeS: undefined,
      syncLagS: undefined,
      tokenAgeS: undefined,
      connections: [],
      budgets: [],
    });
  });

  it('tells the age of the oldest message of any tenant that is due and not sent', async () => {
    await addMessage(60, true);
    await addMessage(-60);
    await addMessage(5);
    await addMessage(10);

    const { outboxOldestAgeS } = await readOperations(database);
    expect(outboxOldestAgeS).toBeGreaterThan(595);
    expect(outboxOldestAgeS).toBeLessThan(900);
  });

  it('tells what the tightest administration has left; a window that has ended counts as unused', async () => {
    await addWindow('minute', 99, -60);
    await addWindow('minute', 40, 60);
    await addWindow('day', 70, 60);
    await addWindow('day', 20, 60);

    expect((await readOperations(database)).budgets).toEqual([
      { window: 'day', remaining: 30 },
      { window: 'minute', remaining: 60 },
    ]);
  });

  it('counts connections by state, over all tenants, and takes the oldest token in use', async () => {
    for (const [state, minutesAgo] of [
      ['active', 3],
      ['active', 8],
      ['disconnected', 500],
    ] as const) {
      const tenantId = asId<TenantId>(randomUUID());
      await inTenant(database, tenantId, (tx) =>
        tx.execute(sql`
          insert into connections (id, tenant_id, region, client_id, exact_user_id, exact_user_name, state,
            authorised_by, authorised_by_name, authorised_at, access_issued_at)
          values (${randomUUID()}, ${tenantId}, 'nl', 'app', 'u', 'U', ${state}, 'a', 'A', now(),
            now() - ${minutesAgo} * interval '1 minute')`),
      );
    }

    const { connections, tokenAgeS } = await readOperations(database);
    expect(connections).toEqual([
      { state: 'active', count: 2 },
      { state: 'disconnected', count: 1 },
    ]);
    expect(tokenAgeS).toBeGreaterThanOrEqual(480);
    expect(tokenAgeS).toBeLessThan(800);
  });
});
