/** Whole numbers of 32 bits in a growing typed array. */
export class IntList {
  values: Int32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 1024) {
    this.values = new Int32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.values.length) this.reserve(1);
    this.values[this.length++] = value;
  }

  /** Makes room for `count` more numbers behind the last one. */
  reserve(count: number): void {
    const wanted = this.length + count;
    if (wanted <= this.values.length) return;
    const grown = new Int32Array(Math.max(wanted, this.values.length * 2));
    grown.set(this.values.subarray(0, this.length));
    this.values = grown;
  }
}
