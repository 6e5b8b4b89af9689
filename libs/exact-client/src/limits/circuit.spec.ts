import { describe, expect, it } from 'vitest';
import { ExactError } from '../errors.js';
import { aClock } from '../testing/a-clock.js';
import type { BudgetedCall } from './budget.js';
import { afterFailure, CLOSED, LONGEST_PAUSE_MS, type Circuit } from './circuit.js';
import { createInMemoryBudget } from './in-memory-budget.js';

const endpoint = 'sync/CRM/Accounts';

/** Callers of many divisions before an Exact that answers, or does not. */
function aSilentExact() {
  const clock = aClock();
  const budget = createInMemoryBudget({ now: clock.now, random: () => 1 });
  const sent: number[] = [];
  const exact = { status: 503 };
  const reserve = async (division: number, of: Partial<BudgetedCall> = {}) => {
    const call: BudgetedCall = { division, endpoint, class: 'resync', ...of };
    await budget.reserve(call);
    sent.push(division);
    return call;
  };
  return {
    ...{ clock, sent, exact, reserve },
    answer: (call: BudgetedCall, status = exact.status) => budget.record(call, { status }),
    giveBack: (call: BudgetedCall) => budget.giveBack(call),
    /** When to come again; undefined when the call was sent. */
    call: async (division: number, of: Partial<BudgetedCall> = {}): Promise<Date | undefined> => {
      try {
        await budget.record(await reserve(division, of), { status: exact.status });
        return undefined;
      } catch (error) {
        if (!(error instanceof ExactError) || error.failure.kind !== 'circuit-open') throw error;
        return error.failure.until;
      }
    },
  };
}

const divisions = Array.from({ length: 20 }, (_, index) => 900_001 + index);

describe('a circuit (F32)', () => {
  it.each([0, 502, 503, 504])('opens for all divisions after five calls that got %i', async (status) => {
    const { call, sent, exact, clock } = aSilentExact();
    exact.status = status;
    const waits: (Date | undefined)[] = [];
    for (const division of divisions) waits.push(await call(division));

    expect(sent).toHaveLength(5);
    const until = new Date(clock.now().getTime() + 5_000);
    expect(waits.slice(5)).toEqual(Array.from({ length: 15 }, () => until));
  });

  it('opens for one division alone when only that one fails', async () => {
    const { call, sent, exact } = aSilentExact();
    for (let count = 0; count < 8; count += 1) await call(900_001);
    expect(sent).toHaveLength(5);

    exact.status = 200;
    expect(await call(900_002)).toBeUndefined();
    expect(await call(900_001)).toBeInstanceOf(Date);
  });

  it('counts failures in a row: any answer proves that Exact is there, also a refusal', async () => {
    const { call, sent, exact } = aSilentExact();
    for (let count = 0; count < 12; count += 1) {
      exact.status = count % 4 === 3 ? 404 : 503;
      await call(divisions[count]!);
    }
    expect(sent).toHaveLength(12);
  });

  it('lets one call try when the pause is over; the others look again soon', async () => {
    const { call, clock, sent, reserve, answer, exact } = aSilentExact();
    for (const division of divisions) await call(division);
    clock.advance(5_000);

    const probe = await reserve(900_020);
    expect(await call(900_001)).toEqual(new Date(clock.now().getTime() + 10_000));
    expect(sent).toHaveLength(6);

    exact.status = 200;
    await answer(probe);
    for (const division of divisions) expect(await call(division)).toBeUndefined();
  });

  it('waits longer after each try that failed, a quarter of an hour at most', async () => {
    const { call, clock } = aSilentExact();
    for (const division of divisions) await call(division);
    const pauses: number[] = [];
    for (let count = 0; count < 12; count += 1) {
      const now = clock.now().getTime();
      const until = (await call(900_001))!.getTime();
      pauses.push((until - now) / 1_000);
      clock.advance(until - now);
      expect(await call(divisions[count]!)).toBeUndefined();
    }
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]);
  });

  it('takes a try that nobody told the end of for lost', async () => {
    const { call, clock, reserve, exact } = aSilentExact();
    for (const division of divisions) await call(division);
    clock.advance(5_000);
    await reserve(900_001);
    exact.status = 200;

    clock.advance(129_000);
    expect(await call(900_002)).toBeInstanceOf(Date);
    clock.advance(1_000);
    expect(await call(900_002)).toBeUndefined();
  });

  it('lets another try at once where the one that was to try is not sent', async () => {
    const { call, clock, reserve, giveBack, exact } = aSilentExact();
    for (const division of divisions) await call(division);
    clock.advance(5_000);
    await giveBack(await reserve(900_001));

    exact.status = 200;
    expect(await call(900_002)).toBeUndefined();
    expect(await call(900_001)).toBeUndefined();
  });

  it('gives back no try of another call', async () => {
    const { call, clock, reserve, giveBack } = aSilentExact();
    for (const division of divisions) await call(division);
    const person = await reserve(900_003, { class: 'interactive' });
    clock.advance(5_000);
    const lost = await reserve(900_001);
    clock.advance(130_000);
    await reserve(900_002);

    await giveBack(person);
    await giveBack(lost);
    expect(await call(900_004)).toEqual(new Date(clock.now().getTime() + 10_000));
  });

  it('makes no pause of the host longer by a try that was of a division alone', async () => {
    const { call, clock, reserve, answer } = aSilentExact();
    for (let count = 0; count < 5; count += 1) await call(900_001);
    clock.advance(3_000);
    // One more division: the host's circuit opens two seconds before the pause of the first one ends.
    await call(900_002);
    clock.advance(2_000);
    const until = await call(900_003);
    const person = await reserve(900_001, { class: 'interactive' });
    await answer(person, 503);

    expect(await call(900_003)).toEqual(until);
  });

  it('lets a person always try, whose answer closes it for all and whose failure makes no pause longer', async () => {
    const { call, sent, exact } = aSilentExact();
    for (const division of divisions) await call(division);
    const until = await call(900_001);

    expect(await call(900_001, { class: 'upkeep' })).toEqual(until);
    expect(await call(900_001, { class: 'interactive' })).toBeUndefined();
    expect(sent).toHaveLength(6);
    expect(await call(900_001)).toEqual(until);

    exact.status = 200;
    expect(await call(900_001, { class: 'interactive' })).toBeUndefined();
    expect(await call(900_002)).toBeUndefined();
  });

  it('draws its pauses by chance, between a second and the longest', () => {
    const open: Circuit = { ...CLOSED, openings: 30, openUntil: 1 };
    const failure = { scope: 'host', division: 1, isProbe: true, now: 0 } as const;
    const untils = [0, 0.5, 1].map((chance) => afterFailure(open, { ...failure, chance }).openUntil);
    expect(untils).toEqual([1_000, LONGEST_PAUSE_MS / 2, LONGEST_PAUSE_MS]);
  });
});
