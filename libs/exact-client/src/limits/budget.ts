import type { RateLimits } from './rate-limits.js';

/**
 * Who asks, in order of precedence: a waiting person, what is too little to be kept from a person's share and that nobody waits for, Exact's own
 * hint, a scheduled run, a first load, thousands of writes that were planned at once.
 */
export type CallClass = 'interactive' | 'upkeep' | 'webhook' | 'resync' | 'initial' | 'plan';

/** What is asked of no division no limit counts: it waits for the circuit of the host alone, and its answer tells of that alone. */
export const NO_DIVISION = 0;

/** What a call is charged to. */
export interface BudgetedCall {
  readonly division: number;
  /** Entity set without key or query: `crm/Accounts`. Exact counts errors by it. */
  readonly endpoint: string;
  readonly class: CallClass;
  /** Of an endpoint that refuses to be written to reading tells nothing, and the other way round. */
  readonly isWrite?: boolean;
}

/** How a charged call ended. */
export interface CallOutcome {
  /** 0 when no answer came. */
  readonly status: number;
  readonly limits?: RateLimits;
}

/**
 * The port that keeps calls within Exact's limits per app and division (60 a clock minute, 5,000 a day, 10 errors an hour per endpoint).
 * All processes of one app share one budget. A reserved call counts, whether or not it is recorded.
 */
export interface Budget {
  /**
   * Throws ExactError `rate-limited` or `endpoint-suspended` instead of letting a call go that Exact would refuse, and `circuit-open` instead of
   * one that would get no answer. When the pause is over, one call tries for all; a person's (`interactive`) always may. Of a call of no division
   * it is asked only when that is to try.
   */
  reserve(call: BudgetedCall): Promise<void>;
  /**
   * Throws `circuit-open` as `reserve` would. Asked before a token is, which Exact would not give either; free while all is well. `try`: the pause
   * is over, and the call is to be reserved before its token is asked for, so that one connection of all asks.
   */
  check(call: BudgetedCall): Promise<'go' | 'try'>;
  /** Also of a call for which no token could be had: then nothing was reserved. */
  record(call: BudgetedCall, outcome: CallOutcome): Promise<void>;
  /** Of a reserved call that is not sent after all: where it was to try for all, another may. It counts all the same. */
  giveBack(call: BudgetedCall): Promise<void>;
}
