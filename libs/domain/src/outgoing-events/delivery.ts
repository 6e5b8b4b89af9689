/** How an attempt to hand an event to a receiver ended: with a status of HTTP, or without one. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'unreached'; readonly reason: UnreachedReason };

/** `address-refused`: the name leads to an address inside a network, where we call nobody. */
export type UnreachedReason =
  'timeout' | 'tls' | 'dns' | 'connection' | 'address-refused' | 'secret-unreadable';

export type DeliveryState = 'waiting' | 'delivered' | 'failed';

/** Where a delivery stands after an attempt. */
export interface SettledDelivery {
  readonly state: DeliveryState;
  readonly attempts: number;
  /** When it is tried again; null when it is not. */
  readonly dueAt: Date | null;
}

/** Pauses after the first, second, ... attempt, in seconds (Standard Webhooks): 75 hours in all. */
const pausesS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** Of a pause: so that what failed together does not come back together. */
const spread = 0.1;

/** Attempts at most: the first one and one after every pause. */
export const attemptsMax = pausesS.length + 1;

/** Taken by the receiver: any 2xx. A redirect is not followed, so it is a failure. */
export function isTaken(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
}

/** The receiver says that it is not there any more and wants nothing. */
export function isGone(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.status === 410;
}

/** A delivery after its attempt number `attempts`; `chance` is from 0 to 1. */
export function settleDelivery(
  attempts: number,
  outcome: Outcome,
  at: { readonly now: Date; readonly chance: number },
): SettledDelivery {
  if (isTaken(outcome)) return { state: 'delivered', attempts, dueAt: null };
  const pauseS = pausesS[attempts - 1];
  if (pauseS === undefined || isGone(outcome)) return { state: 'failed', attempts, dueAt: null };
  const dueAt = new Date(at.now.getTime() + pauseS * 1_000 * (1 + spread * at.chance));
  return { state: 'waiting', attempts, dueAt };
}
