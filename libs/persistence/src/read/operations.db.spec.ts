import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { sql } from 'drizzle-orm';
import { connect, inSystem, inTenant, type Database } from '../database.js';
import { budgetWindows, issues, outbox } from '../schema/index.js';
import { BudgetLedger } from '../sync/budget-ledger.js';
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
      openCircuits: { hosts: 0, administrations: 0 },
      failedOfDay: { steps: 0, writes: 0 },
      openIssues: [],
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

  it('counts the circuits that are open, those of hosts by themselves (F32)', async () => {
    const ledger = new BudgetLedger(database);
    const open = () => ({ history: {}, suspendedUntil: new Date() });
    const keyOf = (division: number) => ({ clientId: 'app', region: 'nl', division });
    await ledger.changeCircuit(keyOf(1), 'host', open);
    for (const division of [1, 2]) await ledger.changeCircuit(keyOf(division), 'division', open);
    await ledger.changeCircuit(keyOf(3), 'division', () => ({ history: {}, suspendedUntil: null }));
    // Nobody has called it since: whether it is there again is not known.
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await ledger.changeCircuit(keyOf(5), 'division', () => ({ history: {}, suspendedUntil: anHourAgo }));
    await ledger.changeErrors({ ...keyOf(4), endpoint: 'crm/Accounts' }, open);

    expect((await readOperations(database)).openCircuits).toEqual({ hosts: 1, administrations: 2 });
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

  it('counts steps that were given up and writes that failed within a day, over all tenants', async () => {
    for (const [state, hoursAgo] of [
      ['failed', 1],
      ['failed', 23],
      ['failed', 25],
      ['done', 1],
    ] as const) {
      const tenantId = asId<TenantId>(randomUUID());
      const ended = sql`now() - ${hoursAgo} * interval '1 hour'`;
      await inTenant(database, tenantId, async (tx) => {
        await tx.execute(sql`insert into sync_steps (id, tenant_id, run_id, kind, state, due_at, ended_at)
          values (${randomUUID()}, ${tenantId}, ${randomUUID()}, 'accounts', ${state}, now(), ${ended})`);
        await tx.execute(sql`insert into write_intents (id, tenant_id, administration_id, relation_id, kind, patch,
            state, created_by, created_at, due_at, settled_at)
          values (${randomUUID()}, ${tenantId}, ${randomUUID()}, ${randomUUID()}, 'update', '{}',
            ${state === 'done' ? 'confirmed' : state}, 'a', now(), now(), ${ended})`);
      });
    }

    expect((await readOperations(database)).failedOfDay).toEqual({ steps: 2, writes: 2 });
  });

  it('counts open issues by class over all tenants, and neither sees closed ones nor changes any', async () => {
    for (const [className, state] of [
      ['data', 'open'],
      ['data', 'open'],
      ['bug', 'open'],
      ['bug', 'resolved'],
    ] as const) {
      const tenantId = asId<TenantId>(randomUUID());
      await inTenant(database, tenantId, (tx) =>
        tx.execute(sql`insert into issues (id, tenant_id, cause, cause_key, class, is_blocking, params, state, opened_at, last_seen_at)
          values (${randomUUID()}, ${tenantId}, 'x', 'x', ${className}, false, '{}', ${state}, now(), now())`),
      );
    }

    expect((await readOperations(database)).openIssues).toEqual([
      { class: 'bug', count: 1 },
      { class: 'data', count: 2 },
    ]);
    const asSystem = await inSystem(database, async (tx) => ({
      seen: await tx.$count(issues),
      changed: await tx.update(issues).set({ state: 'resolved' }).returning({ id: issues.id }),
    }));
    expect(asSystem).toEqual({ seen: 3, changed: [] });
  });
});
