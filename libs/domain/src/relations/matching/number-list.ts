/** Numbers in a growing typed array: 8 bytes each, nothing for the garbage collector to walk through. */
export class NumberList {
  #values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Float64Array(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  append(values: Float64Array): void {
    const wanted = this.length + values.length;
    if (wanted > this.#values.length) {
      const grown = new Float64Array(Math.max(wanted, this.length * 2));
      grown.set(this.part(0, this.length));
      this.#values = grown;
    }
    this.#values.set(values, this.length);
    this.length = wanted;
  }

  at(position: number): number {
    return this.#values[position] ?? 0;
  }

  /** The numbers from `start` up to `end`; a view, not a copy. */
  part(start: number, end: number): Float64Array {
    return this.#values.subarray(start, end);
  }
}
