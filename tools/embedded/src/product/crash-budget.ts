/** Decides whether and when something that crashed is started again. */
export class CrashBudget {
  private readonly crashesAt: number[] = [];

  /** @param limit at most `crashesMax` crashes within `windowMs`; the pause doubles with each, from `pauseMs` up to `pauseMaxMs`. */
  constructor(
    private readonly limit = { crashesMax: 5, windowMs: 60_000, pauseMs: 250, pauseMaxMs: 5_000 },
  ) {}

  /** Records a crash at `atMs`; the pause before the next start in milliseconds, or undefined to give up. */
  pauseAfterCrash(atMs: number): number | undefined {
    const { crashesMax, windowMs, pauseMs, pauseMaxMs } = this.limit;
    while (this.crashesAt.length > 0 && (this.crashesAt[0] ?? atMs) <= atMs - windowMs)
      this.crashesAt.shift();
    this.crashesAt.push(atMs);
    if (this.crashesAt.length >= crashesMax) return undefined;
    return Math.min(pauseMs * 2 ** (this.crashesAt.length - 1), pauseMaxMs);
  }
}
