import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './database.js';
import { migrate } from './migrate.js';
import { readiness, type Readiness } from './readiness.js';
import { createEmptyDatabase, type TestDatabase } from './testing/test-db.js';

/** The last table that the migrations make, so that most of the work is done when its name turns out to be taken. */
const lateTable = 'match_models';

let database: TestDatabase;
let url: string;
let owner: postgres.Sql;
beforeEach(async () => {
  database = await createEmptyDatabase();
  ({ url } = database);
  owner = postgres(url, { max: 2, onnotice: () => undefined });
});
afterEach(async () => {
  await owner.end();
  await database.drop();
});

async function state(): Promise<Readiness> {
  const pool = connect(url, { max: 1 });
  const is = await readiness(pool);
  await pool.close();
  return is;
}

const tables = async () =>
  (await owner<{ n: number }[]>`select count(*)::int as n from pg_tables where schemaname = 'public'`)[0]?.n;

describe('migrating', () => {
  it('waits for another that is at it, and then finds nothing to do (F91)', async () => {
    await Promise.all([migrate(url), migrate(url), migrate(url)]);

    expect(await state()).toBe('ready');
    const unforced = await owner`select relname from pg_class
      where relnamespace = 'public'::regnamespace and relrowsecurity and not relforcerowsecurity`;
    expect(unforced).toEqual([]);
  });

  it('leaves nothing behind when it is killed half-way, and is done whole the next time (F91)', async () => {
    const blocker = await owner.reserve();
    await blocker`begin`;
    await blocker.unsafe(`create table ${lateTable} (x int)`);
    const migrating = migrate(url, { patience: { lockTimeoutMs: 60_000 } }).then(
      () => 'done',
      () => 'failed',
    );
    const waiting = async () =>
      (
        await owner<{ pid: number }[]>`select pid from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query ilike ${`%${lateTable}%`}`
      )[0]?.pid;
    await expect.poll(waiting, { timeout: 20_000 }).toBeTypeOf('number');

    await owner`select pg_terminate_backend(${(await waiting()) ?? 0})`;
    expect(await migrating).toBe('failed');
    await blocker`rollback`;
    blocker.release();

    expect([await state(), await tables()]).toEqual(['not-migrated', 0]);
    await migrate(url);
    expect(await state()).toBe('ready');
  });
});
