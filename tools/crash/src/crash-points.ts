/** Counts the awaits of ports that a process passes, and ends the process at the one that is asked for. */
export class CrashPoints {
  readonly passed: string[] = [];

  /** `crashAt` counts from 1; absent = never. */
  constructor(
    private readonly crashAt: number | undefined,
    private readonly kill: () => void,
  ) {}

  /** To be awaited before each effect. At the chosen point it never resolves: the signal ends the process meanwhile. */
  async reach(name: string): Promise<void> {
    this.passed.push(name);
    if (this.passed.length !== this.crashAt) return;
    this.kill();
    await new Promise<never>(() => undefined);
  }
}
