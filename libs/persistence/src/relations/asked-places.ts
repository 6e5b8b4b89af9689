import { entryStartsOf, lowBitsOf, bucketOf, type HashedKeys } from './packed-keys.js';

/** Which of some accounts ask for which keys, side by side in the order of the buckets: ten thousand accounts ask three hundred thousand times. */
export class AskedPlaces {
  readonly #starts: Uint32Array;
  readonly #lows: Uint32Array;
  readonly #askers: Uint32Array;

  constructor(accounts: readonly HashedKeys[]) {
    const ends = entryStartsOf(accounts);
    this.#starts = ends.slice();
    this.#lows = new Uint32Array(ends.at(-1) ?? 0);
    this.#askers = new Uint32Array(this.#lows.length);
    for (const [asker, { hashes }] of accounts.entries())
      for (const hash of hashes) {
        const bucket = bucketOf(hash);
        const at = ends[bucket] ?? 0;
        this.#lows[at] = lowBitsOf(hash);
        this.#askers[at] = asker;
        ends[bucket] = at + 1;
      }
  }

  /** Those in which anybody asks for something, in order. */
  buckets(): number[] {
    const asked: number[] = [];
    for (let bucket = 0; bucket + 1 < this.#starts.length; bucket += 1)
      if (this.#starts[bucket] !== this.#starts[bucket + 1]) asked.push(bucket);
    return asked;
  }

  /** What is asked for in a bucket, by the key's lower bits: places in the list of accounts. */
  askersIn(bucket: number): Map<number, number[]> {
    const asked = new Map<number, number[]>();
    const end = this.#starts[bucket + 1] ?? 0;
    for (let at = this.#starts[bucket] ?? 0; at < end; at += 1) {
      const low = this.#lows[at] ?? 0;
      const asker = this.#askers[at] ?? 0;
      const known = asked.get(low);
      if (known) known.push(asker);
      else asked.set(low, [asker]);
    }
    return asked;
  }
}
