import { once } from 'node:events';
import net from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, inSystem, type Database } from './database.js';
import { isUnreachable } from './readiness.js';
import { createTestDatabase, type TestDatabase } from './testing/test-db.js';

/** A network between here and Postgres that can swallow everything without saying so. */
async function aNetworkTo(url: string) {
  const target = new URL(url);
  const pairs = new Set<readonly [net.Socket, net.Socket]>();
  let isSwallowing = false;
  const server = net.createServer((near) => {
    const far = net.connect(Number(target.port), target.hostname);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('data', (bytes) => void (isSwallowing || to.write(bytes)));
      from.on('error', () => undefined);
      from.on('close', () => void (pairs.delete(pair), to.destroy()));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const via = new URL(url);
  via.port = String((server.address() as net.AddressInfo).port);
  return {
    url: via.href,
    swallow: (is: boolean) => void (isSwallowing = is),
    close: () => {
      for (const [near, far] of pairs) [near, far].forEach((socket) => socket.destroy());
      server.close();
    },
  };
}

let given: TestDatabase;
let network: Awaited<ReturnType<typeof aNetworkTo>>;
let database: Database;
beforeAll(async () => {
  given = await createTestDatabase();
  network = await aNetworkTo(given.url);
  // Five seconds are added to what a statement may take.
  database = connect(network.url, { max: 1, statementTimeoutMs: 500, turnWithinMs: 300 });
});
afterAll(async () => {
  await database.close();
  network.close();
  await given.drop();
});

const ask = () => inSystem(database, (tx) => tx.execute(sql`select 1 as one`));
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'served',
    (error: unknown) => (isUnreachable(error) ? 'unreachable' : error),
  );

describe('a network that swallows everything (F22)', () => {
  it('fails who asked as unreachable, others after their wait for a turn (F23), and serves again without a restart', async () => {
    expect(await failureOf(ask())).toBe('served');
    network.swallow(true);

    const asked = failureOf(ask());
    const waiting = failureOf(ask());
    expect(await Promise.race([asked, waiting.then((end) => `waited: ${String(end)}`)])).toBe(
      'waited: unreachable',
    );
    expect(await asked).toBe('unreachable');

    network.swallow(false);
    await expect.poll(() => failureOf(ask()), { timeout: 20_000 }).toBe('served');
  });

  it('lets a statement run as long as it may, however silent the server is meanwhile', async () => {
    const patient = connect(network.url, { max: 1, statementTimeoutMs: 8_000 });
    const slept = inSystem(patient, (tx) => tx.execute(sql`select pg_sleep(6.5)`));
    expect(await failureOf(slept)).toBe('served');
    await patient.close();
  });
});
