import {
  afterAnswer,
  ExactError,
  NO_ERRORS,
  waitOf429,
  type Budget,
  type BudgetedCall,
  type CallClass,
  type CallOutcome,
  type ErrorHistory,
  type RateLimits,
  type WindowLimits,
} from '@koppel/exact-client';
import type { BudgetKey, BudgetLedger, KnownWindow, Reservation } from '@koppel/persistence';

/** Kept back for callers of higher rank: few calls of a minute, since a minute is soon over, and a tenth of the day (F31). */
const reserves: Readonly<Record<CallClass, { minuteCalls: number; dayShare: number }>> = {
  interactive: { minuteCalls: 0, dayShare: 0 },
  webhook: { minuteCalls: 1, dayShare: 0.05 },
  resync: { minuteCalls: 2, dayShare: 0.1 },
  initial: { minuteCalls: 2, dayShare: 0.1 },
  // It goes on for days, and resyncs come every hour of them.
  plan: { minuteCalls: 2, dayShare: 0.2 },
};

/** Headers tell a reset to the second, by another clock. */
const resetToleranceMs = 2_000;

export interface PostgresBudgetOptions {
  readonly ledger: BudgetLedger;
  readonly clientId: string;
  readonly region: string;
  /** Exact's clock. */
  readonly now: () => Date;
}

type Reserved = Extract<Reservation, { kind: 'reserved' }>;

/** The Exact client's budget over Postgres: one for all processes of an app registration and country. */
export class PostgresBudget implements Budget {
  /** What was known when a call was reserved: an answer that tells the same needs no statement. */
  private readonly reserved = new WeakMap<BudgetedCall, Reserved>();

  constructor(private readonly options: PostgresBudgetOptions) {}

  async reserve(call: BudgetedCall): Promise<void> {
    const { ledger, now } = this.options;
    const key = { ...this.keyOf(call), endpoint: call.endpoint };
    const reservation = await ledger.reserve(key, reserves[call.class], now());
    if (reservation.kind === 'reserved') {
      this.reserved.set(call, reservation);
      return;
    }
    if (reservation.kind === 'limited') {
      const { window, resetsAt } = reservation;
      throw new ExactError({ kind: 'rate-limited', window, resetsAt });
    }
    const { division, endpoint } = call;
    throw new ExactError({ kind: 'endpoint-suspended', division, endpoint, until: reservation.until });
  }

  async record(call: BudgetedCall, outcome: CallOutcome): Promise<void> {
    const { ledger, now } = this.options;
    const known = this.reserved.get(call);
    const limits = outcome.limits ?? {};
    const key = this.keyOf(call);
    if (!known || tellsMore(limits, known)) await ledger.learn(key, limits, now());
    const is429 = outcome.status === 429;
    const wait = waitOf429(limits, now());
    if (is429) await ledger.exhaust(key, wait.window === 'day' ? 'day' : 'minute', wait.resetsAt);
    const isSuccess = outcome.status >= 200 && outcome.status < 300;
    // Successes are the rule: they write nothing where nothing went wrong before.
    if (isSuccess && known?.hasErrors === false) return;
    await this.count(call, { status: outcome.status, isSilent: is429 && wait.window === 'unknown' });
  }

  private async count(call: BudgetedCall, answer: { status: number; isSilent: boolean }): Promise<void> {
    const { ledger, now } = this.options;
    const key = { ...this.keyOf(call), endpoint: call.endpoint };
    await ledger.changeErrors<ErrorHistory>(key, (history) => {
      const next = afterAnswer(history ?? NO_ERRORS, answer, now().getTime());
      const suspendedUntil = next.suspendedUntil > now().getTime() ? new Date(next.suspendedUntil) : null;
      return { history: next, suspendedUntil };
    });
  }

  private keyOf({ division }: BudgetedCall): BudgetKey {
    const { clientId, region } = this.options;
    return { clientId, region, division };
  }
}

function tellsMore(limits: RateLimits, known: Reserved): boolean {
  return differs(limits.minute, known.minute) || differs(limits.day, known.day);
}

function differs(told: WindowLimits | undefined, known: KnownWindow): boolean {
  if (!told) return false;
  const allowed = told.limit ?? known.allowed;
  const used = told.remaining === undefined ? 0 : allowed - told.remaining;
  const resetsAt = told.resetsAt ?? known.resetsAt;
  const isOtherReset = Math.abs(resetsAt.getTime() - known.resetsAt.getTime()) > resetToleranceMs;
  return allowed !== known.allowed || used > known.used || isOtherReset;
}
