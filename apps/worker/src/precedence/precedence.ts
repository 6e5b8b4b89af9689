/** A portion of a first coupling waits so long at most: it is slowed down by others' resyncs, never stopped. */
const waitMaxMs = 500;
/** A resync is taken to go on for so long after its last sign: between two of its jobs its message is on its way. */
const stillUnderWayMs = 300;
const lookEveryMs = 20;

export interface PrecedenceClock {
  /** Milliseconds. */
  readonly uptime: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/**
 * Resyncs before first couplings (F95), within one process: who works on a first coupling asks before each portion, and waits while a
 * resync is under way. Many small tenants wait for minutes of a large one otherwise, whose hours are not shortened by it.
 */
export class Precedence {
  private resyncs = 0;
  private underWayUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly clock: PrecedenceClock) {}

  /** A resync has work that comes at once. */
  expectResync(): void {
    this.underWayUntil = this.clock.uptime() + stillUnderWayMs;
  }

  async duringResync<T>(work: () => Promise<T>): Promise<T> {
    this.resyncs += 1;
    try {
      return await work();
    } finally {
      this.resyncs -= 1;
      this.expectResync();
    }
  }

  /** Resolves when no resync is under way, or when it was waited for long enough. */
  async giveWay(): Promise<void> {
    const { uptime, sleep } = this.clock;
    const until = uptime() + waitMaxMs;
    while (this.isResyncUnderWay() && uptime() < until) await sleep(lookEveryMs);
  }

  private isResyncUnderWay(): boolean {
    return this.resyncs > 0 || this.clock.uptime() < this.underWayUntil;
  }
}
