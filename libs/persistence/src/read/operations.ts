import { sql } from 'drizzle-orm';
import { inSystem, type Database } from '../database.js';
import { circuitEndpoint, hostDivision } from '../sync/circuit-rows.js';

/** How the whole installation does, over all tenants. Ages in seconds; undefined where there is nothing that could be old. */
export interface Operations {
  /** Since the oldest message that is due could have been sent. */
  readonly outboxOldestAgeS: number | undefined;
  /** Since the active administration that waits longest was read to the end. */
  readonly syncLagS: number | undefined;
  /** Since the oldest access token of a usable connection was given. */
  readonly tokenAgeS: number | undefined;
  readonly connections: readonly { readonly state: string; readonly count: number }[];
  /** Calls that the tightest administration has left, per window (`minute`, `day`). */
  readonly budgets: readonly { readonly window: string; readonly remaining: number }[];
  /** Circuits that let no call go until one has tried (F32): of Exact's hosts, and of single administrations. */
  readonly openCircuits: { readonly hosts: number; readonly administrations: number };
  /** What ended badly within a day: steps that were given up, writes into Exact that failed. */
  readonly failedOfDay: { readonly steps: number; readonly writes: number };
  readonly openIssues: readonly { readonly class: string; readonly count: number }[];
}

interface Ages extends Record<string, unknown> {
  readonly outbox: number | null;
  readonly sync: number | null;
  readonly token: number | null;
}

/** Two of the longest pauses: one that is over for longer is of an administration that nobody calls any more. */
const circuitKnownFor = '30 minutes';

/** Numbers for a monitoring system: no ids, no names. */
export async function readOperations(database: Database): Promise<Operations> {
  return inSystem(database, async (tx) => {
    const [ages] = await tx.execute<Ages>(sql`
      select
        (select extract(epoch from now() - min(available_at))::float8 from outbox
          where dispatched_at is null and available_at <= now()) as outbox,
        (select extract(epoch from now() - min(last_synced_at))::float8 from administrations
          where state = 'active') as sync,
        (select extract(epoch from now() - min(access_issued_at))::float8 from connections
          where state = 'active') as token`);
    const connections = await tx.execute<{ state: string; count: number }>(
      sql`select state, count(*)::int as count from connections group by state order by state`,
    );
    const budgets = await tx.execute<{ window: string; remaining: number }>(sql`
      select "window", min(allowed - case when resets_at > now() then used else 0 end)::int as remaining
      from budget_windows group by "window" order by "window"`);
    const [circuits] = await tx.execute<Operations['openCircuits'] & Record<string, unknown>>(sql`
      select count(*) filter (where division = ${hostDivision})::int as hosts,
        count(*) filter (where division <> ${hostDivision})::int as administrations
      from error_ledger where endpoint = ${circuitEndpoint}
        and suspended_until > now() - ${circuitKnownFor}::interval`);
    const [failed] = await tx.execute<Operations['failedOfDay'] & Record<string, unknown>>(sql`
      select
        (select count(*)::int from sync_steps
          where state = 'failed' and ended_at > now() - interval '1 day') as steps,
        (select count(*)::int from write_intents
          where state = 'failed' and settled_at > now() - interval '1 day') as writes`);
    const issues = await tx.execute<{ class: string; count: number }>(
      sql`select class, count(*)::int as count from issues where state = 'open' group by class order by class`,
    );
    return {
      outboxOldestAgeS: ages?.outbox ?? undefined,
      syncLagS: ages?.sync ?? undefined,
      tokenAgeS: ages?.token ?? undefined,
      connections: connections.map(({ state, count }) => ({ state, count })),
      budgets: budgets.map(({ window, remaining }) => ({ window, remaining })),
      openCircuits: { hosts: circuits?.hosts ?? 0, administrations: circuits?.administrations ?? 0 },
      failedOfDay: { steps: failed?.steps ?? 0, writes: failed?.writes ?? 0 },
      openIssues: issues.map((each) => ({ class: each.class, count: each.count })),
    };
  });
}
