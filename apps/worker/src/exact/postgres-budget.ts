import {
  afterAnswer,
  afterFailure,
  afterGivingBack,
  afterLeaving,
  afterReturning,
  CLOSED,
  CROWDED_LOOK_MS,
  ExactError,
  isCrowded,
  isUnanswered,
  NO_ERRORS,
  NO_DIVISION,
  saysNothing,
  scopesOf,
  waitOf429,
  type Budget,
  type BudgetedCall,
  type CallClass,
  type CallOutcome,
  type Circuit,
  type CircuitScope,
  type ErrorHistory,
  type RateLimits,
  type WindowLimits,
} from '@koppel/exact-client';
import type { BudgetKey, BudgetLedger, KnownWindow, Reservation, Reserves } from '@koppel/persistence';

/** Kept back for callers of higher rank: few calls of a minute, since a minute is soon over, and a tenth of the day (F31). */
const reserves: Readonly<Record<CallClass, Reserves>> = {
  interactive: { minuteCalls: 0, dayShare: 0, passesCircuits: true },
  upkeep: { minuteCalls: 0, dayShare: 0 },
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
  /** From 0 to 1: spreads the tries after an outage. */
  readonly random: () => number;
}

/** `isCrowded`: the endpoint is not closed for its errors, but for the calls that are under way beside them. */
type KeptHistory = ErrorHistory & { readonly isCrowded?: boolean };

type Reserved = Extract<Reservation, { kind: 'reserved' }>;

/** The Exact client's budget over Postgres: one for all processes of an app registration and country. */
export class PostgresBudget implements Budget {
  /** What was known when a call was reserved: an answer that tells the same needs no statement. */
  private readonly reserved = new WeakMap<BudgetedCall, Reserved>();

  /** Whether calls met no Exact since its last answer, as far as we know: until a call was reserved we know nothing. */
  private isTroubled = true;

  /** When calls left beside which there were errors. */
  private readonly left = new WeakMap<BudgetedCall, number>();

  constructor(private readonly options: PostgresBudgetOptions) {}

  async check(call: BudgetedCall): Promise<'go' | 'try'> {
    if (!this.isTroubled || reserves[call.class].passesCircuits) return 'go';
    const { until, isDue } = await this.options.ledger.silenceOf(this.keyOf(call), this.options.now());
    if (until) throw new ExactError({ kind: 'circuit-open', until });
    return isDue ? 'try' : 'go';
  }

  async reserve(call: BudgetedCall): Promise<void> {
    const { ledger, now } = this.options;
    const key = { ...this.keyOf(call), endpoint: call.endpoint };
    const reservation = await ledger.reserve(key, reserves[call.class], now());
    if (reservation.kind === 'silent') this.isTroubled = true;
    if (reservation.kind === 'reserved') {
      this.isTroubled = reservation.trouble !== undefined;
      this.reserved.set(call, reservation);
      if (reservation.hasErrors) await this.leave(call);
      return;
    }
    if (reservation.kind === 'crowded') throw crowded(reservation.until);
    if (reservation.kind === 'limited') {
      const { window, resetsAt } = reservation;
      throw new ExactError({ kind: 'rate-limited', window, resetsAt });
    }
    if (reservation.kind === 'silent')
      throw new ExactError({ kind: 'circuit-open', until: reservation.until });
    const { division, endpoint } = call;
    throw new ExactError({ kind: 'endpoint-suspended', division, endpoint, until: reservation.until });
  }

  async record(call: BudgetedCall, outcome: CallOutcome): Promise<void> {
    const { ledger, now } = this.options;
    const known = this.reserved.get(call);
    const { division } = call;
    if (isUnanswered(outcome.status)) await this.countFailure(call, known?.trouble?.probes ?? []);
    else if (known?.trouble ?? (division === NO_DIVISION && this.isTroubled)) await this.close(call);
    if (division === NO_DIVISION) return;
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

  async giveBack(call: BudgetedCall): Promise<void> {
    const left = this.left.get(call);
    if (left !== undefined) await this.changeErrors(call, (before) => afterReturning(before, left));
    await this.giveBackProbes(call);
  }

  /** Beside errors each call under way counts as one that may fail, or those of several workers would pass the bound together. */
  private async leave(call: BudgetedCall): Promise<void> {
    const leavesAt = this.options.now().getTime();
    let isLet = true;
    await this.changeErrors(call, (before) => {
      const after = afterLeaving(before, leavesAt);
      isLet = after !== undefined;
      return after ?? { ...before };
    });
    if (isLet) this.left.set(call, leavesAt);
    else {
      await this.giveBackProbes(call);
      throw crowded(new Date(leavesAt + CROWDED_LOOK_MS));
    }
  }

  private async giveBackProbes(call: BudgetedCall): Promise<void> {
    const trouble = this.reserved.get(call)?.trouble;
    if (!trouble) return;
    const end = { lease: trouble.lease.getTime(), now: this.options.now().getTime() };
    for (const scope of trouble.probes)
      await this.changeCircuit(call, scope, (before) => afterGivingBack(before, end));
  }

  private async countFailure(call: BudgetedCall, probes: readonly CircuitScope[]): Promise<void> {
    const { now, random } = this.options;
    this.isTroubled = true;
    const failure = { division: call.division, now: now().getTime(), chance: random() };
    for (const scope of scopesOf(call))
      await this.changeCircuit(call, scope, (before) =>
        afterFailure(before, { ...failure, scope, isProbe: probes.includes(scope) }),
      );
  }

  /** Any answer proves that host and division are there: all callers may go on at once. */
  private async close(call: BudgetedCall): Promise<void> {
    for (const scope of scopesOf(call))
      await this.changeCircuit(call, scope, (before) => (before.failures > 0 ? CLOSED : before));
  }

  private async changeCircuit(
    call: BudgetedCall,
    scope: CircuitScope,
    next: (before: Circuit) => Circuit,
  ): Promise<void> {
    await this.options.ledger.changeCircuit<Circuit>(this.keyOf(call), scope, (before = CLOSED) => {
      const after = next(before);
      return after === before ? undefined : { history: after, suspendedUntil: openUntil(after) };
    });
  }

  private async count(call: BudgetedCall, said: { status: number; isSilent: boolean }): Promise<void> {
    const answer = { ...said, isWrite: call.isWrite === true };
    const left = this.left.get(call);
    await this.changeErrors(call, (history, now) =>
      afterAnswer(left === undefined ? history : afterReturning(history, left), answer, now),
    );
  }

  private async changeErrors(
    call: BudgetedCall,
    next: (before: ErrorHistory, now: number) => ErrorHistory,
  ): Promise<void> {
    const key = { ...this.keyOf(call), endpoint: call.endpoint };
    await this.options.ledger.changeErrors<KeptHistory>(key, (before = NO_ERRORS) => {
      const now = this.options.now().getTime();
      const history = next(before, now);
      if (history === before) return undefined;
      if (saysNothing(history, now)) return 'nothing';
      if (history.suspendedUntil > now)
        return {
          history: { ...history, isCrowded: false },
          suspendedUntil: new Date(history.suspendedUntil),
        };
      const crowds = isCrowded(history, now);
      const suspendedUntil = crowds ? new Date(now + CROWDED_LOOK_MS) : null;
      return { history: { ...history, isCrowded: crowds }, suspendedUntil };
    });
  }

  private keyOf({ division }: Pick<BudgetedCall, 'division'>): BudgetKey {
    const { clientId, region } = this.options;
    return { clientId, region, division };
  }
}

function crowded(until: Date): ExactError {
  return new ExactError({ kind: 'rate-limited', window: 'minute', resetsAt: until });
}

function openUntil(circuit: Circuit): Date | null {
  return circuit.openUntil > 0 ? new Date(circuit.openUntil) : null;
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
