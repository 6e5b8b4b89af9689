import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox } from '@koppel/exact-sandbox';
import type { Keepers } from './keepers.js';

export interface Races {
  readonly sandbox: Sandbox;
  readonly keepers: Keepers;
  readonly processes: number;
  readonly expiries: number;
  /** From 0 to 1; the same numbers give the same kills and pauses. */
  readonly random: () => number;
  /** A person consents again after the one loss that nobody can prevent. */
  readonly reconnect: () => Promise<void>;
}

export interface RacesReport {
  readonly expiries: number;
  readonly kills: number;
  readonly pauses: number;
  readonly refreshes: number;
  /** Kills between Exact's answer and our commit: the new token was lost with the process (F42). */
  readonly lostAnswers: number;
  /** What must never be: a used token again without such a loss, an early one, other tokens or none in a living process. */
  readonly wrong: readonly string[];
}

const pauseShare = 0.15;
const killShare = 0.1;
const pauseMaxMs = 150;
const momentMaxMs = 60;
/** So that the time between Exact's answer and our commit is hit at all. */
const answerMs = 20;
const expiryMs = 575_000;

/** One token expires again and again, and all processes need it at once, while some are paused or killed. */
export async function raceForTokens(races: Races): Promise<RacesReport> {
  const { sandbox, expiries } = races;
  sandbox.faults.plant({ kind: 'slow', ms: answerMs, match: { endpoint: 'oauth2/token' }, times: 0 });
  const totals = { kills: 0, pauses: 0, lostAnswers: 0 };
  const wrong: string[] = [];
  for (let round = 0; round < expiries; round += 1) {
    const said = await raceOnce(races, round, totals);
    wrong.push(...said.map((line) => `expiry ${round}: ${line}`));
  }
  const refreshes = sandbox.journal
    .entries()
    .filter(({ outcome, grantType }) => outcome === 'issued' && grantType === 'refresh_token').length;
  return { expiries, refreshes, ...totals, wrong };
}

interface Totals {
  kills: number;
  pauses: number;
  lostAnswers: number;
}

async function raceOnce(races: Races, round: number, totals: Totals): Promise<string[]> {
  const { sandbox, keepers, processes, random } = races;
  await sandbox.clock.advance(expiryMs + Math.floor(random() * 20_000));
  const before = { ...sandbox.journal.counters() };
  const asked = keepers.ask({ round, now: sandbox.clock.now() });
  const hasKilled = await disturb(races, totals);
  const answers = await asked;
  const after = sandbox.journal.counters();
  const secondUses = after.secondRefreshTokenUses - before.secondRefreshTokenUses;
  for (let index = 0; index < processes; index += 1)
    if (answers[index] === 'died') await keepers.replace(index);
  if (hasKilled && secondUses === 1) {
    totals.lostAnswers += 1;
    await races.reconnect();
    return [];
  }
  const living = answers.flatMap((answer) => (answer === 'died' ? [] : [answer]));
  const tokens = new Set(living.map(({ token, failure }) => token ?? failure));
  return [
    ...(secondUses > 0 ? [`a used refresh token was sent ${secondUses} times`] : []),
    ...(after.tooEarlyRefreshes > before.tooEarlyRefreshes ? ['a refresh before its time'] : []),
    ...(after.tokensIssued - before.tokensIssued > 1 ? ['more than one refresh'] : []),
    ...(tokens.size > 1 ? [`the processes have ${tokens.size} different answers`] : []),
    ...living
      .filter(({ failure }) => failure !== null)
      .map(({ failure }) => `a living process got ${failure}`),
  ];
}

/** At a random moment of the race; says whether a process was killed. */
async function disturb({ keepers, processes, random }: Races, totals: Totals): Promise<boolean> {
  const chance = random();
  const index = Math.floor(random() * processes);
  const moment = random() * momentMaxMs;
  const pauseMs = random() * pauseMaxMs;
  if (chance >= killShare + pauseShare) return false;
  await delay(moment);
  if (chance < killShare) {
    keepers.kill(index);
    totals.kills += 1;
    return true;
  }
  const goOn = keepers.pause(index);
  totals.pauses += 1;
  await delay(pauseMs);
  goOn();
  return false;
}
