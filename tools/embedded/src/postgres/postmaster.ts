import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandOf, isAlive, readIfThere, signalled } from '../processes.js';

/** A PostgreSQL server that runs on a data folder, as its postmaster.pid tells it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
  /** Whether the process that is responsible for stopping it still lives. */
  readonly hasLivingOwner: boolean;
}

/** A setting on the server's command line that tells which process must stop it: there from the first moment, gone with the server. */
export const ownerSetting = (pid: number): string => `koppel.owner=${pid}`;

/** The live server on this data folder; undefined when there is none, also when a dead one left its pid file. */
export function findPostmaster(dataDir: string): Postmaster | undefined {
  const lines = readIfThere(path.join(dataDir, 'postmaster.pid'))?.split('\n') ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  const command = pid > 0 ? commandOf(pid) : '';
  if (!command.includes(dataDir)) return undefined;
  const owner = Number(/koppel\.owner=(\d+)/.exec(command)?.[1] ?? '0');
  const isReady = lines[7]?.trim() === 'ready' && port > 0;
  return { pid, port, isReady, hasLivingOwner: owner > 0 && isAlive(owner) };
}

/** Ends a server: a fast shutdown first, an immediate one (recovery at the next start) after `graceMs`. */
export async function endPostmaster(pid: number, graceMs = 4_000): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!signalled(pid, signal)) return;
    if (await isGoneWithin(pid, graceMs)) return;
  }
  throw new Error(`PostgreSQL (pid ${pid}) does not stop`);
}

async function isGoneWithin(pid: number, timeoutMs: number): Promise<boolean> {
  const stepMs = 10;
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += stepMs) {
    if (!isAlive(pid)) return true;
    await delay(stepMs);
  }
  return !isAlive(pid);
}
