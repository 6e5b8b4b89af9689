import type { Sql } from 'postgres';
import { checkAccess } from './check-access.js';
import { checkChain } from './check-chain.js';
import { checkDecisions } from './check-decisions.js';
import { checkExactCalls } from './check-exact-calls.js';
import { checkMirror } from './check-mirror.js';
import { checkShared, type SharedBefore } from './check-shared.js';
import { checkTenants, type Neighbourhood } from './check-tenants.js';
import type { Quiet } from './quiet.js';
import type { Reviewer } from './reviewer.js';

export interface Evidence extends Neighbourhood {
  readonly ownerUrl: string;
  readonly divisions: readonly number[];
  readonly reviewer: Reviewer;
  readonly before: SharedBefore;
  readonly quiet: Quiet;
  /** Consents that were given anew. */
  readonly reconnections: number;
  /** Consents that were revoked before: those cost one each as well. */
  readonly revocations: number;
  /** Lines of any process that told what must not be told (I12). */
  readonly leaks: readonly string[];
}

/** Everything that is wrong after healing, each line with the invariant that it breaks (I1-I12 of the reliability rules). */
export async function check(evidence: Evidence): Promise<string[]> {
  const { quiet, leaks, reviewer, sql } = evidence;
  const found = [
    await checkMirror(evidence),
    await checkShared(sql, evidence.before),
    await checkExactCalls(evidence),
    await checkDecisions(evidence),
    await checkChain(sql, evidence.ownerUrl),
    await checkStates(sql),
    await checkAccess(sql),
    await checkTenants(evidence),
  ];
  return [
    ...found.flat(),
    ...Object.entries(quiet.left).map(([what, count]) => `I11 ${count} ${what} still wait`),
    ...leaks.map((line) => `I12 a log line tells a secret or a name: ${line.slice(0, 200)}`),
    ...reviewer.wrong.map((answer) => `F20 a person was answered ${answer}`),
  ];
}

/** I9: every run ended in a named state, the last one of each organisation completed, no step is held by nobody. */
async function checkStates(sql: Sql): Promise<string[]> {
  const steps = await sql<{ told: string }[]>`
    select format('%s of administration %s (%s) is %s after %s tries in a %s run that is %s', s.kind, a.division, a.state,
      s.state, s.attempts, r.kind, r.state) as told
    from sync_steps s join sync_runs r on r.id = s.run_id left join administrations a on a.id = s.administration_id
    where s.state not in ('done', 'failed', 'skipped')`;
  const running = await sql<{ kind: string; state: string }[]>`
    select kind, state from sync_runs where (ended_at is null) <> (state in ('fetching', 'aside', 'comparing'))`;
  const last = await sql<{ name: string; state: string | null }[]>`
    select distinct on (t.id) t.name, r.state from tenants t left join sync_runs r on r.tenant_id = t.id order by t.id, r.started_at desc`;
  return [
    ...steps.map(({ told }) => `I9 the step ${told}`),
    ...running.map(({ kind, state }) => `I9 a run (${kind}) is ${state} and yet has the other kind of end`),
    ...last
      .filter(({ state }) => state !== 'completed')
      .map(({ name, state }) => `I9 the last run of ${name} is ${state ?? 'missing'}`),
  ];
}
