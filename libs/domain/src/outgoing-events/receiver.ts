import { isGone, isTaken, type Outcome } from './delivery.js';

/** `gone`: it answered 410. `failing`: nothing was taken for five days. */
export type DisabledReason = 'person' | 'gone' | 'failing';

/** How an endpoint is doing; the rest of it is what a person filled in. */
export interface ReceiverHealth {
  readonly isEnabled: boolean;
  readonly disabledReason: DisabledReason | null;
  readonly disabledAt: Date | null;
  /** Since when every attempt failed; null when the last one was taken. */
  readonly failingSince: Date | null;
}

/** Failing for so long, an endpoint is switched off: five days. */
export const failingMaxMs = 5 * 24 * 3_600_000;

/** An endpoint after the outcomes of a turn, in the order of their attempts. */
export function settleReceiver(
  health: ReceiverHealth,
  outcomes: readonly Outcome[],
  now: Date,
): ReceiverHealth {
  return outcomes.reduce((before, outcome) => afterOutcome(before, outcome, now), health);
}

function afterOutcome(health: ReceiverHealth, outcome: Outcome, now: Date): ReceiverHealth {
  if (!health.isEnabled) return health;
  if (isTaken(outcome)) return { ...health, failingSince: null };
  const failingSince = health.failingSince ?? now;
  if (isGone(outcome)) return disabled(health, 'gone', { now, failingSince });
  const isOver = now.getTime() - failingSince.getTime() >= failingMaxMs;
  return isOver ? disabled(health, 'failing', { now, failingSince }) : { ...health, failingSince };
}

function disabled(
  health: ReceiverHealth,
  disabledReason: DisabledReason,
  { now, failingSince }: { readonly now: Date; readonly failingSince: Date },
): ReceiverHealth {
  return { ...health, isEnabled: false, disabledReason, disabledAt: now, failingSince };
}
