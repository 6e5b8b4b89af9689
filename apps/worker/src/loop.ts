import type { Log } from './log.js';

export interface LoopOptions {
  readonly name: string;
  readonly everyMs: number;
  readonly log: Log;
  /** One round; true asks for the next one at once. */
  readonly work: () => Promise<boolean | void>;
}

/** Rounds at once while there is work, then one every so often; a failed round is logged and the next one comes later. */
export class Loop {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private isStopped = false;
  private hasFailed = false;

  constructor(private readonly options: LoopOptions) {}

  start(): void {
    this.next(0);
  }

  /** Resolves when the round under way has ended. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private next(ms: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.round = this.run();
    }, ms);
  }

  private async run(): Promise<void> {
    const { work, name, log, everyMs } = this.options;
    let isMore = false;
    try {
      isMore = (await work()) === true;
      if (this.hasFailed) log.info({ loop: name }, 'goes on');
      this.hasFailed = false;
    } catch (error) {
      // Told once: an outage of an hour is one line, not thousands.
      if (!this.hasFailed) log.error({ loop: name, err: error }, 'round failed');
      this.hasFailed = true;
    }
    this.next(isMore ? 0 : everyMs);
  }
}
