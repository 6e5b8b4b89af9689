import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asId, err, ok, type TenantId } from '@koppel/domain/kernel';
import { sql } from 'drizzle-orm';
import { connect, inSystem, inTenant, type Database, type Tx } from './database.js';
import { EnclosableDatabase } from './enclosable-database.js';
import { outbox } from './schema/index.js';
import { createTestDatabase } from './testing/test-db.js';
import { DrizzleUnitOfWork } from './unit-of-work.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const message = { kind: 'fetch-noticed' } as const;

let pool: Database;
let database: EnclosableDatabase;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  // One connection: whoever asked for a second one would be told after a second that there is none.
  pool = connect(test.url, { max: 1, turnWithinMs: 1_000 });
  database = new EnclosableDatabase(pool);
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(() => inTenant(pool, tenantId, (tx) => tx.delete(outbox)));

const addRow = (tx: Tx) => tx.insert(outbox).values({ tenantId, message, availableAt: sql`now()` });
const rows = () => inTenant(pool, tenantId, (tx) => tx.$count(outbox));

describe('EnclosableDatabase', () => {
  it('makes one transaction of what is begun within, on one connection', async () => {
    const uow = new DrizzleUnitOfWork(database);
    const ids = await database.enclose(tenantId, async () => {
      const xid = (tx: Tx) => tx.execute<{ id: string }>(sql`select pg_current_xact_id()::text as id`);
      await uow.run(tenantId, async (tx) => ok(await tx.outbox.add(message)));
      return [await inTenant(database, tenantId, xid), await inSystem(database, xid)];
    });
    expect(ids[0]?.[0]?.id).toBe(ids[1]?.[0]?.id);
    expect(await rows()).toBe(1);
  });

  it('takes all of it back on a throw, also the parts that had ended well', async () => {
    const enclosed = database.enclose(tenantId, async () => {
      await inTenant(database, tenantId, addRow);
      throw new Error('late');
    });
    await expect(enclosed).rejects.toThrow('late');
    expect(await rows()).toBe(0);
  });

  it('takes back a part alone that ends in a refusal, and keeps the others', async () => {
    const uow = new DrizzleUnitOfWork(database);
    await database.enclose(tenantId, async () => {
      await inTenant(database, tenantId, addRow);
      const refused = await uow.run(tenantId, async (tx) => {
        await tx.outbox.addMany([message, message]);
        return err({ kind: 'no' });
      });
      expect(refused).toEqual({ ok: false, error: { kind: 'no' } });
      await inTenant(database, tenantId, addRow);
    });
    expect(await rows()).toBe(2);
  });

  it('has the role and the tenant again after a part that had others', async () => {
    const other = asId<TenantId>('00000000-0000-7000-8000-000000000002');
    const standing = sql`select current_setting('role') as role, current_setting('app.tenant_id') as tenant`;
    await database.enclose(tenantId, async (tx) => {
      await inSystem(database, async () => inTenant(database, other, async () => undefined));
      expect([...(await tx.execute(standing))]).toEqual([{ role: 'koppel_app', tenant: tenantId }]);
      const failing = inSystem(database, () => Promise.reject(new Error('late')));
      await expect(failing).rejects.toThrow('late');
      expect([...(await tx.execute(standing))]).toEqual([{ role: 'koppel_app', tenant: tenantId }]);
    });
  });

  it('goes on after a part that Postgres refused', async () => {
    await database.enclose(tenantId, async () => {
      const broken = inTenant(database, tenantId, (tx) => tx.execute(sql`select 1 / 0`));
      await expect(broken).rejects.toThrow();
      await inTenant(database, tenantId, addRow);
    });
    expect(await rows()).toBe(1);
  });

  it('lets what outlives the enclosing transaction go its own way', async () => {
    let later: () => Promise<unknown> = () => Promise.resolve();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    await database.enclose(tenantId, async () => {
      const waiting = ended.then(() => inTenant(database, tenantId, addRow));
      later = () => waiting;
    });
    end();
    await later();
    expect(await rows()).toBe(1);
  });
});
