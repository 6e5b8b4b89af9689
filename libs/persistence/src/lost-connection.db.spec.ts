import { spawnSync } from 'node:child_process';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, inSystem, type Database } from './database.js';
import { isSurvivable } from './survivable.js';
import { aNetworkTo } from './testing/a-network.js';
import { createTestDatabase, type TestDatabase } from './testing/test-db.js';

let given: TestDatabase;
let database: Database;
let killer: postgres.Sql;
beforeAll(async () => {
  given = await createTestDatabase();
  database = connect(given.url, { max: 1 }); // each transaction gets the connection that the one before lost
  killer = postgres(given.url, { max: 1 });
  await killer`create table kept (note text)`;
});
afterAll(async () => {
  await killer.end();
  await database.close();
  await given.drop();
});

async function own(db: Pick<Database['db'], 'execute'>): Promise<number> {
  const [row] = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return row?.pid ?? 0;
}

/** A transaction whose connection Postgres ends in the middle, and which goes on regardless. */
function goOnWithoutConnection(note: string): Promise<void> {
  return database.db.transaction(async (tx) => {
    const pid = await own(tx);
    await tx.execute(sql`insert into kept values (${`${note}, before`})`);
    await killer`select pg_terminate_backend(${pid})`;
    await tx.execute(sql`insert into kept values (${`${note}, at once`})`).catch(() => undefined);
    await new Promise(setImmediate); // the connection is given to whoever waits for one
    await tx.execute(sql`insert into kept values (${`${note}, after`})`).catch(() => undefined);
  });
}

describe('a connection that is lost in a transaction', () => {
  it('fails that transaction as a whole, lets nothing of it into the next one, and serves again at once', async () => {
    for (let round = 1; round <= 10; round += 1) {
      const broken = goOnWithoutConnection(`broken ${round}`);
      const next = database.db.transaction((tx) => tx.execute(sql`insert into kept values ('whole')`));

      await expect(broken).rejects.toThrow();
      await next;
    }

    const notes = await killer<{ note: string }[]>`select note from kept`;
    expect(notes.map(({ note }) => note)).toEqual(Array.from({ length: 10 }, () => 'whole'));
  });
});

/** Ends a connection while this process can take no notice of it. */
function killUnseen(pid: number): void {
  const program = `import postgres from 'postgres';
    const sql = postgres(process.argv[1], { max: 1 });
    await sql\`select pg_terminate_backend(\${Number(process.argv[2])}, 5000)\`;
    await sql.end();`;
  const flags = ['--input-type=module', '-e', program, given.url, String(pid)];
  const { status, stderr } = spawnSync(process.execPath, flags, { cwd: import.meta.dirname });
  if (status !== 0) throw new Error(`the connection could not be ended: ${stderr.toString()}`);
}

describe('a connection that is lost while nobody uses it', () => {
  it('costs nobody anything: the transaction that gets it is begun again on another one (F21)', async () => {
    killUnseen(await inSystem(database, own));
    let begun = 0;
    const inAnother = inSystem(database, async (tx) => {
      begun += 1;
      await tx.execute(sql`select 1`);
      return 'served';
    });

    expect(await inAnother).toBe('served');
    expect(begun).toBe(1);
  });

  it('is not begun again once its work has begun: a commit may have arrived', async () => {
    let begun = 0;
    const lost = inSystem(database, async (tx) => {
      begun += 1;
      await killer`select pg_terminate_backend(${await own(tx)})`;
      await tx.execute(sql`select 1`);
    });

    await expect(lost).rejects.toThrow();
    expect(begun).toBe(1);
  });
});

describe('a connection that is lost while it is being made', () => {
  /** The next error that nobody caught. */
  function uncaught(): { readonly error: Promise<unknown>; forget(): void } {
    const { promise: error, resolve } = Promise.withResolvers<unknown>();
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').once('unhandledRejection', resolve);
    return { error, forget: () => others.forEach((each) => process.on('unhandledRejection', each)) };
  }

  it('fails whoever asked, and does not end the process, although the driver leaves an error uncaught (F22)', async () => {
    const network = await aNetworkTo(given.url);
    network.swallowAt('pg_type'); // what the driver asks first
    const swallowed = connect(network.url, { max: 1, answersWithinMs: 500 });
    const { error, forget } = uncaught();
    try {
      await expect(inSystem(swallowed, own)).rejects.toThrow();
      expect(isSurvivable(await error)).toBe(true);
      expect(isSurvivable(new Error('ours'))).toBe(false);
    } finally {
      forget();
      network.close();
      await swallowed.close();
    }
  });
});
