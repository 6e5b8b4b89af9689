/** A map of the `atMost` entries that were asked for or set last. */
export class Recent<K, V> {
  readonly #entries = new Map<K, V>();

  constructor(private readonly atMost: number) {}

  /** Undefined when it was never set, or has not been asked for in a long time. */
  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#moveToEnd(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#moveToEnd(key, value);
    if (this.#entries.size <= this.atMost) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  /** A map's order is that in which its keys came. */
  #moveToEnd(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
  }
}
