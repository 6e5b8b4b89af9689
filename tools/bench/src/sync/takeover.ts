import { openArena, untilQuiet, type Arena } from '@koppel/crash';
import { ApiClient, ApiRefusal, coupleAll } from '@koppel/demo';
import { resyncOnce } from '../couple-once.js';
import type { Goal } from '../goal.js';
import { endpoints, KillingSpree, type Kills, type Takeover } from './killing-spree.js';
import { mostAskedAgain } from './pages-again.js';
import { percentile } from './percentile.js';

const world = { seed: 7, divisions: 2, relations: 10_000 };
/** Long enough for a page to be under way when its worker dies. */
const pageMs = 1_500;
const runsMax = 40;
const quietMaxMs = 120_000;
const triesMax = 20;

/** Kills the worker that holds a step, again and again: how long until another one holds it, and what is asked of Exact again; then how long a worker takes to stop. */
export async function benchTakeover(log: (line: string) => void, kills: number): Promise<Goal[]> {
  const arena = await openArena({ ...world, apis: 1, workers: 2, minuteLimit: 1_000_000 });
  try {
    const api = new ApiClient(arena.url);
    await coupleAll(api, {
      email: 'admin@koppel.demo',
      password: 'koppel-demo',
      exact: { username: 'anna@bouwgroep-demo.nl', password: 'demo' },
    });
    for (const endpoint of endpoints)
      arena.sandbox.faults.plant({ kind: 'slow', ms: pageMs, match: { endpoint }, times: 0 });
    const killed = await deathsOf(arena, api, { max: kills, signal: 'SIGKILL', log });
    const stopped = await deathsOf(arena, api, { max: kills, signal: 'SIGTERM', log });
    return [...goalsOf(killed), ...stopGoals(arena, stopped)];
  } finally {
    await arena.close();
  }
}

interface Deaths {
  readonly takeovers: readonly Takeover[];
  readonly againMost: number;
}

/** As many deaths as are wanted, over as many runs as that takes. */
async function deathsOf(
  arena: Arena,
  api: ApiClient,
  { max, signal, log }: Kills & { log: (line: string) => void },
): Promise<Deaths> {
  const takeovers: Takeover[] = [];
  let againMost = 0;
  for (let runs = 0; takeovers.length < max; runs += 1) {
    if (runs === runsMax) throw new Error(`${runsMax} runs gave ${takeovers.length} takeovers`);
    const one = await readAllWhileKilling(arena, api, { max: max - takeovers.length, signal });
    takeovers.push(...one.takeovers);
    againMost = Math.max(againMost, one.againMost);
    log(`${signal}: ${takeovers.length} of ${max}, at most ${againMost} pages asked again per death`);
  }
  return { takeovers, againMost };
}

/** F03: told to stop amid a page, a worker is gone in time, and well. */
function stopGoals({ workers }: Arena, { takeovers }: Deaths): Goal[] {
  const longestMs = Math.max(...takeovers.map(({ endedMs }) => endedMs));
  return [
    {
      name: `stop on SIGTERM, longest of ${takeovers.length}`,
      value: longestMs / 1_000,
      unit: 's',
      must: { atMost: 10 },
    },
    {
      name: 'ends of workers that were not well',
      value: workers.deaths.length,
      unit: '',
      must: { atMost: 0 },
    },
  ];
}

function goalsOf({ takeovers, againMost }: Deaths): Goal[] {
  const waits = takeovers.map(({ tookMs }) => tookMs);
  const figure = (share: number): Goal => ({
    name: `takeover after kill -9, p${share} of ${waits.length}`,
    value: percentile(waits, share) / 1_000,
    unit: 's',
    must: { atMost: 15 },
  });
  const repeated = { name: 'pages asked again per takeover, most of any step', value: againMost, unit: '' };
  return [figure(50), figure(99), { ...repeated, must: { atMost: 1 } }];
}

/** No cursor stands any more, so that everything is read again; meanwhile workers die. */
async function readAllWhileKilling(arena: Arena, api: ApiClient, kills: Kills): Promise<Deaths> {
  const { sandbox } = arena;
  const startedAt = sandbox.clock.now();
  const spree = new KillingSpree(arena, kills);
  const killing = spree.run();
  const { run } = await readAll(arena, api).finally(() => spree.end());
  const takeovers = await killing;
  if (run.state !== 'completed') throw new Error(`the resync ended as ${run.state}`);
  return { takeovers, againMost: mostAskedAgain(arena.sandbox, startedAt, takeovers) };
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
