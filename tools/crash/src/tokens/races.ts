import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox } from '@koppel/exact-sandbox';
import { judgeRaces, type Race, type Verdict } from './judge-races.js';
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

export interface RacesReport extends Verdict {
  readonly expiries: number;
  readonly kills: number;
  readonly pauses: number;
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
  const totals = { kills: 0, pauses: 0 };
  const all: Race[] = [];
  for (let number = 0; number < expiries; number += 1) all.push(await raceOnce(races, number, totals));
  return { expiries, ...totals, ...judgeRaces(all, sandbox.journal.entries()) };
}

interface Totals {
  kills: number;
  pauses: number;
}

async function raceOnce(races: Races, number: number, totals: Totals): Promise<Race> {
  const { sandbox, keepers, random, reconnect } = races;
  await sandbox.clock.advance(expiryMs + Math.floor(random() * 20_000));
  const at = sandbox.clock.now();
  const asked = keepers.ask({ round: number, now: at });
  const killed = await disturb(races, totals);
  const said = await asked;
  await keepers.replaceDead();
  // What a person sees: whether that was right is judged afterwards.
  if (said.some(({ answer }) => answer !== 'died' && answer.failure === 'reauth-required')) await reconnect();
  return { number, at, killed, said };
}

/** At a random moment of the race; gives the process that was killed. */
async function disturb({ keepers, processes, random }: Races, totals: Totals): Promise<string | undefined> {
  const chance = random();
  const index = Math.floor(random() * processes);
  const moment = random() * momentMaxMs;
  const pauseMs = random() * pauseMaxMs;
  if (chance >= killShare + pauseShare) return undefined;
  await delay(moment);
  if (chance < killShare) {
    totals.kills += 1;
    return keepers.kill(index);
  }
  const goOn = keepers.pause(index);
  totals.pauses += 1;
  await delay(pauseMs);
  goOn();
  return undefined;
}
