import { sql } from 'drizzle-orm';
import { inTurn, type Database } from './database.js';

/** What a process can tell of time by itself. */
export interface OwnClocks {
  readonly now: () => Date;
  /** Milliseconds since some moment, by a clock that nobody sets. */
  readonly uptime: () => number;
}

const setEveryMs = 15_000;
/** An answer that took longer tells too little of when it was given. */
const slowMs = 500;
/** What differs less may be the network's doing: time need not jump for it. */
const toleranceMs = 50;

/**
 * The database's time in a process: one for all of them, whatever their machines' clocks say (F60). Goes on by a clock that nobody sets
 * and asks the database from time to time; until it has answered once, the process's own clock has to do.
 */
export class DatabaseClock {
  private aheadOfUptimeMs: number | undefined;

  constructor(
    private readonly database: Database,
    private readonly own: OwnClocks,
  ) {}

  readonly now = (): Date =>
    this.aheadOfUptimeMs === undefined ? this.own.now() : new Date(this.aheadOfUptimeMs + this.own.uptime());

  /** Asks at once and from then on; resolves when the first try has ended, with what stops it. A try that fails changes nothing. */
  async start(onFailure: (error: unknown) => void): Promise<() => void> {
    const set = (): Promise<void> => this.set().catch(onFailure);
    await set();
    const timer = setInterval(() => void set(), setEveryMs).unref();
    return () => clearInterval(timer);
  }

  /** Asks the database once. */
  async set(): Promise<void> {
    await inTurn(this.database, async () => {
      await this.ask(); // the first use of a connection makes it, which takes long
      const before = this.own.uptime();
      const at = await this.ask();
      const after = this.own.uptime();
      const ahead = at - (before + after) / 2;
      const known = this.aheadOfUptimeMs;
      if (known !== undefined && (after - before > slowMs || Math.abs(ahead - known) < toleranceMs)) return;
      this.aheadOfUptimeMs = ahead;
    });
  }

  private async ask(): Promise<number> {
    const [row] = await this.database.db.execute<{ at: number }>(
      sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as at`,
    );
    if (!row) throw new Error('the database told no time');
    return row.at;
  }
}
