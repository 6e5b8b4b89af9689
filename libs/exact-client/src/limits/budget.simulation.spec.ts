import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '@koppel/testing';
import { ExactError } from '../errors.js';
import { aClock } from '../testing/a-clock.js';
import type { BudgetedCall } from './budget.js';
import { createInMemoryBudget } from './in-memory-budget.js';

const minuteMs = 60_000;
const hourMs = 3_600_000;

const event = fc.record({
  passesMs: fc.constantFrom(0, 10, 900, 7_000, 61_000, 900_000),
  calls: fc.integer({ min: 1, max: 30 }),
  class: fc.constantFrom('interactive' as const, 'webhook' as const, 'resync' as const, 'initial' as const),
  division: fc.constantFrom(1, 2),
  endpoint: fc.constantFrom('sync/CRM/Accounts', 'crm/Accounts'),
  /** What Exact says when it lets the call in. */
  status: fc.constantFrom(200, 200, 200, 200, 403, 404, 500),
  /** Calls that another process of the same app made since. */
  byOthers: fc.constantFrom(0, 0, 0, 5, 40),
});

/** Exact's own count: fixed clock minutes per division, and errors per endpoint and hour. */
class ExactModel {
  readonly errors = new Map<string, number[]>();
  refused = 0;
  private readonly used = new Map<string, number>();

  constructor(
    private readonly now: () => Date,
    private readonly limit: number,
  ) {}

  take(division: number, calls: number): void {
    const key = this.keyOf(division);
    this.used.set(key, Math.min(this.limit, (this.used.get(key) ?? 0) + calls));
  }

  answer(call: BudgetedCall, status: number) {
    const key = this.keyOf(call.division);
    const used = this.used.get(key) ?? 0;
    const at = this.now().getTime();
    const resetsAt = new Date((Math.floor(at / minuteMs) + 1) * minuteMs);
    if (used >= this.limit) {
      this.refused += 1;
      return { status: 429, limits: { minute: { limit: this.limit, remaining: 0, resetsAt } } };
    }
    this.used.set(key, used + 1);
    if (status === 403 || status === 404) this.noteError(`${call.division} ${call.endpoint}`, at);
    return { status, limits: { minute: { limit: this.limit, remaining: this.limit - used - 1, resetsAt } } };
  }

  private noteError(key: string, at: number): void {
    this.errors.set(key, [...(this.errors.get(key) ?? []), at]);
  }

  private keyOf(division: number): string {
    return `${division} ${Math.floor(this.now().getTime() / minuteMs)}`;
  }
}

const mostInAnHour = (moments: readonly number[]) =>
  Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + hourMs).length));

/** Runs that failed once, first of all. */
const regressions = path.join(import.meta.dirname, 'budget.simulation.regressions.json');

describe('a budget, whatever is called when', () => {
  it('is never refused when it is alone, once a minute at most when others call too, and never comes near the error block (I5)', async () => {
    await simulate(
      fc.asyncProperty(
        fc.array(event, { maxLength: 60 }),
        fc.integer({ min: 0, max: minuteMs }),
        async (events, offsetMs) => {
          const clock = aClock(new Date(Date.parse('2026-11-25T09:00:00Z') + offsetMs).toISOString());
          const exact = new ExactModel(clock.now, 60);
          const budget = createInMemoryBudget({ now: clock.now });
          const minutes = new Set<string>();
          let othersCalled = 0;
          for (const { passesMs, calls, status, byOthers, ...call } of events) {
            clock.advance(passesMs);
            if (byOthers > 0) {
              othersCalled += 1;
              exact.take(call.division, byOthers);
            }
            for (let count = 0; count < calls; count += 1) {
              const reserved = await budget.reserve({ method: 'GET', ...call } as BudgetedCall).then(
                () => true,
                (error: unknown) => {
                  expect(error).toBeInstanceOf(ExactError);
                  return false;
                },
              );
              if (!reserved) break;
              const before = exact.refused;
              const outcome = exact.answer({ method: 'GET', ...call } as BudgetedCall, status);
              const minute = `${call.division} ${Math.floor(clock.now().getTime() / minuteMs)}`;
              if (exact.refused > before) {
                expect(minutes).not.toContain(minute);
                minutes.add(minute);
              }
              await budget.record({ method: 'GET', ...call } as BudgetedCall, outcome);
            }
          }
          if (othersCalled === 0) expect(exact.refused).toBe(0);
          for (const moments of exact.errors.values()) expect(mostInAnHour(moments)).toBeLessThanOrEqual(8);
        },
      ),
      { file: regressions, runs: 500 },
    );
  }, 180_000);
});
