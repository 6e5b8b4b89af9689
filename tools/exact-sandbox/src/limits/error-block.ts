const HOUR_MS = 3_600_000;
const STRIKES_FORGOTTEN_AFTER_MS = 24 * HOUR_MS;
const STRIKES_MAX = 8;

/** The statuses that count towards the block (specification, section 2.1). */
const COUNTED: ReadonlySet<number> = new Set([400, 401, 403, 404]);

interface ErrorRecord {
  windowFrom: number;
  errors: number;
  blockedUntil: number;
  strikes: number;
}

/** Who made which errors: per key, user, division and endpoint. */
export interface ErrorKey {
  readonly clientId: string;
  readonly user: number;
  readonly division: number;
  readonly endpoint: string;
}

/** More than the allowed errors in an hour block the key for an hour, doubling when it happens again (section 2.4). */
export class ErrorBlock {
  private readonly records = new Map<string, ErrorRecord>();

  constructor(private readonly errorLimit: () => number) {}

  isBlocked(key: ErrorKey, now: number): boolean {
    return (this.records.get(keyText(key))?.blockedUntil ?? 0) > now;
  }

  /** Notes an answer; gives the errors of the running hour when it was a counted one. */
  note(key: ErrorKey, status: number, now: number): number | undefined {
    if (!COUNTED.has(status)) return undefined;
    const record = this.record(keyText(key), now);
    record.errors += 1;
    if (record.errors <= this.errorLimit()) return record.errors;
    if (now - record.blockedUntil > STRIKES_FORGOTTEN_AFTER_MS) record.strikes = 0;
    record.blockedUntil = now + HOUR_MS * 2 ** record.strikes;
    record.strikes = Math.min(STRIKES_MAX, record.strikes + 1);
    const { errors } = record;
    record.errors = 0;
    record.windowFrom = record.blockedUntil;
    return errors;
  }

  private record(text: string, now: number): ErrorRecord {
    const known = this.records.get(text);
    const record = known ?? { windowFrom: now, errors: 0, blockedUntil: 0, strikes: 0 };
    if (!known) this.records.set(text, record);
    if (now - record.windowFrom >= HOUR_MS) {
      record.windowFrom = now;
      record.errors = 0;
    }
    return record;
  }
}

function keyText(key: ErrorKey): string {
  return `${key.clientId}|${key.user}|${key.division}|${key.endpoint}`;
}
