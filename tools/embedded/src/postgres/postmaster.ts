import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

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

/** Whether a process runs; one that ended but was not yet collected by its parent (a zombie) does not. */
export function isAlive(pid: number): boolean {
  if (!signalled(pid, 0)) return false;
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat === undefined || !/\) [ZX] /.test(stat);
}

function commandOf(pid: number): string {
  if (!isAlive(pid)) return '';
  if (process.platform === 'linux') return readIfThere(`/proc/${pid}/cmdline`) ?? '';
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}

function signalled(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) === 'EPERM') return true;
    if (codeOf(error) === 'ESRCH') return false;
    throw error;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
