import type { ExactFailure } from '../errors.js';
import { NO_DIVISION } from './budget.js';

/** Failures in a row after which nothing is asked for a while (reliability.md F32). */
export const FAILURES_MAX = 5;
const FIRST_PAUSE_MS = 5_000;
const SHORTEST_PAUSE_MS = 1_000;
export const LONGEST_PAUSE_MS = 15 * 60_000;
/** A probe that nobody told the end of is taken for lost: longer than any exchange takes. */
export const PROBE_LEASE_MS = 130_000;
/** While a probe is out, others look this often whether it has been answered. */
export const PROBE_LOOK_MS = 10_000;

/** No answer at all, or one of a server that stands before Exact and does not reach it. */
const UNANSWERED: ReadonlySet<number> = new Set([0, 502, 503, 504]);

/** Whether a call met no Exact. Any other answer, also a refusal, proves that it is there. */
export function isUnanswered(status: number): boolean {
  return UNANSWERED.has(status);
}

/** The same of a failure; a status of 0 tells of one connection alone, not of Exact. */
export function metNoExact(failure: ExactFailure): boolean {
  if (failure.kind === 'unavailable') return failure.status > 0 && isUnanswered(failure.status);
  return failure.kind === 'network' || failure.kind === 'timeout';
}

/** What a circuit is about: an outage is one of Exact's host, maintenance and moves are of one division. */
export type CircuitScope = 'host' | 'division';

const ofHost = ['host'] as const;
const ofBoth = ['host', 'division'] as const;

/** The circuits that a call waits for and tells of. */
export function scopesOf({ division }: { readonly division: number }): readonly CircuitScope[] {
  return division === NO_DIVISION ? ofHost : ofBoth;
}

/** What calls met lately; plain data, so that any store can hold it. */
export interface Circuit {
  /** Since the last answer. */
  readonly failures: number;
  /** Two of those that failed, at most. */
  readonly divisions: readonly number[];
  /** Times in a row that it opened; each makes the pause longer. */
  readonly openings: number;
  /** Epoch milliseconds; 0 when closed. From then on one call may try. */
  readonly openUntil: number;
}

/** Nothing failed since the last answer. */
export const CLOSED: Circuit = { failures: 0, divisions: [], openings: 0, openUntil: 0 };

export interface Failure {
  readonly scope: CircuitScope;
  readonly division: number;
  /** The one call that was let through when this circuit's pause was over. */
  readonly isProbe: boolean;
  readonly now: number;
  /** From 0 to 1. */
  readonly chance: number;
}

/** The circuit after one more call without an answer. While its pause lasts, only a probe says that the outage does too. */
export function afterFailure(circuit: Circuit, failure: Failure): Circuit {
  const isOpen = circuit.openUntil > 0;
  if (failure.now < circuit.openUntil && !failure.isProbe) return circuit;
  const failures = circuit.failures + 1;
  const divisions = [...new Set([...circuit.divisions, failure.division])].slice(0, 2);
  const failed = { ...circuit, failures, divisions };
  // One division alone that fails is no outage: others go on.
  const isOfMany = divisions.length > 1 || divisions.includes(NO_DIVISION);
  const isOutage = failures >= FAILURES_MAX && (failure.scope === 'division' || isOfMany);
  if (!isOpen && !isOutage) return failed;
  return {
    failures,
    divisions,
    openings: circuit.openings + 1,
    openUntil: failure.now + pauseMs(circuit.openings, failure.chance),
  };
}

/** The circuit when its probe is not sent after all: another may try at once. One that was taken for lost holds nothing any more. */
export function afterGivingBack(circuit: Circuit, { lease, now }: { lease: number; now: number }): Circuit {
  if (circuit.openUntil !== lease) return circuit;
  const { failures, divisions, openings } = circuit;
  return { failures, divisions, openings, openUntil: now };
}

/** Full jitter: workers of several installations do not return at one moment. */
function pauseMs(openings: number, chance: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(openings, 20));
  return Math.max(SHORTEST_PAUSE_MS, Math.round(longest * chance));
}
