import { setTimeout as delay } from 'node:timers/promises';
import { signInEndpoint, startResyncEndpoint } from '@koppel/contracts';
import { ApiClient, ApiRefusal, coupleAll } from '@koppel/demo';
import { seededRandom } from '../tokens/seeded-random.js';
import { openArena, type Arena, type ArenaOptions } from './arena.js';
import { Caretaker } from './caretaker.js';
import { check } from './check.js';
import { sharedBefore } from './check-shared.js';
import { ExactEditor } from './exact-editor.js';
import { openHouseholds, type Household } from './households.js';
import { mendAccess } from './mend-access.js';
import { mendConsent } from './mend-consent.js';
import { Nemesis } from './nemesis.js';
import { PatientApi, untilAnswered } from './patient-api.js';
import { untilQuiet } from './quiet.js';
import { Reviewer } from './reviewer.js';

export interface ChaosOptions extends ArenaOptions {
  /** How long everything is attacked after the first coupling, in milliseconds. */
  readonly stormMs: number;
  /** Everything must be done this long after healing (I11). */
  readonly quietMs: number;
  /** Brings forward what would wait for minutes after healing. */
  readonly isHurried?: boolean;
  readonly say?: (line: string) => void;
}

export interface ChaosReport {
  readonly attacks: Readonly<Record<string, number>>;
  readonly editsInExact: number;
  readonly editsAcknowledged: number;
  readonly editsUnanswered: number;
  readonly approvals: number;
  /** Consents that were revoked in Exact. */
  readonly revocations: number;
  /** Consents that a person gave anew, since the answer to a refresh was lost with its process or on its way, which nobody can prevent (F42, F44), or the consent was revoked (F45). */
  readonly reconnections: number;
  readonly callsToExact: number;
  readonly writesToExact: number;
  readonly quietMs: number;
  readonly wrong: readonly string[];
}

const actEveryMs = [150, 900] as const;
const resyncShare = 0.06;
const exactShare = 0.5;
const approveShare = 0.15;
const careShare = 0.05;

/** A first coupling and then daily work under attack, then quiet, then the checker. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const arena = await openArena(options);
  const report = await storm(arena, options).finally(() => arena.close());
  // Known only now: who had to be killed at the end.
  const deaths = [arena.apis, arena.workers].flatMap((herd) => herd.deaths);
  return { ...report, wrong: [...report.wrong, ...deaths.map((death) => `I9 ${death}`)] };
}

async function storm(arena: Arena, options: ChaosOptions): Promise<ChaosReport> {
  const { say = () => undefined, seed } = options;
  const nemesis = new Nemesis(arena, seed, say);
  const calm = async (): Promise<void> => {
    await nemesis.calm();
    await arena.isUp();
  };
  const api = new PatientApi(arena.url, calm);
  const [home, neighbour] = await openHouseholds(arena.sql, arena.sandbox);
  const nextDoor = new PatientApi(arena.url, calm);
  await coupleAll(nextDoor, neighbour);
  await coupleUnderAttack({ api, home, nemesis, say });
  await calm();
  const divisionsByEmail = new Map([home, neighbour].map(({ email, divisions }) => [email, divisions]));
  const divisions = [...divisionsByEmail.values()].flat();
  const hasty = new ApiClient(arena.url);
  const { email, password } = home;
  await untilAnswered(() => hasty.call(signInEndpoint, { body: { email, password } }));
  const reviewer = new Reviewer(hasty, seededRandom(seed + 1));
  const editor = new ExactEditor(arena.sandbox, divisions, seededRandom(seed + 2));
  await untilAnswered(() => reviewer.lookAround());
  const before = await sharedBefore(arena.sql);
  say('storm');
  nemesis.rage({ isCoupled: true });
  const caretaker = new Caretaker(hasty, home);
  await daysWork({ reviewer, editor, caretaker, random: seededRandom(seed + 3) }, options.stormMs);
  await calm();
  say('quiet');
  const mended = (await mendAccess(api, home)) + (await mendAccess(nextDoor, neighbour));
  const bounds = { boundMs: options.quietMs, isHurried: options.isHurried ?? false };
  const first = await untilQuiet(arena.sql, bounds);
  const reconnections =
    caretaker.consents + mended + (await lastResync(api, home)) + (await lastResync(nextDoor, neighbour));
  const last = await untilQuiet(arena.sql, bounds);
  const quiet = { tookMs: first.tookMs, left: { ...first.left, ...last.left } };
  const { sql, ownerUrl, sandbox, leaks } = arena;
  const { revocations } = nemesis.standing;
  const wrong = await check({
    sql,
    ownerUrl,
    sandbox,
    divisions,
    divisionsByEmail,
    reviewer,
    before,
    quiet,
    leaks,
    reconnections,
    revocations,
  });
  const counters = sandbox.journal.counters();
  return {
    attacks: nemesis.attacks,
    editsInExact: editor.edits,
    editsAcknowledged: reviewer.count('acknowledged'),
    editsUnanswered: reviewer.count('unanswered'),
    approvals: reviewer.approved.size,
    revocations,
    reconnections,
    callsToExact: counters.calls,
    writesToExact: counters.writes,
    quietMs: quiet.tookMs,
    wrong,
  };
}

interface FirstCoupling {
  readonly api: PatientApi;
  readonly home: Household;
  readonly nemesis: Nemesis;
  readonly say: (line: string) => void;
}

/** The first coupling; attacked from the beginning of its run to the end of that. */
async function coupleUnderAttack({ api, home, nemesis, say }: FirstCoupling): Promise<void> {
  let isBegun = false;
  const { run } = await coupleAll(api, {
    ...home,
    onProgress: () => {
      if (!isBegun) nemesis.rage({ isCoupled: false });
      isBegun = true;
    },
  });
  say(`first coupling: ${run.state}, ${run.statistics.fetched} accounts`);
}

interface People {
  readonly reviewer: Reviewer;
  readonly editor: ExactEditor;
  readonly caretaker: Caretaker;
  readonly random: () => number;
}

/** A slow machine answers a person late: a short storm goes on until one edit was, at most this many times as long. */
const longerMax = 3;

/** People who work on whatever happens, one thing after another. */
async function daysWork({ reviewer, editor, caretaker, random }: People, stormMs: number): Promise<void> {
  const begunAt = performance.now();
  const isOver = (): boolean => {
    const lastedMs = performance.now() - begunAt;
    const isAnswered = editor.edits > 0 && reviewer.count('acknowledged') > 0;
    return lastedMs >= stormMs && (isAnswered || lastedMs >= stormMs * longerMax);
  };
  while (!isOver()) {
    const chance = random();
    if (chance < resyncShare) await reviewer.resync();
    else if (chance < resyncShare + exactShare) editor.editSomething();
    else if (chance < resyncShare + exactShare + approveShare) await reviewer.approveSomething();
    else if (chance < resyncShare + exactShare + approveShare + careShare) await caretaker.look();
    else await reviewer.editSomething();
    await delay(actEveryMs[0] + random() * (actEveryMs[1] - actEveryMs[0]));
  }
}

const startsMax = 50;
const startEveryMs = 500;

/** What was edited last is fetched; a run that webhooks began meanwhile is waited for. Says how often a consent had to be given anew. */
async function lastResync(api: PatientApi, household: Household): Promise<number> {
  let reconnections = 0;
  for (let tries = 1; ; tries += 1)
    try {
      await api.call(startResyncEndpoint, { body: {} });
      return reconnections;
    } catch (error) {
      if (!(error instanceof ApiRefusal) || tries >= startsMax) throw error;
      const { kind } = error.problem;
      if (kind === 'connection-broken') reconnections += await mendConsent(api, household);
      else if (kind === 'sync-already-running') await delay(startEveryMs);
      else throw error;
    }
}
