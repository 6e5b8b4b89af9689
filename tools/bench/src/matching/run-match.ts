import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MemoryWatch } from '../memory.js';

const program = path.resolve(import.meta.dirname, '../../../match/dist/main.js');
const samplePeriodMs = 100;
const ticksPerSecond = 100; // what Linux shows to programs, whatever the kernel's own rate

export interface MatchRun {
  readonly seconds: number;
  /** How many threads shared the work. */
  readonly threads: number;
  /** Of all threads; 0 where /proc does not tell. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

/** `npm run match` as a process of its own, from the file to the clusters. */
export async function runMatch(args: readonly string[]): Promise<MatchRun> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const memory = new MemoryWatch(() => child.pid ?? 0);
  let cpuSeconds = 0;
  const timer = setInterval(() => (cpuSeconds = Math.max(cpuSeconds, cpuOf(child.pid ?? 0))), samplePeriodMs);
  let said = '';
  let summary = '';
  child.stdout.on('data', (piece: Buffer) => (summary += piece.toString())); // two lines
  child.stderr.on('data', (piece: Buffer) => (said = (said + piece.toString()).slice(-2_000)));
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`match ended with ${code}: ${said}`);
    const seconds = (performance.now() - startedAt) / 1_000;
    const threads = /threads: (\d+)/.exec(summary)?.[1];
    if (threads === undefined) throw new Error(`match did not tell its threads: ${summary}`);
    return { seconds, threads: Number(threads), cpuSeconds, peakMb: memory.peakMb };
  } finally {
    clearInterval(timer);
    memory.stop();
  }
}

function cpuOf(pid: number): number {
  if (process.platform !== 'linux') return 0;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
  } catch {
    return 0; // the process has just ended
  }
}
