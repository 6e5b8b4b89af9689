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

  at(position: number): number {
    return this.#values[position] ?? 0;
  }

  /** The numbers from `start` up to `end`; a view, not a copy. */
  part(start: number, end: number): Float64Array {
    return this.#values.subarray(start, end);
  }
}
