import dns from 'node:dns';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect, inSystem, type ConnectOptions, type Database } from './database.js';
import { isUnreachable } from './readiness.js';
import { aNetworkTo, type Network } from './testing/a-network.js';
import { createTestDatabase, type TestDatabase } from './testing/test-db.js';

let given: TestDatabase;
let network: Network;
beforeAll(async () => {
  given = await createTestDatabase();
  network = await aNetworkTo(given.url);
});
afterAll(async () => {
  network.close();
  await given.drop();
});

const sleepIn = (database: Database, seconds: number) =>
  inSystem(database, (tx) => tx.execute(sql`select pg_sleep(${seconds}::float)`));
const ask = (database: Database) => failureOf(sleepIn(database, 0));
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'served',
    (error: unknown) => (isUnreachable(error) ? 'unreachable' : error),
  );

type Looked = [name: string, options: object, tell: (error: null, found: dns.LookupAddress[]) => void];

async function through(options: ConnectOptions, work: (database: Database) => Promise<void>): Promise<void> {
  const database = connect(network.url, options);
  try {
    await work(database);
  } finally {
    network.swallow(false);
    await database.close();
  }
}

describe('a network that swallows everything (F22)', () => {
  it('fails who asked as unreachable, others after their wait for a turn (F23), and serves again without a restart', async () => {
    // Five seconds are added to what a statement may take.
    const options = { max: 1, statementTimeoutMs: 500, turnWithinMs: 300 };
    await through(options, async (database) => {
      expect(await ask(database)).toBe('served');
      network.swallow(true);

      const asked = ask(database);
      const waiting = ask(database);
      expect(await Promise.race([asked, waiting.then((end) => `waited: ${String(end)}`)])).toBe(
        'waited: unreachable',
      );
      expect(await asked).toBe('unreachable');

      network.swallow(false);
      await expect.poll(() => ask(database), { timeout: 20_000 }).toBe('served');
    });
  });

  it('lets a statement run as long as it may, however silent the server is meanwhile', async () => {
    await through({ max: 1, statementTimeoutMs: 8_000 }, async (database) => {
      expect(await failureOf(sleepIn(database, 6.5))).toBe('served');
    });
  });
});

describe('Postgres that has to answer within a bound', () => {
  const options = { max: 3, statementTimeoutMs: 60_000, answersWithinMs: 1_000 };

  it('fails whoever asks it within the bound once all is swallowed, however long a statement may take (F22)', async () => {
    await through(options, async (database) => {
      expect(await Promise.all([ask(database), ask(database)])).toEqual(['served', 'served']);
      const inLongWork = failureOf(sleepIn(database, 10));
      network.swallow(true);

      const begunAt = performance.now();
      expect(await Promise.all([inLongWork, ask(database), ask(database)])).toEqual([
        'unreachable',
        'unreachable',
        'unreachable',
      ]);
      expect(performance.now() - begunAt).toBeLessThan(2_500); // the bound, and a slow machine
      // Nobody has a connection any more: one has to be made.
      expect(await ask(database)).toBe('unreachable');
      expect(performance.now() - begunAt).toBeLessThan(5_000);

      network.swallow(false);
      await expect.poll(() => ask(database), { timeout: 3_000 }).toBe('served');
    });
  });

  it('asks the server that a connection is with, whatever its name means by now (F22)', async () => {
    const named = new URL(network.url);
    const standby = await aNetworkTo(given.url, { host: '127.0.0.2', port: Number(named.port) });
    named.hostname = 'database.test';
    let address = '127.0.0.1';
    const lookup = vi.spyOn(dns, 'lookup');
    lookup.mockImplementation(((...[, , tell]: Looked) => tell(null, [{ address, family: 4 }])) as never);
    const database = connect(named.href, options);
    try {
      expect(await ask(database)).toBe('served');
      const inLongWork = failureOf(sleepIn(database, 10));
      network.swallow(true);
      address = '127.0.0.2';
      const begunAt = performance.now();
      expect(await inLongWork).toBe('unreachable');
      expect(performance.now() - begunAt).toBeLessThan(2_500);
      expect(await ask(database)).toBe('served');
    } finally {
      lookup.mockRestore();
      network.swallow(false);
      await database.close();
      standby.close();
    }
  });

  it('lets a statement run that takes longer than the bound: the network is there', async () => {
    await through(options, async (database) => {
      expect(await failureOf(sleepIn(database, 3))).toBe('served');
    });
  });
});
