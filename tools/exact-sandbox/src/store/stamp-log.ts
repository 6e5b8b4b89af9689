import type { Row } from './rows.js';

const COMPACT_FACTOR = 2;
const COMPACT_FROM = 1_000;

/** The rows of a table in order of row version. A changed row moves to the end; its old place goes stale. */
export class StampLog {
  private stamps: number[] = [];
  private rowNumbers: number[] = [];

  get length(): number {
    return this.stamps.length;
  }

  /** Stamps must come in rising order. */
  append(stamp: number, row: number): void {
    this.stamps.push(stamp);
    this.rowNumbers.push(row);
  }

  /** Index of the first entry whose stamp is higher than the given one. */
  firstAfter(stamp: number): number {
    let low = 0;
    let high = this.stamps.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.stamps[middle] ?? 0) > stamp) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Live rows from an index on, in order of row version. */
  *from(index: number, rows: readonly (Row | undefined)[]): Generator<Row> {
    for (let i = index; i < this.stamps.length; i += 1) {
      const row = rows[this.rowNumbers[i] ?? -1];
      if (row && row.$stamp === this.stamps[i]) yield row;
    }
  }

  /** Forgets stale places once they outnumber the live rows. */
  compact(rows: readonly (Row | undefined)[], live: number): void {
    if (this.stamps.length < COMPACT_FROM || this.stamps.length < live * COMPACT_FACTOR) return;
    const kept = [...this.from(0, rows)];
    this.stamps = kept.map((row) => row.$stamp);
    this.rowNumbers = kept.map((row) => row.$row);
  }
}
