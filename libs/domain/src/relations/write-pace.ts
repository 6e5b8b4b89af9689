import type { AdministrationId } from '../kernel/index.js';
import type { WriteIntentsTx } from '../sync/index.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Calls of an administration that many writes together may take. */
export interface CallRates {
  /** What goes out at once. */
  readonly atOnce: number;
  /** After that. */
  readonly perMinute: number;
  /** All beyond that goes out at the pace of the day, from the next day on, since the first has none left. */
  readonly perDay: number;
}

/** Of Exact's 60 a minute and 5,000 a day, of which a plan gets four fifths; what these leave is for repeats and for what belongs to new accounts. */
export const planRates: CallRates = { atOnce: 900, perMinute: 54, perDay: 3_600 };

/** A look, the change, a look; a new part is looked for, made and looked at. */
export const callsPerUpdate = 3;
/** Three searches, the create, a look. */
export const callsPerCreate = 5;

/**
 * When each of many writes that nobody waits for goes out, whatever they are: what an administration's updates take of a day is not left to its
 * new accounts. Without it thousands wake together at every limit of a minute, and a write that somebody waits for stands behind them in
 * the queue (F31, F95; exact-online.md: "plan the push over hours").
 */
export class WritePace {
  private readonly calls = new Map<AdministrationId, number>();

  constructor(readonly rates = planRates) {}

  next(administrationId: AdministrationId, calls: number, now: Date): Date {
    const before = this.callsOf(administrationId);
    this.add(administrationId, calls);
    return new Date(now.getTime() + this.waitOf(before, calls));
  }

  /** What is meant so far. */
  callsOf(administrationId: AdministrationId): number {
    return this.calls.get(administrationId) ?? 0;
  }

  /** Counts what somebody else gives a moment to. */
  add(administrationId: AdministrationId, calls: number): void {
    this.calls.set(administrationId, this.callsOf(administrationId) + calls);
  }

  private waitOf(before: number, calls: number): number {
    const { atOnce, perMinute, perDay } = this.rates;
    if (before >= perDay) return dayMs + (before - perDay) * (dayMs / perDay);
    return Math.ceil(Math.max(0, before + calls - atOnce) / perMinute) * minuteMs;
  }
}

/** A pace that begins behind what earlier plans still have to write: together they keep it. */
export async function paceBehindOpen(tx: WriteIntentsTx): Promise<WritePace> {
  const pace = new WritePace();
  for (const { administrationId, creates, others } of await tx.writeIntents.countOpenOfPlans())
    pace.add(administrationId, creates * callsPerCreate + others * callsPerUpdate);
  return pace;
}
