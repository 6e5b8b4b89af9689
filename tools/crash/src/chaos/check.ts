import type { Sql } from 'postgres';
import type { Sandbox } from '@koppel/exact-sandbox';
import { checkDecisions } from './check-decisions.js';
import { checkExactCalls } from './check-exact-calls.js';
import { checkMirror } from './check-mirror.js';
import type { Quiet } from './quiet.js';
import type { Reviewer } from './reviewer.js';

export interface Evidence {
  readonly sql: Sql;
  readonly sandbox: Sandbox;
  readonly divisions: readonly number[];
  readonly reviewer: Reviewer;
  readonly quiet: Quiet;
  /** Lines of any process that told what must not be told (I12). */
  readonly leaks: readonly string[];
}

/** Everything that is wrong after healing, each line with the invariant that it breaks (I1-I12 of the reliability rules). */
export async function check(evidence: Evidence): Promise<string[]> {
  const { quiet, leaks, reviewer, sql } = evidence;
  const found = [
    await checkMirror(evidence),
    await checkExactCalls(evidence),
    await checkDecisions(evidence),
    await checkStates(sql),
    await checkTenants(sql),
  ];
  return [
    ...found.flat(),
    ...Object.entries(quiet.left).map(([what, count]) => `I11 ${count} ${what} still wait`),
    ...leaks.map((line) => `I12 a log line tells a secret or a name: ${line.slice(0, 200)}`),
    ...reviewer.wrong.map((answer) => `F20 a person was answered ${answer}`),
  ];
}

/** I9: every run ended in a named state, no step is held by nobody; I10: every settled edit stands in the history once. */
async function checkStates(sql: Sql): Promise<string[]> {
  const steps = await sql<{ state: string; count: number }[]>`
    select state, count(*)::int as count from sync_steps where state not in ('done', 'failed', 'skipped') group by state`;
  const running = await sql<{ kind: string; state: string }[]>`
    select kind, state from sync_runs where (ended_at is null) <> (state in ('fetching', 'comparing'))`;
  const [last] = await sql<{ state: string }[]>`select state from sync_runs order by started_at desc limit 1`;
  return [
    ...steps.map(({ state, count }) => `I9 ${count} steps are ${state}`),
    ...running.map(({ kind, state }) => `I9 a run (${kind}) is ${state} and yet has the other kind of end`),
    ...(last?.state === 'completed' ? [] : [`I9 the last run is ${last?.state ?? 'missing'}`]),
  ];
}

const tenantTables = [
  'source_relations',
  'source_parts',
  'relations',
  'links',
  'actions',
  'write_intents',
  'sync_runs',
];

/** I7: whoever has no connection has none of what came by way of one. */
async function checkTenants(sql: Sql): Promise<string[]> {
  const wrong: string[] = [];
  for (const table of tenantTables) {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from ${sql(table)} t
      where not exists (select from connections c where c.tenant_id = t.tenant_id)`;
    if (row && row.count > 0)
      wrong.push(`I7 ${row.count} rows of ${table} are of a tenant without a connection`);
  }
  return wrong;
}
