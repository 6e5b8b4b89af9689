import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ExactError, NO_DIVISION, type BudgetedCall } from '@koppel/exact-client';
import { BudgetLedger } from '@koppel/persistence';
import { TwoBudgets } from '../testing/two-budgets.js';
import type { PostgresBudget } from './postgres-budget.js';

const noReserve = { minuteCalls: 0, dayShare: 0 };
const divisions = Array.from({ length: 20 }, (_, index) => 900_001 + index);

let two: TwoBudgets;
let workers: readonly PostgresBudget[];
beforeAll(async () => {
  two = await TwoBudgets.open();
});
afterAll(() => two.close());
beforeEach(() => {
  two.begin();
  workers = two.budgets;
});

function aCall(division: number, over: Partial<BudgetedCall> = {}): BudgetedCall {
  return { division, endpoint: 'sync/CRM/Accounts', class: 'resync', ...over };
}

/** The seconds to wait; null when the call may go. */
async function waitOf(budget: PostgresBudget, call: BudgetedCall): Promise<number | null> {
  try {
    await budget.reserve(call);
    return null;
  } catch (error) {
    if (!(error instanceof ExactError) || error.failure.kind !== 'circuit-open') throw error;
    return (error.failure.until.getTime() - two.clock.now().getTime()) / 1_000;
  }
}

/** One call after another of all divisions, by both workers in turn; how many were sent. */
async function callAll(status: number): Promise<number> {
  let sent = 0;
  for (const [index, division] of divisions.entries()) {
    const budget = workers[index % 2]!;
    const call = aCall(division);
    if ((await waitOf(budget, call)) !== null) continue;
    sent += 1;
    await budget.record(call, { status });
  }
  return sent;
}

describe('the circuits of two workers over one database (F32)', () => {
  it('open for both after five calls of any division, and a person passes', async () => {
    expect(await callAll(503)).toBe(5);
    expect(await callAll(503)).toBe(0);
    expect(await waitOf(workers[1]!, aCall(900_020))).toBe(5);
    expect(await waitOf(workers[1]!, aCall(900_020, { class: 'upkeep' }))).toBe(5);
    expect(await waitOf(workers[1]!, aCall(900_020, { class: 'interactive' }))).toBeNull();
  });

  it('let one of twenty callers at once try, whose failure makes the pause longer', async () => {
    await callAll(503);
    two.clock.advance(5_000);
    const calls = divisions.map((division) => aCall(division));
    const waits = await Promise.all(calls.map((call, index) => waitOf(workers[index % 2]!, call)));

    const [probe, ...others] = calls.filter((_, index) => waits[index] === null);
    expect(others).toEqual([]);
    expect(waits.filter((wait) => wait === 10)).toHaveLength(19);

    await workers[calls.indexOf(probe!) % 2]!.record(probe!, { status: 0 });
    expect(await waitOf(workers[0]!, aCall(900_001))).toBe(10);
    two.clock.advance(9_000);
    expect(await waitOf(workers[1]!, aCall(900_002))).toBe(1);
  });

  it('say before a token is asked for that one is to try, or that all are to wait', async () => {
    expect(await workers[1]!.check(aCall(900_001))).toBe('go');
    await callAll(503);
    const open = { failure: { kind: 'circuit-open' } };
    for (const budget of workers) await expect(budget.check(aCall(900_001))).rejects.toMatchObject(open);
    expect(await workers[0]!.check(aCall(900_001, { class: 'interactive' }))).toBe('go');

    two.clock.advance(5_000);
    for (const budget of workers) expect(await budget.check(aCall(900_001))).toBe('try');
    expect(await waitOf(workers[0]!, aCall(900_001))).toBeNull();
    await expect(workers[1]!.check(aCall(900_002))).rejects.toMatchObject(open);
  });

  it('close for all at once when the one that tried got an answer', async () => {
    await callAll(504);
    two.clock.advance(5_000);
    const probe = aCall(900_020);
    expect(await waitOf(workers[0]!, probe)).toBeNull();
    expect(await callAll(200)).toBe(0);

    await workers[0]!.record(probe, { status: 404 });
    expect(await callAll(200)).toBe(20);
  });

  it('let another try at once where the one that was to try is not sent', async () => {
    await callAll(503);
    two.clock.advance(5_000);
    const unsent = aCall(900_001);
    expect(await waitOf(workers[0]!, unsent)).toBeNull();
    expect(await waitOf(workers[1]!, aCall(900_002))).toBe(10);

    await workers[0]!.giveBack(unsent);
    expect(await waitOf(workers[1]!, aCall(900_002))).toBeNull();
  });

  it('give back no try of another call', async () => {
    await callAll(503);
    two.clock.advance(5_000);
    const lost = aCall(900_001);
    expect(await waitOf(workers[0]!, lost)).toBeNull();
    two.clock.advance(130_000);
    expect(await waitOf(workers[1]!, aCall(900_002))).toBeNull();

    await workers[0]!.giveBack(lost);
    expect(await waitOf(workers[0]!, aCall(900_003))).toBe(10);
  });

  it('make no pause of the host longer by a try that was of an administration alone', async () => {
    const away = aCall(900_001);
    for (let count = 0; count < 5; count += 1) await workers[0]!.record(away, { status: 503 });
    two.clock.advance(3_000);
    await workers[0]!.record(aCall(900_002), { status: 503 });
    two.clock.advance(2_000);
    expect(await waitOf(workers[0]!, aCall(900_003))).toBe(3);

    const person = aCall(900_001, { class: 'interactive' });
    expect(await waitOf(workers[0]!, person)).toBeNull();
    await workers[0]!.record(person, { status: 503 });
    expect(await waitOf(workers[0]!, aCall(900_003))).toBe(3);
  });

  it('do not wait for ever for one that tried and died', async () => {
    await callAll(503);
    two.clock.advance(5_000);
    expect(await waitOf(workers[0]!, aCall(900_001))).toBeNull();
    two.clock.advance(129_999);
    expect(await callAll(200)).toBe(0);
    two.clock.advance(1);
    expect(await callAll(200)).toBe(20);
  });

  it('count also what is asked of no administration, hold it up, and close with its answer', async () => {
    const whoAmI = (over: Partial<BudgetedCall> = {}) =>
      aCall(NO_DIVISION, { endpoint: 'current/Me', class: 'upkeep', ...over });
    for (let count = 0; count < 4; count += 1) await workers[count % 2]!.record(whoAmI(), { status: 503 });
    expect(await waitOf(workers[0]!, aCall(900_001))).toBeNull();
    await workers[0]!.record(whoAmI(), { status: 0 });
    expect(await waitOf(workers[1]!, aCall(900_001))).toBe(5);
    const open = { failure: { kind: 'circuit-open' } };
    for (const budget of workers) await expect(budget.check(whoAmI())).rejects.toMatchObject(open);
    expect(await workers[0]!.check(whoAmI({ class: 'interactive' }))).toBe('go');

    two.clock.advance(5_000);
    expect(await workers[0]!.check(whoAmI())).toBe('try');
    const probe = whoAmI();
    expect(await waitOf(workers[0]!, probe)).toBeNull();
    expect(await waitOf(workers[1]!, aCall(900_001))).toBe(10);
    await workers[0]!.record(probe, { status: 502 });
    expect(await waitOf(workers[1]!, aCall(900_001))).toBe(10);

    await workers[0]!.record(whoAmI({ class: 'interactive' }), { status: 401 });
    expect(await waitOf(workers[1]!, aCall(900_001))).toBeNull();
  });

  it('hold up one administration alone when that one alone is away', async () => {
    const away = aCall(900_001);
    let sent = 0;
    for (let count = 0; count < 8; count += 1) {
      if ((await waitOf(workers[count % 2]!, away)) !== null) continue;
      sent += 1;
      await workers[count % 2]!.record(away, { status: 503 });
    }
    expect(sent).toBe(5);
    expect(await waitOf(workers[0]!, aCall(900_002))).toBeNull();
  });

  it('leave nothing behind that each later answer would have to look at', async () => {
    const hasErrors = async () => {
      const key = { clientId: two.clientId, region: 'nl', ...aCall(900_001) };
      const reservation = await new BudgetLedger(two.databases[0]!).reserve(key, noReserve, two.clock.now());
      return reservation.kind === 'reserved' && reservation.hasErrors;
    };
    const answer = async (status: number) => {
      const call = aCall(900_001);
      await workers[0]!.reserve(call);
      await workers[0]!.record(call, { status });
    };
    await answer(503);
    expect(await hasErrors()).toBe(false);

    await answer(404);
    await answer(200);
    expect(await hasErrors()).toBe(true);
    two.clock.advance(3_600_000);
    await answer(200);
    expect(await hasErrors()).toBe(false);
  });

  it('lose no try where the limit of a minute leaves no room for it', async () => {
    const budget = workers[0]!;
    for (const endpoint of Array.from({ length: 57 }, (_, index) => `e${index}`))
      await budget.reserve(aCall(900_001, { endpoint }));
    await callAll(503);
    // The pause is over before the minute is.
    two.clock.advance(5_000);
    await expect(budget.reserve(aCall(900_001))).rejects.toMatchObject({ failure: { kind: 'rate-limited' } });
    expect(await waitOf(budget, aCall(900_002))).toBeNull();
  });
});
