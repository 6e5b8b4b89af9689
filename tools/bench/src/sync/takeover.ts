import { openArena, untilQuiet, type Arena } from '@koppel/crash';
import { ApiClient, ApiRefusal, coupleAll } from '@koppel/demo';
import { resyncOnce } from '../couple-once.js';
import type { Goal } from '../goal.js';
import { KillingSpree, type Takeover } from './killing-spree.js';
import { percentile } from './percentile.js';

const world = { seed: 7, divisions: 2, relations: 10_000 };
/** Long enough for a page to be under way when its worker dies. */
const pageMs = 1_500;
const slowEndpoints = ['sync/CRM/Accounts', 'sync/CRM/Contacts', 'sync/CRM/Addresses'];
const runsMax = 40;
const quietMaxMs = 120_000;
const triesMax = 20;

/** Kills the worker that holds a step, again and again: how long until another one holds it, and what is asked of Exact again. */
export async function benchTakeover(log: (line: string) => void, kills: number): Promise<Goal[]> {
  const arena = await openArena({ ...world, apis: 1, workers: 2, minuteLimit: 1_000_000 });
  try {
    const api = new ApiClient(arena.url);
    await coupleAll(api, {
      email: 'admin@koppel.demo',
      password: 'koppel-demo',
      exact: { username: 'anna@bouwgroep-demo.nl', password: 'demo' },
    });
    for (const endpoint of slowEndpoints)
      arena.sandbox.faults.plant({ kind: 'slow', ms: pageMs, match: { endpoint }, times: 0 });
    const takeovers: Takeover[] = [];
    let again = 0;
    for (let runs = 0; takeovers.length < kills; runs += 1) {
      if (runs === runsMax) throw new Error(`${runsMax} runs gave ${takeovers.length} takeovers`);
      const { killed, pagesAgain } = await readAllWhileKilling(arena, api, kills - takeovers.length);
      takeovers.push(...killed);
      again += pagesAgain;
      log(`${takeovers.length} of ${kills} kills, ${again} pages asked again`);
    }
    return goalsOf(takeovers, again);
  } finally {
    await arena.close();
  }
}

function goalsOf(takeovers: readonly Takeover[], again: number): Goal[] {
  const waits = takeovers.map(({ tookMs }) => tookMs);
  const steps = takeovers.reduce((sum, takeover) => sum + takeover.steps, 0);
  const figure = (share: number): Goal => ({
    name: `takeover after kill -9, p${share} of ${waits.length}`,
    value: percentile(waits, share) / 1_000,
    unit: 's',
    must: { atMost: 15 },
  });
  const repeated = { name: 'pages asked again per step taken over', value: again / steps, unit: '' };
  return [figure(50), figure(99), { ...repeated, must: { atMost: 1 } }];
}

/** No cursor stands any more, so that everything is read again; meanwhile workers die. */
async function readAllWhileKilling(
  arena: Arena,
  api: ApiClient,
  killsMax: number,
): Promise<{ killed: readonly Takeover[]; pagesAgain: number }> {
  const { sandbox } = arena;
  const startedAt = sandbox.clock.now();
  const spree = new KillingSpree(arena, killsMax);
  const killing = spree.run();
  const { run } = await readAll(arena, api).finally(() => spree.end());
  const killed = await killing;
  if (run.state !== 'completed') throw new Error(`the resync ended as ${run.state}`);
  return { killed, pagesAgain: pagesAskedAgain(arena, startedAt) };
}

/** A run that something else began is waited for; it leaves cursors, which must go again. */
async function readAll({ sql }: Arena, api: ApiClient): ReturnType<typeof resyncOnce> {
  for (let tries = 1; ; tries += 1) {
    await untilQuiet(sql, { boundMs: quietMaxMs, isHurried: true });
    await sql`delete from cursors`;
    try {
      return await resyncOnce(api);
    } catch (error) {
      const isBusy = error instanceof ApiRefusal && error.problem.kind === 'sync-already-running';
      if (!isBusy || tries === triesMax) throw error;
    }
  }
}

/** Pages that Exact gave and gave once more: the same address within one run. */
function pagesAskedAgain({ sandbox }: Arena, since: number): number {
  const pages = sandbox.journal
    .entries()
    .filter(
      ({ at, endpoint, status }) => at >= since && status === 200 && slowEndpoints.includes(endpoint ?? ''),
    );
  return pages.length - new Set(pages.map(({ path }) => path)).size;
}
