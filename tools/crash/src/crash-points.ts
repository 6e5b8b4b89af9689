/** Counts the awaits of ports that a process passes, and ends the process at the one that is asked for. */
export class CrashPoints {
  readonly passed: string[] = [];

  /** `crashAt` counts from 1; absent = never. */
  constructor(
    private readonly crashAt: number | undefined,
    private readonly kill: () => void,
  ) {}

  /** To be awaited before each effect. From the chosen point on it never resolves: whoever is dead goes nowhere. */
  async reach(name: string): Promise<void> {
    if (this.crashAt !== undefined && this.passed.length >= this.crashAt) return never();
    this.passed.push(name);
    if (this.passed.length !== this.crashAt) return;
    this.kill();
    return never();
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
