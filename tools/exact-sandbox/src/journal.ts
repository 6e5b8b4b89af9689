/** One call that the sandbox answered. */
export interface JournalEntry {
  /** Epoch milliseconds on the sandbox's clock. */
  readonly at: number;
  readonly kind: 'token' | 'api' | 'auth';
  readonly method: string;
  /** Path and query as asked. */
  readonly path: string;
  readonly status: number;
  readonly division?: number;
  readonly endpoint?: string;
  readonly userId?: string;
  readonly clientId?: string;
  readonly grantType?: string;
  /** Who called, by its own word; of token calls only. */
  readonly userAgent?: string;
  /** Outcome of a token call: `issued`, or why not. */
  readonly outcome?: string;
  /** A short hash of the refresh token that was offered. */
  readonly refreshTokenHash?: string;
  /** Key of the record that was asked for or made. */
  readonly key?: string;
  /** Whether the call changed the world, whatever was answered; of api calls only. */
  readonly hasEffect?: boolean;
  /** The fault that was played, if any. */
  readonly fault?: string;
}

/** Exact counts since the start or the last clear, whatever the journal's ring has forgotten. */
export interface Counters {
  calls: number;
  tokenCalls: number;
  tokensIssued: number;
  secondRefreshTokenUses: number;
  tooEarlyRefreshes: number;
  tooManyPerMinute: number;
  tooManyPerDay: number;
  blockedCalls: number;
  /** Answers 400, 401, 403 and 404. */
  countedErrors: number;
  /** The most of those in one hour of one key, user, division and endpoint. */
  countedErrorsPerHourMax: number;
  writes: number;
  /** The most calls that one app made to one division in one clock minute. */
  callsPerMinuteMax: number;
  /** The most calls in flight at once for one division. */
  concurrencyMax: number;
  byDivision: Record<string, number>;
  byEndpoint: Record<string, number>;
  byStatus: Record<string, number>;
}

const RING_MAX = 50_000;

/** What really happened, as the server saw it. */
export class Journal {
  private ring: JournalEntry[] = [];
  private counts = emptyCounters();
  private readonly inFlight = new Map<number, number>();
  private minute = -1;
  private minuteCalls = new Map<string, number>();

  /** The newest entries, oldest first, at most 50,000. */
  entries(): readonly JournalEntry[] {
    return this.ring;
  }

  counters(): Readonly<Counters> {
    return this.counts;
  }

  clear(): void {
    this.ring = [];
    this.counts = emptyCounters();
  }

  add(entry: JournalEntry): void {
    this.ring.push(entry);
    if (this.ring.length > RING_MAX * 1.1) this.ring = this.ring.slice(-RING_MAX);
    this.count(entry);
  }

  /** Notes that a call to a division begins; call the result when it ends. */
  begin(division: number): () => void {
    const now = (this.inFlight.get(division) ?? 0) + 1;
    this.inFlight.set(division, now);
    this.counts.concurrencyMax = Math.max(this.counts.concurrencyMax, now);
    return () => this.inFlight.set(division, (this.inFlight.get(division) ?? 1) - 1);
  }

  tooMany(window: 'minute' | 'day' | 'block'): void {
    if (window === 'minute') this.counts.tooManyPerMinute += 1;
    else if (window === 'day') this.counts.tooManyPerDay += 1;
    else this.counts.blockedCalls += 1;
  }

  errorsInHour(errors: number): void {
    this.counts.countedErrors += 1;
    this.counts.countedErrorsPerHourMax = Math.max(this.counts.countedErrorsPerHourMax, errors);
  }

  private count(entry: JournalEntry): void {
    const { counts } = this;
    counts.calls += 1;
    bump(counts.byStatus, String(entry.status));
    if (entry.kind === 'token') {
      counts.tokenCalls += 1;
      if (entry.outcome === 'issued') counts.tokensIssued += 1;
      if (entry.outcome === 'old-refresh-token') counts.secondRefreshTokenUses += 1;
      if (entry.outcome === 'too-early') counts.tooEarlyRefreshes += 1;
    }
    if (entry.endpoint !== undefined) bump(counts.byEndpoint, entry.endpoint);
    if (entry.hasEffect) counts.writes += 1;
    if (entry.division !== undefined) this.countDivision(entry, entry.division);
  }

  private countDivision(entry: JournalEntry, division: number): void {
    bump(this.counts.byDivision, String(division));
    const minute = Math.floor(entry.at / 60_000);
    if (minute !== this.minute) {
      this.minute = minute;
      this.minuteCalls = new Map();
    }
    const key = `${entry.clientId ?? ''}|${division}`;
    const calls = (this.minuteCalls.get(key) ?? 0) + 1;
    this.minuteCalls.set(key, calls);
    this.counts.callsPerMinuteMax = Math.max(this.counts.callsPerMinuteMax, calls);
  }
}

function bump(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function emptyCounters(): Counters {
  return {
    calls: 0,
    tokenCalls: 0,
    tokensIssued: 0,
    secondRefreshTokenUses: 0,
    tooEarlyRefreshes: 0,
    tooManyPerMinute: 0,
    tooManyPerDay: 0,
    blockedCalls: 0,
    countedErrors: 0,
    countedErrorsPerHourMax: 0,
    writes: 0,
    callsPerMinuteMax: 0,
    concurrencyMax: 0,
    byDivision: {},
    byEndpoint: {},
    byStatus: {},
  };
}
