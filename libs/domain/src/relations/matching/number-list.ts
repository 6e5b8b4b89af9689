/** Numbers in a growing typed array: 8 bytes each, nothing for the garbage collector to walk through. */
export class NumberList {
  #values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) this.reserve(1);
    this.#values[this.length++] = value;
  }

  append(values: Float64Array): void {
    this.reserve(values.length);
    this.#values.set(values, this.length);
    this.length += values.length;
  }

  /** Makes room for `count` more numbers behind the last one. */
  reserve(count: number): void {
    const wanted = this.length + count;
    if (wanted <= this.#values.length) return;
    const grown = new Float64Array(Math.max(wanted, this.#values.length * 2));
    grown.set(this.part(0, this.length));
    this.#values = grown;
  }

  /** Gives all numbers, and forgets them. */
  take(): Float64Array<ArrayBuffer> {
    const all = this.#values.slice(0, this.length);
    this.length = 0;
    return all;
  }

  at(position: number): number {
    return this.#values[position] ?? 0;
  }

  /** The numbers from `start` up to `end`; a view, not a copy. */
  part(start: number, end: number): Float64Array {
    return this.#values.subarray(start, end);
  }
}
