/** Nobody gave a connection back in time: Postgres's own code for too many connections. */
export class NoTurn extends Error {
  readonly code = '53300';

  constructor(withinMs: number) {
    super(`no connection became free within ${withinMs} ms`);
  }
}

/** Lets so many in at a time. Who would wait longer than a bound is told so at once when it is over, instead of never (F23). */
export class Turns {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(
    max: number,
    private readonly withinMs: number,
  ) {
    this.free = max;
  }

  /** How many wait now. */
  get waitingCount(): number {
    return this.waiting.length;
  }

  /** Resolves with what gives the turn back; throws NoTurn. First come, first served. */
  async take(): Promise<() => void> {
    if (this.free > 0) this.free -= 1;
    else await this.wait();
    let isGivenBack = false;
    return () => {
      if (!isGivenBack) this.giveBack();
      isGivenBack = true;
    };
  }

  private wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(comeIn), 1);
        reject(new NoTurn(this.withinMs));
      }, this.withinMs);
      const comeIn = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.waiting.push(comeIn);
    });
  }

  private giveBack(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}
