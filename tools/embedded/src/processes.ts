import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process runs; one that ended but was not yet collected by its parent (a zombie) does not. */
export function isAlive(pid: number): boolean {
  if (!signalled(pid, 0)) return false;
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat === undefined || !/\) [ZX] /.test(stat);
}

/** The command line of a process; empty when it does not run. */
export function commandOf(pid: number): string {
  if (!isAlive(pid)) return '';
  if (process.platform === 'linux') return readIfThere(`/proc/${pid}/cmdline`) ?? '';
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}

/** Sends a signal; false when there is no such process. Signal 0 only asks. */
export function signalled(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) === 'EPERM') return true;
    if (codeOf(error) === 'ESRCH') return false;
    throw error;
  }
}

/** A file's text; undefined when it is not (or no longer) there. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
