import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseClock } from './database-clock.js';
import { connect, type Database } from './database.js';
import { BudgetLedger } from './sync/budget-ledger.js';
import { createTestDatabase, type TestDatabase } from './testing/test-db.js';

const hourMs = 3_600_000;
let given: TestDatabase;
let database: Database;
beforeAll(async () => {
  given = await createTestDatabase();
  database = connect(given.url, { max: 2 });
});
afterAll(async () => {
  await database.close();
  await given.drop();
});

/** A process whose clocks are wrong by so much; the database of the specs has this machine's clock. */
function aClock(wrongByMs: number) {
  const own = { wrongByMs, uptimeMs: 0 };
  const clock = new DatabaseClock(database, {
    now: () => new Date(Date.now() + own.wrongByMs),
    uptime: () => performance.now() + own.uptimeMs,
  });
  return {
    own,
    now: clock.now,
    set: () => clock.set(),
    errorMs: () => Math.abs(clock.now().getTime() - Date.now()),
  };
}

describe('the clock of the database', () => {
  it('is followed by processes whose own clocks are wrong, and stays right when those are set (F60)', async () => {
    const clock = aClock(-2 * hourMs);
    expect(clock.errorMs()).toBeGreaterThan(hourMs);
    await clock.set();
    expect(clock.errorMs()).toBeLessThan(1_000);

    clock.own.wrongByMs = 2 * hourMs;
    expect(clock.errorMs()).toBeLessThan(1_000);
    clock.own.uptimeMs = -hourMs; // the machine slept
    await clock.set();
    expect(clock.errorMs()).toBeLessThan(1_000);
  });

  it('gives one minute of calls to all of them together (F60, I5)', async () => {
    const ledger = new BudgetLedger(database);
    const key = { clientId: 'app', region: 'nl', division: 1, endpoint: 'crm/Accounts' };
    const clocks = [aClock(0), aClock(60_000), aClock(-60_000)];
    for (const clock of clocks) await clock.set();

    const all = await Promise.all(
      Array.from(
        { length: 150 },
        (_, index) => ledger.reserve(key, { minuteCalls: 0, dayShare: 0 }, clocks[index % 3]!.now()), // there are three
      ),
    );
    expect(all.filter(({ kind }) => kind === 'reserved')).toHaveLength(60);
  });

  it('is the process’s own while the database cannot be had, which is told and no failure', async () => {
    const nowhere = connect('postgres://nobody@127.0.0.1:1/none', { max: 1 });
    const clock = new DatabaseClock(nowhere, { now: () => new Date(hourMs), uptime: () => 0 });
    const failures: unknown[] = [];
    const stop = await clock.start((error) => failures.push(error));
    stop();
    expect(failures).toHaveLength(1);
    expect(clock.now()).toEqual(new Date(hourMs));
    await nowhere.close();
  });
});
