import { describe, expect, it } from 'vitest';
import { ExactError } from '../errors.js';
import { aClock } from '../testing/a-clock.js';
import type { BudgetedCall, CallClass } from './budget.js';
import { createInMemoryBudget, type InMemoryBudgetOptions } from './in-memory-budget.js';

function aBudget(options: Partial<InMemoryBudgetOptions> = {}) {
  const clock = aClock('2026-11-25T09:00:00.000Z');
  return { clock, budget: createInMemoryBudget({ now: clock.now, ...options }) };
}

function aCall(overrides: Partial<BudgetedCall> = {}): BudgetedCall {
  return { division: 900001, endpoint: 'sync/CRM/Accounts', class: 'initial', ...overrides };
}

async function outcomeOf(promise: Promise<void>): Promise<ExactError['failure'] | 'ok'> {
  try {
    await promise;
    return 'ok';
  } catch (error) {
    return (error as ExactError).failure;
  }
}

async function granted(
  budget: ReturnType<typeof aBudget>['budget'],
  call: BudgetedCall,
  tries: number,
): Promise<number> {
  let count = 0;
  for (let n = 0; n < tries; n += 1) if ((await outcomeOf(budget.reserve(call))) === 'ok') count += 1;
  return count;
}

describe('calls per clock minute', () => {
  it('F30 lets no more go than the limit, and starts anew with the next minute', async () => {
    const { clock, budget } = aBudget();

    expect(await granted(budget, aCall({ class: 'interactive' }), 100)).toBe(60);
    expect(await outcomeOf(budget.reserve(aCall()))).toEqual({
      kind: 'rate-limited',
      window: 'minute',
      resetsAt: new Date('2026-11-25T09:01:01Z'),
    });

    clock.advance(61_000);
    expect(await granted(budget, aCall({ class: 'interactive' }), 100)).toBe(60);
  });

  it('keeps two calls of a minute for people', async () => {
    const { budget } = aBudget();

    expect(await granted(budget, aCall({ class: 'initial' }), 100)).toBe(58);
    expect(await granted(budget, aCall({ class: 'interactive' }), 100)).toBe(2);
  });

  it('F30 does not hold up another administration', async () => {
    const { budget } = aBudget();
    await granted(budget, aCall(), 100);

    expect(await outcomeOf(budget.reserve(aCall({ division: 900002 })))).toBe('ok');
  });

  it('E04 d waits when the headers say that nothing is left', async () => {
    const { clock, budget } = aBudget();
    const resetsAt = new Date(clock.now().getTime() + 10_000);
    await budget.reserve(aCall());
    await budget.record(aCall(), { status: 200, limits: { minute: { remaining: 0, resetsAt } } });

    expect(await outcomeOf(budget.reserve(aCall({ class: 'interactive' })))).toEqual({
      kind: 'rate-limited',
      window: 'minute',
      resetsAt,
    });
    clock.advance(10_000);
    expect(await outcomeOf(budget.reserve(aCall()))).toBe('ok');
  });

  it('learns from the headers that another process used the budget too', async () => {
    const { budget } = aBudget();
    await budget.reserve(aCall());
    await budget.record(aCall(), { status: 200, limits: { minute: { limit: 60, remaining: 10 } } });

    expect(await granted(budget, aCall({ class: 'interactive' }), 100)).toBe(10);
  });

  it('counts from the start in a minute that Exact began while the margin of the one before still ran', async () => {
    const { clock, budget } = aBudget();
    await granted(budget, aCall({ class: 'interactive' }), 60);
    clock.advance(60_400);
    const resetsAt = new Date('2026-11-25T09:02:00Z');
    await budget.record(aCall(), { status: 200, limits: { minute: { limit: 60, remaining: 59, resetsAt } } });

    expect(await granted(budget, aCall({ class: 'interactive' }), 100)).toBe(59);
  });

  it('lowers nothing by an answer of the minute before', async () => {
    const { clock, budget } = aBudget();
    clock.advance(61_000);
    await granted(budget, aCall({ class: 'interactive' }), 60);
    const resetsAt = new Date('2026-11-25T09:01:03Z');
    await budget.record(aCall(), { status: 200, limits: { minute: { limit: 60, remaining: 1, resetsAt } } });
    clock.advance(10_000);

    expect(await granted(budget, aCall({ class: 'interactive' }), 1)).toBe(0);
  });

  it('E04 c stops that administration for a minute after a 429 without headers', async () => {
    const { clock, budget } = aBudget();
    await budget.record(aCall(), { status: 429 });

    clock.advance(59_000);
    expect(await outcomeOf(budget.reserve(aCall()))).toMatchObject({ kind: 'rate-limited' });
    clock.advance(1_000);
    expect(await outcomeOf(budget.reserve(aCall()))).toBe('ok');
  });
});

describe('calls per day', () => {
  it.each([
    ['initial', 180],
    ['resync', 180],
    ['webhook', 180],
    ['plan', 160],
    ['interactive', 200],
    ['upkeep', 200],
  ] as const)(
    'F31 keeps a tenth back for people, and another one from plans: %s gets %i of 200',
    async (callClass: CallClass, count) => {
      const { clock, budget } = aBudget({ dayLimit: 200 });
      let all = 0;
      for (let minute = 0; minute < 10; minute += 1) {
        all += await granted(budget, aCall({ class: callClass }), 60);
        clock.advance(62_000);
      }

      expect(all).toBe(count);
    },
  );

  it('F31 resumes by itself at the next day of Exact', async () => {
    const { clock, budget } = aBudget({ dayLimit: 1, dayReserveShare: 0 });
    await budget.reserve(aCall());
    const refused = await outcomeOf(budget.reserve(aCall()));

    expect(refused).toMatchObject({
      kind: 'rate-limited',
      window: 'day',
      resetsAt: new Date('2026-11-26T00:00:01Z'),
    });
    clock.advance(15 * 3_600_000 + 1_000);
    expect(await outcomeOf(budget.reserve(aCall()))).toBe('ok');
  });

  it('F31 waits until the reset that a 429 names', async () => {
    const { clock, budget } = aBudget();
    const resetsAt = new Date(clock.now().getTime() + 6 * 3_600_000);
    await budget.record(aCall(), { status: 429, limits: { day: { remaining: 0, resetsAt } } });

    expect(await outcomeOf(budget.reserve(aCall()))).toEqual({
      kind: 'rate-limited',
      window: 'day',
      resetsAt,
    });
    expect(await outcomeOf(budget.reserve(aCall({ division: 900002 })))).toBe('ok');
  });
});

/** Keeps asking as a blind job would: each step is one try after `everyMs`. */
async function hammer(
  statusOf: (n: number) => number,
  { everyMs, forMs }: { everyMs: number; forMs: number },
) {
  const { clock, budget } = aBudget({ minuteLimit: 10_000, dayLimit: 10_000 });
  const statuses: number[] = [];
  for (let elapsed = 0; elapsed < forMs; elapsed += everyMs) {
    if ((await outcomeOf(budget.reserve(aCall({ class: 'interactive' })))) === 'ok') {
      statuses.push(statusOf(statuses.length));
      await budget.record(aCall(), { status: statuses.at(-1) ?? 0 });
    }
    clock.advance(everyMs);
  }
  return { clock, budget, statuses };
}

describe('errors per hour', () => {
  it.each([400, 401, 403, 404])(
    'E05 stops an endpoint that keeps answering %i after three',
    async (status) => {
      const { statuses } = await hammer(() => status, { everyMs: 5_000, forMs: 3_600_000 });

      expect(statuses).toHaveLength(3);
    },
  );

  it('E05 a person who presses retry ten times raises nothing', async () => {
    const { budget } = await hammer(() => 403, { everyMs: 1_000, forMs: 3_000 });
    for (let press = 0; press < 10; press += 1) {
      expect(await outcomeOf(budget.reserve(aCall({ class: 'interactive' })))).toMatchObject({
        kind: 'endpoint-suspended',
        endpoint: 'sync/CRM/Accounts',
        division: 900001,
      });
    }
  });

  it('F3A E05 never has more than eight errors in any hour, even when they differ and calls succeed between', async () => {
    const { statuses } = await hammer((n) => [400, 404, 200][n % 3] ?? 0, {
      everyMs: 10_000,
      forMs: 3_590_000,
    });

    expect(statuses.filter((status) => status >= 400)).toHaveLength(8);
  });

  it('F3A E05 stops what is refused to be written after three, though each is looked at by a read before', async () => {
    const { clock, budget } = aBudget();
    const read = aCall({ endpoint: 'crm/Accounts', class: 'interactive' });
    const write = { ...read, isWrite: true };
    let refused = 0;
    for (let count = 0; count < 10; count += 1) {
      if ((await outcomeOf(budget.reserve(read))) === 'ok') await budget.record(read, { status: 200 });
      if ((await outcomeOf(budget.reserve(write))) !== 'ok') continue;
      await budget.record(write, { status: 403 });
      refused += 1;
    }
    expect(refused).toBe(3);

    clock.advance(3_600_000);
    expect(await outcomeOf(budget.reserve(write))).toBe('ok');
    await budget.record(write, { status: 204 });
    for (const status of [403, 403, 204, 403, 403]) await budget.record(write, { status });
    expect(await outcomeOf(budget.reserve(write))).toBe('ok');
  });

  it('E05 goes on after the hour', async () => {
    const { clock, budget } = await hammer(() => 404, { everyMs: 1_000, forMs: 3_000 });

    clock.advance(3_600_000);
    expect(await outcomeOf(budget.reserve(aCall()))).toBe('ok');
  });

  it.each([500, 503, 0])('does not count %i, since Exact does not', async (status) => {
    const { statuses } = await hammer(() => status, { everyMs: 60_000, forMs: 1_200_000 });

    expect(statuses).toHaveLength(20);
  });

  it('E05 lets other endpoints and other administrations go on', async () => {
    const { budget } = await hammer(() => 403, { everyMs: 1_000, forMs: 3_000 });

    expect(await outcomeOf(budget.reserve(aCall({ endpoint: 'sync/CRM/Contacts' })))).toBe('ok');
    expect(await outcomeOf(budget.reserve(aCall({ division: 900002 })))).toBe('ok');
  });

  it('E04 c stops trying after three 429s without a word, as a blocked key gives', async () => {
    const { statuses, budget } = await hammer(() => 429, { everyMs: 5_000, forMs: 1_800_000 });

    expect(statuses).toHaveLength(3);
    expect(await outcomeOf(budget.reserve(aCall()))).toMatchObject({ kind: 'endpoint-suspended' });
  });
});
