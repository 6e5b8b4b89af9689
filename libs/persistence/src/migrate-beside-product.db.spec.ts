import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MigrationBlocked } from './apply-migrations.js';
import { migrate } from './migrate.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './testing/test-db.js';

const ours = path.resolve(import.meta.dirname, '../migrations');
/** Shorter than in earnest; nothing below depends on how long it takes. */
const brief = { lockTimeoutMs: 50, pauseMs: 5 };

interface Journal {
  readonly entries: readonly { readonly idx: number; readonly when: number; readonly tag: string }[];
}

let database: TestDatabase;
let sql: postgres.Sql;
let folder: string;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 4, onnotice: () => undefined });
  folder = await mkdtemp(path.join(tmpdir(), 'koppel-migrations-'));
  await cp(ours, folder, { recursive: true });
});
afterEach(async () => {
  await sql.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** The next release: ours and these after it. */
async function release(...statements: readonly string[]): Promise<void> {
  const file = path.join(folder, 'meta/_journal.json');
  const { entries, ...rest } = JSON.parse(await readFile(file, 'utf8')) as Journal;
  const last = entries.at(-1);
  const added = statements.map((_, index) => ({
    idx: entries.length + index,
    version: '7',
    when: (last?.when ?? 0) + index + 1,
    tag: `next_${index}`,
    breakpoints: true,
  }));
  for (const [index, statement] of statements.entries())
    await writeFile(path.join(folder, `next_${index}.sql`), statement);
  await writeFile(file, JSON.stringify({ ...rest, entries: [...entries, ...added] }));
}

const columns = async () =>
  (
    await sql<{ name: string }[]>`select column_name as name from information_schema.columns
      where table_name in ('tenants', 'couplings') and column_name like 'next%' order by 1`
  ).map(({ name }) => name);

const readTenants = () =>
  sql.begin(async (tx) => {
    await tx`set local role koppel_system`;
    return tx`select id from tenants`;
  });

describe('migrating beside a product that is running', () => {
  it('lets everybody else go on while a long transaction holds a table, and gets through after it (F90)', async () => {
    await release('alter table tenants add column next_one int');
    const long = await sql.reserve();
    await long`begin`;
    await long`select count(*) from tenants`;
    const gaveWay = Promise.withResolvers<undefined>();
    const migrating = migrate(database.url, {
      folder,
      patience: {
        ...brief,
        triesMax: 10_000,
        onGivenWay: (tries) => tries >= 3 && gaveWay.resolve(undefined),
      },
    });

    await gaveWay.promise;
    for (let count = 0; count < 20; count += 1) await readTenants();
    expect(await columns()).toEqual([]);

    await long`commit`;
    long.release();
    await migrating;
    expect(await columns()).toEqual(['next_one']);
  });

  it('says after so many tries that a table stays locked; what came before it stands, and the next time does the rest (F90, F91)', async () => {
    await release(
      'alter table couplings add column next_one int',
      'alter table tenants add column next_two int',
    );
    const long = await sql.reserve();
    await long`begin`;
    await long`select count(*) from tenants`;

    await expect(
      migrate(database.url, { folder, patience: { ...brief, triesMax: 3 } }),
    ).rejects.toBeInstanceOf(MigrationBlocked);
    expect(await columns()).toEqual(['next_one']);

    await long`rollback`;
    long.release();
    await migrate(database.url, { folder });
    expect(await columns()).toEqual(['next_one', 'next_two']);
  });

  it('touches no table when there is nothing to do (F90)', async () => {
    const migrating = sql.begin(async (tx) => {
      await tx`lock table tenants, couplings, connections, source_relations in access exclusive mode`;
      await migrate(database.url, { patience: { ...brief, triesMax: 1 } });
    });

    await expect(migrating).resolves.toBeUndefined();
  });
});

describe('a migration that moves data', () => {
  let plain: postgres.Sql;
  let plainUrl: string;
  let empty: TestDatabase;
  const role = `koppel_owner_${randomBytes(6).toString('hex')}`;
  /** An owner as in a hosted database: no superuser, so that row-level security holds for it as well. */
  beforeEach(async () => {
    empty = await createEmptyDatabase();
    await sql.unsafe(`create role ${role} login password 'plain'; grant koppel_app, koppel_system to ${role} with admin option;
      alter database ${nameOf(empty.url)} owner to ${role}`);
    plainUrl = withUser(empty.url, role);
    await migrate(plainUrl);
    plain = postgres(plainUrl, { max: 1, onnotice: () => undefined });
    const superuser = postgres(empty.url, { max: 1 });
    await superuser`insert into match_models (tenant_id, run_id, model) values (gen_random_uuid(), gen_random_uuid(), '{}')`;
    await superuser.end();
  });
  afterEach(async () => {
    await plain.end();
    await empty.drop();
    await sql.unsafe(`drop role ${role}`);
  });

  it('is refused where the owner would change no row without a word (F92)', async () => {
    const moving = `update match_models set model = '{"moved": true}'`;
    expect(await plain.unsafe(moving)).toMatchObject({ count: 0 });
    await release(moving);

    await expect(migrate(plainUrl, { folder })).rejects.toMatchObject({ code: '42501' });
  });

  it('changes every row once it lifts FORCE, which stands again afterwards (F92)', async () => {
    await release(`alter table match_models no force row level security;
      do $$ declare changed int; begin
        update match_models set model = '{"moved": true}';
        get diagnostics changed = row_count;
        assert changed = 1, 'one row is there';
      end $$`);

    await migrate(plainUrl, { folder });

    const [table] =
      await plain`select relforcerowsecurity as forced from pg_class where relname = 'match_models'`;
    expect(table).toEqual({ forced: true });
  });
});

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

function withUser(url: string, user: string): string {
  const own = new URL(url);
  own.username = user;
  own.password = 'plain';
  return own.href;
}
