import { sharedInts } from './shared-arrays.js';

/** Whole numbers of 32 bits in a growing typed array, which other threads may read if it is `shared`. */
export class IntList {
  values: Int32Array;
  length = 0;

  constructor(
    capacity = 1024,
    private readonly isShared = false,
  ) {
    this.values = this.allocate(capacity);
  }

  push(value: number): void {
    if (this.length === this.values.length) this.reserve(1);
    this.values[this.length++] = value;
  }

  /** Makes room for `count` more numbers behind the last one. */
  reserve(count: number): void {
    const wanted = this.length + count;
    if (wanted <= this.values.length) return;
    const grown = this.allocate(Math.max(wanted, this.values.length * 2));
    grown.set(this.values.subarray(0, this.length));
    this.values = grown;
  }

  /** Gives all numbers, and forgets them. */
  take(): Int32Array<ArrayBuffer> {
    const all = this.values.slice(0, this.length);
    this.length = 0;
    return all;
  }

  /** An array as those of the list. */
  allocate(length: number): Int32Array {
    return this.isShared ? sharedInts(length) : new Int32Array(length);
  }
}
