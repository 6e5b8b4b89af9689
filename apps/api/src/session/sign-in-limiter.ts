const windowMs = 10 * 60_000;
/** Failures per address of the internet and account in a window; the next attempt waits. */
const failuresMax = 10;
/** Failures per address of the internet over all accounts. */
const failuresPerAddressMax = 100;
const keysMax = 20_000;

interface Count {
  failures: number;
  readonly until: number;
}

/**
 * Slows down guessing. Counted per origin, so that nobody can lock a victim out from elsewhere. Kept in this process:
 * with several api processes the bound is per process.
 */
export class SignInLimiter {
  private readonly counts = new Map<string, Count>();

  constructor(private readonly now: () => Date) {}

  /** Counts an attempt as failed until `succeeded`; answers the seconds to wait, or 0 when it may go on. */
  attempt(ip: string, email: string): number {
    const account = this.count(`${ip} ${email.toLowerCase()}`);
    const address = this.count(ip);
    const now = this.now().getTime();
    const isOver = account.failures >= failuresMax || address.failures >= failuresPerAddressMax;
    if (isOver) return Math.max(1, Math.ceil((Math.max(account.until, address.until) - now) / 1_000));
    account.failures += 1;
    address.failures += 1;
    return 0;
  }

  succeeded(ip: string, email: string): void {
    this.counts.delete(`${ip} ${email.toLowerCase()}`);
    const address = this.counts.get(ip);
    if (address) address.failures -= 1;
  }

  private count(key: string): Count {
    const now = this.now().getTime();
    const known = this.counts.get(key);
    if (known && known.until > now) return known;
    this.counts.delete(key);
    if (this.counts.size >= keysMax) this.counts.delete(this.counts.keys().next().value ?? '');
    const fresh = { failures: 0, until: now + windowMs };
    this.counts.set(key, fresh);
    return fresh;
  }
}
