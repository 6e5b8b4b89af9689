import { sql, type SQL } from 'drizzle-orm';

/** Circuits stand in the error ledger under a name that no entity set has. */
export const circuitEndpoint = '*';
/** No administration of Exact has it: the row of the host. */
export const hostDivision = 0;

/** A probe whose end nobody told is taken for lost: longer than any exchange takes. */
export const probeLeaseMs = 130_000;
/** While a probe is out, others look this often whether it was answered. */
export const probeLookMs = 10_000;

/** What a reservation tells of the circuits of its host and division. */
export type CircuitColumns = {
  /** Epoch milliseconds; null when none is open. */
  silent_until: number | null;
  /** Circuits whose pause is over, and the divisions of those of them that this call probes. */
  due: number;
  probes: readonly number[];
  is_troubled: boolean;
};

interface CircuitStatements {
  /** `silent` has rows while the caller is to wait. */
  readonly read: SQL;
  /** Makes the call the probe of what is due, once it has a place in the `day`; of nothing where another has a part of it, for then it waits. */
  readonly probe: SQL;
  readonly columns: SQL;
  /** From `read` alone: in epoch milliseconds, and how many have a pause that is over. */
  readonly silentUntil: SQL;
  readonly due: SQL;
}

/**
 * The circuits' part of a reservation. The rows are locked in one order, host first, and whoever comes second finds that they are not due any
 * more. In good times there is no row, or none that is due: nothing is locked. Who `passes` does not wait, and probes what is left.
 */
export function circuitsOf(
  key: { readonly clientId: string; readonly region: string; readonly division: number },
  { at, passes }: { readonly at: string; readonly passes: boolean },
): CircuitStatements {
  const lease = sql`${at}::timestamptz + ${probeLeaseMs}::int * interval '1 millisecond'`;
  const look = sql`${at}::timestamptz + ${probeLookMs}::int * interval '1 millisecond'`;
  const ofCall = sql`c.client_id = ${key.clientId} and c.region = ${key.region}
    and c.division in (${hostDivision}::int, ${key.division}::int) and c.endpoint = ${circuitEndpoint}`;
  const silentUntil = sql`(select (extract(epoch from max(until)) * 1000)::float8 from silent)`;
  const due = sql`(select count(*)::int from circuits where suspended_until <= ${at}::timestamptz)`;
  return {
    silentUntil,
    due,
    read: sql`circuits as (
        select c.suspended_until, c.history from error_ledger as c where ${ofCall}
      ), silent as (
        select case when (history->>'isProbing')::boolean then least(suspended_until, ${look}) else suspended_until end as until
        from circuits where suspended_until > ${at}::timestamptz
      )`,
    probe: sql`due as (
        select c.division from error_ledger as c
        where ${ofCall} and c.suspended_until <= ${at}::timestamptz and exists (select from day)
        order by c.division for update
      ), probe as (
        update error_ledger as c set suspended_until = ${lease}, history = c.history
          || jsonb_build_object('isProbing', true, 'openUntil', (extract(epoch from ${lease}) * 1000)::float8)
        from due where ${ofCall} and c.division = due.division and (${passes}::boolean
          or (select count(*) from due) = ${due})
        returning c.division
      )`,
    columns: sql`${silentUntil} as silent_until,
        ${due} as due,
        (select coalesce(jsonb_agg(division), '[]') from probe) as probes,
        exists (select from circuits where (history->>'failures')::int > 0) as is_troubled`,
  };
}
