import { randomUUID } from 'node:crypto';
import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { emptyPicture } from '@koppel/domain/relations';
import { connect, inSystem, inTenant, type Database } from '../database.js';
import { actions, tenants } from '../schema/index.js';
import { createTestDatabase } from '../testing/test-db.js';
import { trimHistory } from './trim-history.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const dayMs = 86_400_000;
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

it('forgets what came from Exact long ago, and nothing that a person did', async () => {
  await inSystem(database, (tx) =>
    tx.insert(tenants).values({ id: tenantId, name: 'Bouwgroep', createdAt: new Date() }),
  );
  const act = (kind: string, daysAgo: number) => ({
    ...{ id: randomUUID(), tenantId, kind, actorId: 'a', actorName: 'A', relationIds: [], isUndoable: false },
    ...{ at: new Date(Date.now() - daysAgo * dayMs), before: emptyPicture, after: emptyPicture },
  });
  const left = [act('edit', 900), act('exact-change', 20), act('merge', 5)];
  await inTenant(database, tenantId, (tx) =>
    tx.insert(actions).values([...left, act('exact-change', 900), act('exact-change', 800)]),
  );
  const bounds = { ageMs: 30 * dayMs, limit: 1, tenantsMax: 10 };

  expect(await trimHistory(database, bounds)).toBe(1);
  expect(await trimHistory(database, { ...bounds, limit: 10 })).toBe(1);

  const rows = await inTenant(database, tenantId, (tx) =>
    tx.select({ id: actions.id }).from(actions).orderBy(asc(actions.at)),
  );
  expect(rows.map(({ id }) => id)).toEqual(left.map(({ id }) => id));
});
