import { sharedInts, sharedNumbers } from './shared-arrays.js';
import { NumberList } from './number-list.js';

/** The keys of some records, one record after the other: record r has `counts[r]` of them. */
export interface KeysPart {
  readonly counts: Uint8Array<ArrayBuffer>;
  readonly hashes: Float64Array<ArrayBuffer>;
}

/** Room for records that have more keys than those before them. */
const spare = 1.05;

/** The candidate keys of records, in the order in which they were read. */
export class RecordKeys {
  readonly #hashes = new NumberList();
  readonly #ends = new NumberList();

  /** `isShared`: other threads will read the keys. */
  constructor(private readonly isShared = false) {}

  /** Adds the keys of the next record. */
  add(keys: readonly number[]): void {
    for (const key of keys) this.#hashes.push(key);
    this.#ends.push(this.#hashes.length);
  }

  /** Gives what was added since the last time, and forgets it. */
  takePart(): KeysPart {
    const counts = new Uint8Array(this.#ends.length);
    for (let r = 0; r < counts.length; r++)
      counts[r] = this.#ends.at(r) - (r === 0 ? 0 : this.#ends.at(r - 1));
    const hashes = this.#hashes.take();
    this.#ends.length = 0;
    return { counts, hashes };
  }

  /** Makes room for some parts as large as this one. */
  expect({ counts, hashes }: KeysPart, parts: number): void {
    this.#hashes.reserve(hashes.length * parts);
    this.#ends.reserve(counts.length * parts);
  }

  append({ counts, hashes }: KeysPart): void {
    this.#hashes.append(hashes);
    let end = this.#hashes.length - hashes.length;
    for (const count of counts) this.#ends.push((end += count));
  }

  /** Makes room for so many records in all, with as many keys each as those that are there. */
  expectTotal(records: number): void {
    const known = this.#ends.length;
    if (known === 0 || records <= known) return;
    this.#hashes.reserve(Math.ceil((this.#hashes.length / known) * (records - known) * spare));
    this.#ends.reserve(records - known);
  }

  /**
   * The hashes of all records, those of the record that was read as number `order[r]` in place r. They may be the list's own: it serves no
   * more.
   */
  inOrder(order: ArrayLike<number>): { readonly starts: Int32Array; readonly hashes: Float64Array } {
    const count = this.#hashes.length;
    if (!this.isShared && Array.prototype.every.call(order, (from, r) => from === r))
      return { starts: this.#starts(), hashes: this.#hashes.part(0, count) };
    const starts = this.isShared ? sharedInts(order.length + 1) : new Int32Array(order.length + 1);
    const hashes = this.isShared ? sharedNumbers(count) : new Float64Array(count);
    let at = 0;
    for (let r = 0; r < order.length; r++) {
      const read = order[r] ?? 0;
      const own = this.#hashes.part(read === 0 ? 0 : this.#ends.at(read - 1), this.#ends.at(read));
      hashes.set(own, at);
      at += own.length;
      starts[r + 1] = at;
    }
    return { starts, hashes };
  }

  #starts(): Int32Array {
    const starts = new Int32Array(this.#ends.length + 1);
    for (let r = 0; r < this.#ends.length; r++) starts[r + 1] = this.#ends.at(r);
    return starts;
  }
}
