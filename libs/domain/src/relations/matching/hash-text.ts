/** A text as an integer below 2^53 (two multiplicative hashes of 32 bits). Stable over runs and machines. */
export function hashText(key: string, seed = 0): number {
  return new TextHash(seed).add(key).value();
}

/** The hash of a text that is given piece by piece: as `hashText` of all pieces in one. */
export class TextHash {
  #high: number;
  #low: number;

  constructor(seed = 0) {
    this.#high = 0x811c9dc5 ^ seed;
    this.#low = (0x9e3779b9 + seed) | 0;
  }

  add(piece: string): this {
    let high = this.#high;
    let low = this.#low;
    for (let i = 0; i < piece.length; i++) {
      const code = piece.charCodeAt(i);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ code, 0x85ebca6b) ^ (low >>> 13);
    }
    this.#high = high;
    this.#low = low;
    return this;
  }

  value(): number {
    const high = this.#high ^ (this.#high >>> 15);
    const low = Math.imul(this.#low ^ (this.#low >>> 16), 0xc2b2ae35);
    return ((high >>> 0) & 0x1fffff) * 2 ** 32 + ((low ^ (low >>> 13)) >>> 0);
  }
}
