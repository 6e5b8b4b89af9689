import { machineNowMs } from './deps.js';

/** Time as the sandbox lives it. */
export interface SandboxClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves time at once; resolves when everything that fell due meanwhile (webhooks) has been done. */
  advance(ms: number): Promise<void>;
  /** Runs a task when the time comes; a virtual clock runs it during `advance`. */
  at(dueAt: number, task: () => Promise<void>): void;
  /** Tells when somebody moved time by hand. */
  onMoved(listener: () => void): void;
  stop(): void;
}

interface DueTask {
  readonly dueAt: number;
  readonly task: () => Promise<void>;
}

/** How a clock runs: from where, and how many sandbox milliseconds pass per machine millisecond (0 = only by hand). */
export interface ClockSettings {
  readonly startsAt: number;
  readonly scale: number;
}

const TIMER_DELAY_MAX_MS = 2_000_000_000;
const TASKS_PER_ADVANCE_MAX = 100_000;

/** Makes a clock; scale 1 follows the machine, 60 makes a minute pass per second, 0 stands still until moved. */
export function createClock(settings: ClockSettings): SandboxClock {
  return new ScaledClock(settings);
}

/** The settings of a clock that follows the machine at a given speed. */
export function machineClock(scale = 1): ClockSettings {
  return { startsAt: machineNowMs(), scale };
}

class ScaledClock implements SandboxClock {
  private readonly machineStart = machineNowMs();
  private readonly tasks: DueTask[] = [];
  private readonly listeners: (() => void)[] = [];
  private moved = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly settings: ClockSettings) {}

  now(): number {
    const passed = (machineNowMs() - this.machineStart) * this.settings.scale;
    return Math.floor(this.settings.startsAt + passed + this.moved);
  }

  async advance(ms: number): Promise<void> {
    this.moved += ms;
    for (const listener of this.listeners) listener();
    await this.runDue();
  }

  at(dueAt: number, task: () => Promise<void>): void {
    const index = this.tasks.findIndex((other) => other.dueAt > dueAt);
    this.tasks.splice(index < 0 ? this.tasks.length : index, 0, { dueAt, task });
    this.plan();
  }

  onMoved(listener: () => void): void {
    this.listeners.push(listener);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.tasks.length = 0;
  }

  private async runDue(): Promise<void> {
    for (let done = 0; done < TASKS_PER_ADVANCE_MAX; done += 1) {
      const first = this.tasks[0];
      if (!first || first.dueAt > this.now()) break;
      this.tasks.shift();
      await first.task();
    }
    this.plan();
  }

  /** A timer serves only a running clock; a standing one is served by `advance`. */
  private plan(): void {
    clearTimeout(this.timer);
    const first = this.tasks[0];
    if (!first || this.settings.scale === 0) return;
    const wait = Math.max(0, (first.dueAt - this.now()) / this.settings.scale);
    this.timer = setTimeout(() => void this.runDue(), Math.min(wait, TIMER_DELAY_MAX_MS));
    this.timer.unref();
  }
}
