const GAP_MAX = 7;

/**
 * The rowversion counter that several divisions share. Offsets are plain numbers; Exact's values are base + offset,
 * so that a base above 2^53 costs nothing.
 */
export class Database {
  private current = 0;

  constructor(readonly base: bigint) {}

  /** The next row version; gaps stand for what other tables and divisions of the database do. */
  nextStamp(): number {
    this.current += 1 + ((this.current * 5) % GAP_MAX);
    return this.current;
  }

  /** Takes up the counter where an earlier start left it. */
  raiseTo(stamp: number): void {
    this.current = Math.max(this.current, stamp);
  }

  get lastStamp(): number {
    return this.current;
  }

  stampText(offset: number): string {
    return (this.base + BigInt(offset)).toString();
  }

  offsetOf(value: bigint): number {
    return Number(value - this.base);
  }
}
