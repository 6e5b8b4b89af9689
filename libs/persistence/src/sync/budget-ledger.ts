import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database.js';
import { executePrepared } from '../prepared.js';
import { circuitEndpoint, circuitsOf, hostDivision, type CircuitColumns } from './circuit-rows.js';
import { reservationOf, type Reservation, type ReserveRow, type Reserves } from './reservation.js';
import { withoutWaiting } from './without-waiting.js';
import { budgetWindows, errorLedger } from '../schema/index.js';

/** One app registration's use of one division. */
export interface BudgetKey {
  readonly clientId: string;
  readonly region: string;
  readonly division: number;
}

/** One family of limits as an answer told them; absent members were not told. */
export interface ToldLimits {
  readonly limit?: number | undefined;
  readonly remaining?: number | undefined;
  readonly resetsAt?: Date | undefined;
}

type Changed<History> =
  { readonly history: History; readonly suspendedUntil: Date | null } | 'nothing' | undefined;

/** Exact's documented limits, until an answer tells others (exact-online.md 2.1). */
const documented = { minute: 60, day: 5_000 } as const;

/**
 * Exact's limits, shared by all processes of one app: a call is reserved before it is made and the windows are corrected from the
 * answers' headers. `now` is Exact's clock as we know it. The tables hold no tenant's data.
 */
export class BudgetLedger {
  constructor(private readonly database: Database) {}

  /**
   * Reserves one call in both windows and looks at the error ledger and the circuits, in one statement. Where a circuit's pause is over, one
   * caller of all becomes its probe.
   */
  async reserve(
    key: BudgetKey & { readonly endpoint: string },
    reserves: Reserves,
    now: Date,
  ): Promise<Reservation> {
    const at = now.toISOString();
    const passes = reserves.passesCircuits === true;
    const circuits = circuitsOf(key, { at, passes });
    const ends = { minute: nextMinute(now).toISOString(), day: nextDay(now).toISOString() };
    const [row] = await executePrepared<ReserveRow>(
      this.database.db,
      sql`
      with closed as (
        select suspended_until, (history->>'isCrowded')::boolean as is_crowded from error_ledger
        where client_id = ${key.clientId} and region = ${key.region} and division = ${key.division}
          and endpoint = ${key.endpoint} and suspended_until > ${at}::timestamptz
      ), ${circuits.read}, minute as (
        insert into budget_windows as w (client_id, region, division, "window", used, allowed, resets_at)
        select ${key.clientId}, ${key.region}, ${key.division}::int, 'minute', 1, ${documented.minute}::int, ${ends.minute}::timestamptz
        where not exists (select from closed) and (${passes}::boolean or not exists (select from silent))
        on conflict (client_id, region, division, "window") do update set
          used = case when w.resets_at <= ${at}::timestamptz then 1 else w.used + 1 end,
          resets_at = case when w.resets_at <= ${at}::timestamptz then excluded.resets_at else w.resets_at end
        where w.resets_at <= ${at}::timestamptz or w.used < w.allowed - least(${reserves.minuteCalls}::int, w.allowed / 2)
        returning w.used, w.allowed, w.resets_at
      ), day as (
        insert into budget_windows as w (client_id, region, division, "window", used, allowed, resets_at)
        select ${key.clientId}, ${key.region}, ${key.division}::int, 'day', 1, ${documented.day}::int, ${ends.day}::timestamptz
        from minute
        on conflict (client_id, region, division, "window") do update set
          used = case when w.resets_at <= ${at}::timestamptz then 1 else w.used + 1 end,
          resets_at = case when w.resets_at <= ${at}::timestamptz then excluded.resets_at else w.resets_at end
        where w.resets_at <= ${at}::timestamptz or w.used < w.allowed - ceil(w.allowed * ${reserves.dayShare}::float)::int
        returning w.used, w.allowed, w.resets_at
      ), ${circuits.probe}
      select (select ${ms('suspended_until')} from closed) as suspended_until, (select is_crowded from closed) as is_crowded,
        (select jsonb_build_array(used, allowed, ${ms('resets_at')}) from minute) as minute,
        (select jsonb_build_array(used, allowed, ${ms('resets_at')}) from day) as day,
        (select jsonb_object_agg(k."window", ${ms('resets_at')}) from budget_windows as k where client_id = ${key.clientId}
          and region = ${key.region} and division = ${key.division}) as ends,
        exists (select from error_ledger where client_id = ${key.clientId} and region = ${key.region}
          and division = ${key.division} and endpoint = ${key.endpoint}) as has_errors,
        ${circuits.columns},
        ${withoutWaiting}`,
    );
    return reservationOf(row, { ends, passes, now });
  }

  /** Until when the circuits let no call go, null when they do; and whether that is over and one is to try. Reserves nothing. */
  async silenceOf(
    key: BudgetKey,
    now: Date,
  ): Promise<{ readonly until: Date | null; readonly isDue: boolean }> {
    const circuits = circuitsOf(key, { at: now.toISOString(), passes: false });
    const [row] = await this.database.db.execute<Pick<CircuitColumns, 'silent_until' | 'due'>>(
      sql`with ${circuits.read} select ${circuits.silentUntil} as silent_until, ${circuits.due} as due`,
    );
    const until = row?.silent_until ?? null;
    return { until: until === null ? null : new Date(until), isDue: (row?.due ?? 0) > 0 };
  }

  /**
   * Corrects the windows by what an answer told of them; never makes a running window emptier than we know it to be. A told reset
   * that lies most of a window later is of the window after ours, which began while we still kept our margin: its use counts from
   * the start. One that lies as much earlier is of a window that is over, and tells nothing of ours, unless nothing is left: that is waited for (E04 d).
   */
  async learn(
    key: BudgetKey,
    told: { readonly minute?: ToldLimits | undefined; readonly day?: ToldLimits | undefined },
    now: Date,
  ): Promise<void> {
    const at = now.toISOString();
    await this.database.db.execute(sql`
      update budget_windows as w set
        allowed = coalesce(t.allowed, w.allowed),
        used = case when w.resets_at <= ${at}::timestamptz or t.resets_at > w.resets_at + t.half
          then coalesce(t.used, 0) else greatest(w.used, coalesce(t.used, 0)) end,
        resets_at = coalesce(t.resets_at, w.resets_at)
      from (values ${rowOf('minute', told.minute)}, ${rowOf('day', told.day)}) as t("window", allowed, used, resets_at, half)
      where w.client_id = ${key.clientId} and w.region = ${key.region} and w.division = ${key.division}
        and w."window" = t."window" and (t.allowed is not null or t.used is not null or t.resets_at is not null)
        and (t.resets_at is null or w.resets_at <= ${at}::timestamptz or t.resets_at >= w.resets_at - t.half
          or t.used >= t.allowed)`);
  }

  /** Closes a window until its end: Exact answered 429. Creates it when no call was reserved before. */
  async exhaust(key: BudgetKey, window: 'minute' | 'day', resetsAt: Date): Promise<void> {
    const allowed = documented[window];
    await this.database.db
      .insert(budgetWindows)
      .values({ ...windowKey(key), window, used: allowed, allowed, resetsAt })
      .onConflictDoUpdate({
        target: [budgetWindows.clientId, budgetWindows.region, budgetWindows.division, budgetWindows.window],
        set: { used: sql`${budgetWindows.allowed}`, resetsAt },
      });
  }

  /** Changes an endpoint's history of errors under its lock. `next` answers undefined when nothing changes, `nothing` when there is none any more. */
  async changeErrors<History>(
    key: BudgetKey & { readonly endpoint: string },
    next: (history: History | undefined) => Changed<History>,
  ): Promise<void> {
    const { endpoint } = key;
    const ofEndpoint = and(
      eq(errorLedger.clientId, key.clientId),
      eq(errorLedger.region, key.region),
      eq(errorLedger.division, key.division),
      eq(errorLedger.endpoint, endpoint),
    );
    await this.database.db.transaction(async (tx) => {
      await tx.execute(
        sql`select pg_advisory_xact_lock(hashtextextended(${`${key.clientId}|${key.region}|${key.division}|${endpoint}`}, 0))`,
      );
      const [row] = await tx.select().from(errorLedger).where(ofEndpoint);
      const changed = next(row?.history as History | undefined); // our own rows
      if (!changed) return;
      if (changed === 'nothing') {
        if (row) await tx.delete(errorLedger).where(ofEndpoint);
        return;
      }
      await tx
        .insert(errorLedger)
        .values({ ...windowKey(key), endpoint, ...changed })
        .onConflictDoUpdate({
          target: [errorLedger.clientId, errorLedger.region, errorLedger.division, errorLedger.endpoint],
          set: changed,
        });
    });
  }

  /** Changes the circuit of Exact's host or of one division under its lock. */
  async changeCircuit<History>(
    key: BudgetKey,
    scope: 'host' | 'division',
    next: (history: History | undefined) => Changed<History>,
  ): Promise<void> {
    const division = scope === 'host' ? hostDivision : key.division;
    await this.changeErrors<History>({ ...key, division, endpoint: circuitEndpoint }, next);
  }
}

/** A moment in epoch milliseconds. */
function ms(column: 'suspended_until' | 'resets_at') {
  return sql`(extract(epoch from ${sql.identifier(column)}) * 1000)::float8`;
}

/** Resets of one window that two clocks tell differ by seconds, those of two windows by the length of one. */
const halfOf = { minute: '30 seconds', day: '12 hours' } as const;

function rowOf(window: 'minute' | 'day', told: ToldLimits | undefined) {
  const allowed = told?.limit ?? null;
  const used =
    told?.remaining === undefined || allowed === null ? null : Math.max(0, allowed - told.remaining);
  const resetsAt = told?.resetsAt?.toISOString() ?? null;
  return sql`(${window}, ${allowed}::int, ${used}::int, ${resetsAt}::timestamptz, ${halfOf[window]}::interval)`;
}

function windowKey({ clientId, region, division }: BudgetKey) {
  return { clientId, region, division };
}

/** Exact's window may close a little later than our clock says; an answer's headers tell better. */
const marginMs = 1_000;

/** Exact's minute is a clock minute, not a sliding one (exact-online.md 2.2). */
function nextMinute(now: Date): Date {
  return nextMultiple(now, 60_000);
}

function nextDay(now: Date): Date {
  return nextMultiple(now, 86_400_000);
}

function nextMultiple(now: Date, ms: number): Date {
  return new Date(Math.floor(now.getTime() / ms + 1) * ms + marginMs);
}
