/** Writes how far the work is; at most once per second, and never to the standard output. */
export class Progress {
  private saidAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly say: (line: string) => void,
    private readonly now: () => number,
  ) {}

  report(phase: string, done: number, total?: number): void {
    const now = this.now();
    if (now - this.saidAt < periodMs) return;
    this.saidAt = now;
    this.say(
      total === undefined
        ? `${phase}: ${done}`
        : `${phase}: ${Math.floor((100 * done) / Math.max(1, total))} %`,
    );
  }
}

const periodMs = 1_000;
