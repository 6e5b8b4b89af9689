/** One weighed piece of evidence. `key` is a key of `reasonTexts`; explain.ts adds the values for its text. */
export interface Contribution {
  readonly key: string;
  readonly weight: number;
}

/** Collects weighed evidence in lists that are filled anew for every pair, so that weighing a pair costs no memory. */
export class Tally {
  readonly #keys: string[] = [];
  readonly #weights: number[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  add(key: string, weight: number): void {
    this.#keys[this.#length] = key;
    this.#weights[this.#length++] = weight;
  }

  /**
   * Makes what was added since `from` one family: the strongest counts in full, each other one `bonus` at most. E-mail and
   * website of one company come together anyway.
   */
  settleFamily(from: number, bonus: number): void {
    let best = from;
    for (let i = from + 1; i < this.#length; i++) if (this.#at(i) > this.#at(best)) best = i;
    for (let i = from; i < this.#length; i++) if (i !== best) this.#weights[i] = Math.min(this.#at(i), bonus);
  }

  /** The sum of the weights (bits), in their order, so that it can be repeated exactly. */
  score(): number {
    let score = 0;
    for (let i = 0; i < this.#length; i++) score += this.#at(i);
    return score;
  }

  /** What was added, in its order, as a list of its own. */
  contributions(): Contribution[] {
    return this.#keys.slice(0, this.#length).map((key, i) => ({ key, weight: this.#at(i) }));
  }

  #at(position: number): number {
    return this.#weights[position] ?? 0;
  }
}
