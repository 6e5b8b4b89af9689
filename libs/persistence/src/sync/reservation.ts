import { hostDivision, probeLeaseMs, probeLookMs, type CircuitColumns } from './circuit-rows.js';

export interface KnownWindow {
  readonly used: number;
  readonly allowed: number;
  readonly resetsAt: Date;
}

/** Whether a call may go, and what is known then. */
export type Reservation =
  /** What we know of the windows after the reservation, and whether the endpoint has errors that a success would change. */
  | {
      readonly kind: 'reserved';
      readonly minute: KnownWindow;
      readonly day: KnownWindow;
      readonly hasErrors: boolean;
      /** Present when calls failed to meet Exact since its last answer. */
      readonly trouble?: Trouble;
    }
  | { readonly kind: 'limited'; readonly window: 'minute' | 'day'; readonly resetsAt: Date }
  | { readonly kind: 'suspended'; readonly until: Date }
  /** As many calls are under way as may fail: others look again at `until`. */
  | { readonly kind: 'crowded'; readonly until: Date }
  /** Exact gave no answer several times in a row (F32): another call tries at `until`. */
  | { readonly kind: 'silent'; readonly until: Date };

/** Whose circuits the call tries for all, and until when others wait for it. */
export interface Trouble {
  readonly probes: readonly ('host' | 'division')[];
  readonly lease: Date;
}

/** What is kept back from a caller. */
export interface Reserves {
  /** Of a minute's calls. */
  readonly minuteCalls: number;
  /** Of a day's calls. */
  readonly dayShare: number;
  /** It need not wait for a circuit: a person does. */
  readonly passesCircuits?: boolean;
}

type Figures = readonly [used: number, allowed: number, resetsAt: number];

/** What the ledger's statement answers. */
export type ReserveRow = CircuitColumns & {
  suspended_until: number | null;
  is_crowded: boolean | null;
  minute: Figures | null;
  day: Figures | null;
  /** When the windows end that were there before. */
  ends: Partial<Record<'minute' | 'day', number>> | null;
  has_errors: boolean;
};

/** The answer in the words of who asks. */
export function reservationOf(
  row: ReserveRow | undefined,
  { ends, passes, now }: { ends: { minute: string; day: string }; passes: boolean; now: Date },
): Reservation {
  if (!row) throw new Error('the reservation answered nothing');
  if (row.suspended_until !== null)
    return { kind: row.is_crowded ? 'crowded' : 'suspended', until: new Date(row.suspended_until) };
  if (!passes && row.silent_until !== null) return { kind: 'silent', until: new Date(row.silent_until) };
  const { minute, day } = row;
  const limited = (window: 'minute' | 'day') =>
    ({ kind: 'limited', window, resetsAt: new Date(row.ends?.[window] ?? ends[window]) }) as const;
  if (!minute) return limited('minute');
  if (!day) return limited('day');
  // Another call became the probe at the same moment.
  if (!passes && row.due > row.probes.length)
    return { kind: 'silent', until: new Date(now.getTime() + probeLookMs) };
  return {
    ...{ kind: 'reserved', minute: toWindow(minute), day: toWindow(day), hasErrors: row.has_errors },
    ...(row.is_troubled && { trouble: troubleOf(row, now) }),
  };
}

function troubleOf({ probes }: Pick<ReserveRow, 'probes'>, now: Date): Trouble {
  return {
    probes: probes.map((division) => (division === hostDivision ? 'host' : 'division')),
    lease: new Date(now.getTime() + probeLeaseMs),
  };
}

function toWindow([used, allowed, resetsAt]: Figures): KnownWindow {
  return { used, allowed, resetsAt: new Date(resetsAt) };
}
