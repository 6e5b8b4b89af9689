import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const samplePeriodMs = 500;

/** Watches a process's resident memory; `peakMb` is the most that was seen (the kernel's own high-water mark on Linux). */
export class MemoryWatch {
  private peak = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly pid: () => number) {
    this.timer = setInterval(() => this.sample(), samplePeriodMs);
  }

  get peakMb(): number {
    this.sample();
    return Math.round(this.peak / 1_024);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private sample(): void {
    const pid = this.pid();
    if (pid > 0) this.peak = Math.max(this.peak, residentKb(pid));
  }
}

function residentKb(pid: number): number {
  try {
    if (process.platform === 'linux')
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return 0; // the process has just ended
  }
}
