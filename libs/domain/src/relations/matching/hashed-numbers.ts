const slotsMin = 2 ** 12;

/**
 * Numbers from 1 on by a hash of what they stand for. `first` and `next` give the numbers of one hash, one after the other,
 * and 0 behind the last; `add` puts a new number there.
 */
export class HashedNumbers {
  /** Number and hash in each slot, side by side: what one look costs is the memory it must fetch. */
  #slots = new Int32Array(slotsMin * 2);
  #slot = 0;
  #hash = 0;

  /** After `close` a RangeError. */
  first(hash: number): number {
    if (this.#slots.length === 0) throw new RangeError('No number is sought or added any more');
    this.#hash = hash;
    this.#slot = (hash << 1) & (this.#slots.length - 1);
    return this.#seek();
  }

  next(): number {
    this.#slot = (this.#slot + 2) & (this.#slots.length - 1);
    return this.#seek();
  }

  /** Puts a number where `first` and `next` found none. Numbers must be added in ascending order. */
  add(number: number): void {
    this.#slots[this.#slot] = number;
    this.#slots[this.#slot + 1] = this.#hash;
    if (number * 4 + 4 >= this.#slots.length) this.#grow();
  }

  /** Makes room for so many numbers. */
  reserve(count: number): void {
    while (count * 4 + 4 >= this.#slots.length) this.#grow();
  }

  /** Gives all memory back. */
  close(): void {
    this.#slots = new Int32Array(0);
  }

  #seek(): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#slot;
    let number = slots[slot] ?? 0;
    while (number !== 0 && slots[slot + 1] !== this.#hash) {
      slot = (slot + 2) & mask;
      number = slots[slot] ?? 0;
    }
    this.#slot = slot;
    return number;
  }

  // Never more than half full.
  #grow(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 2) {
      if (old[from] === 0) continue;
      const hash = old[from + 1] ?? 0;
      let slot = (hash << 1) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 2) & (slots.length - 1);
      slots[slot] = old[from] ?? 0;
      slots[slot + 1] = hash;
    }
    this.#slots = slots;
  }
}
