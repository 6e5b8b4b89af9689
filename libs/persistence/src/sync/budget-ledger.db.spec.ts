import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Database } from '../database.js';
import { createTestDatabase } from '../testing/test-db.js';
import { BudgetLedger } from './budget-ledger.js';
import type { Reservation } from './reservation.js';

const noReserve = { minuteCalls: 0, dayShare: 0 };
const now = new Date('2026-11-25T09:00:30Z');
let database: Database;
let drop: () => Promise<void>;
let ledger: BudgetLedger;
let divisions = 900_000;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 16 });
  ledger = new BudgetLedger(database);
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});
const aKey = () => {
  divisions += 1;
  return { clientId: 'app', region: 'nl', division: divisions, endpoint: 'sync/CRM/Accounts' };
};
const kinds = (reservations: readonly Reservation[], kind: Reservation['kind']) =>
  reservations.filter((reservation) => reservation.kind === kind).length;

describe('BudgetLedger', () => {
  it('never lets more than the minute allows go, however many ask at once (I5)', async () => {
    const key = aKey();

    const all = await Promise.all(Array.from({ length: 128 }, () => ledger.reserve(key, noReserve, now)));

    expect(kinds(all, 'reserved')).toBe(60);
    expect(kinds(all, 'limited')).toBe(68);
    const limited = all.find((reservation) => reservation.kind === 'limited');
    expect(limited).toEqual({
      kind: 'limited',
      window: 'minute',
      resetsAt: new Date('2026-11-25T09:01:01Z'),
    });
  });

  it('starts again in the next minute, and counts each division by itself', async () => {
    const [one, other] = [aKey(), aKey()];
    for (let count = 0; count < 60; count += 1) await ledger.reserve(one, noReserve, now);

    expect((await ledger.reserve(other, noReserve, now)).kind).toBe('reserved');
    expect((await ledger.reserve(one, noReserve, new Date('2026-11-25T09:01:00Z'))).kind).toBe('limited');
    expect((await ledger.reserve(one, noReserve, new Date('2026-11-25T09:01:01Z'))).kind).toBe('reserved');
  });

  it('keeps a reserve back from callers of lower rank', async () => {
    const key = aKey();
    const lower = { minuteCalls: 3, dayShare: 0.1 };
    const all = await Promise.all(Array.from({ length: 64 }, () => ledger.reserve(key, lower, now)));

    expect(kinds(all, 'reserved')).toBe(57);
    expect((await ledger.reserve(key, noReserve, now)).kind).toBe('reserved');
  });

  it('stops at the limit of the day, with a tenth kept back (F31)', async () => {
    const key = aKey();
    await ledger.reserve(key, noReserve, now);
    const resetsAt = new Date('2026-11-26T00:00:01Z');
    await ledger.learn(key, { day: { limit: 200, remaining: 21, resetsAt } }, now);

    expect((await ledger.reserve(key, { minuteCalls: 0, dayShare: 0.1 }, now)).kind).toBe('reserved');
    expect(await ledger.reserve(key, { minuteCalls: 0, dayShare: 0.1 }, now)).toEqual({
      kind: 'limited',
      window: 'day',
      resetsAt,
    });
    expect((await ledger.reserve(key, noReserve, now)).kind).toBe('reserved');
  });

  it('learns from headers what others used, and never forgets what we reserved (E04 d)', async () => {
    const key = aKey();
    for (let count = 0; count < 10; count += 1) await ledger.reserve(key, noReserve, now);
    await ledger.learn(key, { minute: { limit: 60, remaining: 55 } }, now);
    for (let count = 0; count < 50; count += 1)
      expect((await ledger.reserve(key, noReserve, now)).kind).toBe('reserved');
    expect((await ledger.reserve(key, noReserve, now)).kind).toBe('limited');

    const shared = aKey();
    await ledger.reserve(shared, noReserve, now);
    const resetsAt = new Date('2026-11-25T09:00:41Z');
    await ledger.learn(shared, { minute: { limit: 60, remaining: 0, resetsAt } }, now);
    expect(await ledger.reserve(shared, noReserve, now)).toEqual({
      kind: 'limited',
      window: 'minute',
      resetsAt,
    });
    expect((await ledger.reserve(shared, noReserve, resetsAt)).kind).toBe('reserved');
  });

  it.each([
    { window: 'minute', limit: 60, before: '2026-11-25T09:00:59.900Z', reset: '2026-11-25T09:02:00Z' },
    { window: 'day', limit: 50, before: '2026-11-25T23:59:59.900Z', reset: '2026-11-27T00:00:00Z' },
  ] as const)(
    'counts from the start in a $window that Exact began while our margin still ran',
    async ({ window, limit, before, reset }) => {
      const key = aKey();
      const last = new Date(before);
      const [atLast, next] = [new Date(last.getTime() + 50), new Date(last.getTime() + 400)];
      await ledger.reserve(key, noReserve, last);
      await ledger.learn(key, { [window]: { limit, remaining: 2 } }, atLast);

      await ledger.learn(key, { [window]: { limit, remaining: limit - 1, resetsAt: new Date(reset) } }, next);

      const reservation = await ledger.reserve(key, noReserve, next);
      expect(reservation).toMatchObject({ [window]: { used: 2, allowed: limit, resetsAt: new Date(reset) } });
    },
  );

  it('leaves a minute as it is when the answer is of the one before', async () => {
    const key = aKey();
    const next = new Date('2026-11-25T09:01:02Z');
    await ledger.reserve(key, noReserve, now);
    await ledger.reserve(key, noReserve, next);

    const late = { limit: 60, remaining: 1, resetsAt: new Date('2026-11-25T09:01:03Z') };
    await ledger.learn(key, { minute: late }, next);

    const ends = new Date('2026-11-25T09:02:01Z');
    expect(await ledger.reserve(key, noReserve, next)).toMatchObject({ minute: { used: 2, resetsAt: ends } });
  });

  it('closes a window after a 429, also when nothing was reserved before', async () => {
    const key = aKey();
    const resetsAt = new Date('2026-11-25T09:01:05Z');
    await ledger.exhaust(key, 'minute', resetsAt);

    expect(await ledger.reserve(key, noReserve, now)).toEqual({
      kind: 'limited',
      window: 'minute',
      resetsAt,
    });
  });

  it('closes an endpoint and no other while its errors say so', async () => {
    const key = aKey();
    const until = new Date('2026-11-25T10:00:30Z');
    await ledger.changeErrors(key, () => ({ history: { errors: 3 }, suspendedUntil: until }));

    expect(await ledger.reserve(key, noReserve, now)).toEqual({ kind: 'suspended', until });
    expect((await ledger.reserve({ ...key, endpoint: 'crm/Accounts' }, noReserve, now)).kind).toBe(
      'reserved',
    );
    expect((await ledger.reserve(key, noReserve, until)).kind).toBe('reserved');
  });

  it('loses no error when many are counted at once', async () => {
    const key = aKey();
    const count = () =>
      ledger.changeErrors<{ errors: number }>(key, (history) => ({
        history: { errors: (history?.errors ?? 0) + 1 },
        suspendedUntil: null,
      }));
    await Promise.all(Array.from({ length: 20 }, count));

    let seen = 0;
    await ledger.changeErrors<{ errors: number }>(key, (history) => {
      seen = history?.errors ?? 0;
      return undefined;
    });
    expect(seen).toBe(20);
    expect(await ledger.reserve(key, noReserve, now)).toMatchObject({ kind: 'reserved', hasErrors: true });
    expect(await ledger.reserve(aKey(), noReserve, now)).toMatchObject({
      kind: 'reserved',
      hasErrors: false,
    });
  });

  it('forgets a history in which nothing is left', async () => {
    const key = aKey();
    await ledger.changeErrors(key, () => ({ history: { errors: 1 }, suspendedUntil: null }));
    await ledger.changeErrors(key, () => 'nothing');

    const seen: unknown[] = [];
    await ledger.changeErrors(key, (history) => void seen.push(history));
    expect(seen).toEqual([undefined]);
    expect(await ledger.reserve(key, noReserve, now)).toMatchObject({ hasErrors: false });
  });

  it('tells with a reservation what it knows of both windows', async () => {
    const key = aKey();
    await ledger.reserve(key, noReserve, now);
    expect(await ledger.reserve(key, noReserve, now)).toEqual({
      kind: 'reserved',
      minute: { used: 2, allowed: 60, resetsAt: new Date('2026-11-25T09:01:01Z') },
      day: { used: 2, allowed: 5_000, resetsAt: new Date('2026-11-26T00:00:01Z') },
      hasErrors: false,
    });
  });

  it('leaves the probe of a division to others where another call became that of the host meanwhile (F32)', async () => {
    const keys = [aKey(), aKey()].map((key) => ({ ...key, clientId: 'troubled' }));
    const past = new Date(now.getTime() - 1_000);
    const open = () => ({ history: { failures: 5 }, suspendedUntil: past });
    await ledger.changeCircuit(keys[0]!, 'host', open);
    for (const key of keys) await ledger.changeCircuit(key, 'division', open);

    const reserve = (index: number) => ledger.reserve(keys[index]!, noReserve, now);
    const both = await atOnce(() => Promise.all([reserve(0), reserve(1)]));
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['reserved', 'silent']);

    const sent = both.findIndex(({ kind }) => kind === 'reserved');
    const closed = () => ({ history: { failures: 0 }, suspendedUntil: null });
    for (const scope of ['host', 'division'] as const) await ledger.changeCircuit(keys[sent]!, scope, closed);
    expect((await reserve(1 - sent)).kind).toBe('reserved');
  });
});

/** Has calls wait for the row of the host, so that all have looked before the first one goes on. */
async function atOnce<T>(calls: () => Promise<T>): Promise<T> {
  const waiting = sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  let outcome: Promise<T> | undefined;
  await database.db.transaction(async (tx) => {
    await tx.execute(sql`select from error_ledger where client_id = 'troubled' and division = 0 for update`);
    outcome = calls();
    await expect
      .poll(async () => (await database.db.execute(waiting))[0], { timeout: 5_000 })
      .toEqual({ count: 2 });
  });
  if (!outcome) throw new Error('nothing was called');
  return outcome;
}
