import type { SourceRelationId } from '@koppel/domain/kernel';
import type { SharerBounds, SharersOfOne } from '@koppel/domain/relations';
import { bytesOf, idAt } from './packed-keys.js';

/** Numbers for accounts, from 0: one that comes up for a hundred others is one text and a hundred numbers. */
export class NumberedIds {
  private readonly numbers = new Map<SourceRelationId, number>();
  private readonly ids: SourceRelationId[] = [];

  /** The same number for the same account. */
  numberOf(id: SourceRelationId): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    this.numbers.set(id, this.ids.length);
    return this.ids.push(id) - 1;
  }

  /** Throws a RangeError for a number that was not given out. */
  idOf(number: number): SourceRelationId {
    const id = this.ids[number];
    if (id === undefined) throw new RangeError(`no account has the number ${number}`);
    return id;
  }
}

/** The first ones by id of thousands: who comes after them is not even read. */
class FirstByIds {
  readonly #ids: SourceRelationId[];
  #last: Buffer | null = null;

  constructor(
    ids: Iterable<SourceRelationId>,
    private readonly atMost: number,
  ) {
    this.#ids = [...ids];
    this.#order();
  }

  get ids(): readonly SourceRelationId[] {
    return this.#ids;
  }

  add(entries: Buffer, at: number): void {
    if (this.#last && entries.compare(this.#last, 0, this.#last.length, at, at + this.#last.length) >= 0)
      return;
    const id = idAt(entries, at);
    if (this.#ids.includes(id)) return;
    this.#ids.push(id);
    this.#order();
  }

  #order(): void {
    this.#ids.sort().splice(this.atMost);
    const last = this.#ids[this.atMost - 1];
    this.#last = last === undefined ? null : bytesOf(last);
  }
}

/** Who shares one key, as far as anybody is shown: up to `sharersMax` all of them, of more the first ones by id. */
export class SharersOfPlace {
  readonly #near = new Set<number>();
  #crowd: FirstByIds | null = null;

  constructor(
    private readonly ids: NumberedIds,
    private readonly bounds: SharerBounds,
  ) {}

  get isCrowd(): boolean {
    return this.#crowd !== null;
  }

  /** Each once, as numbers. */
  get shown(): Iterable<number> {
    return this.#crowd ? this.#crowd.ids.map((id) => this.ids.numberOf(id)) : this.#near;
  }

  /** Adds the account that stands there in packed entries; it may come up again. */
  add(entries: Buffer, at: number): void {
    if (this.#crowd) {
      this.#crowd.add(entries, at);
      return;
    }
    this.#near.add(this.ids.numberOf(idAt(entries, at)));
    if (this.#near.size <= this.bounds.sharersMax) return;
    const all = [...this.#near].map((number) => this.ids.idOf(number));
    this.#crowd = new FirstByIds(all, this.bounds.crowdMax);
    this.#near.clear();
  }
}

/** Numbers one after the other, in a quarter of the memory of a list that grows. */
class NumberLists {
  #numbers = new Int32Array(4_096);
  #used = 0;

  /** Where the list begins. */
  add(numbers: Iterable<number>): number {
    const start = this.#used;
    let length = 0;
    this.#used += 1;
    for (const number of numbers) {
      this.#put(this.#used + length, number);
      length += 1;
    }
    this.#put(start, length);
    this.#used += length;
    return start;
  }

  listAt(start: number): Int32Array {
    const length = this.#numbers[start] ?? 0;
    return this.#numbers.subarray(start + 1, start + 1 + length);
  }

  #put(at: number, number: number): void {
    if (at >= this.#numbers.length) {
      const more = new Int32Array(this.#numbers.length * 2);
      more.set(this.#numbers);
      this.#numbers = more;
    }
    this.#numbers[at] = number;
  }
}

/** Who shares keys with some accounts, as far as they were looked up: of each key one list, whoever asks for it. */
export class SharersFound {
  readonly #lists = new NumberLists();
  readonly #near: number[][];
  readonly #crowd: number[][];

  constructor(
    accounts: number,
    private readonly ids: NumberedIds,
  ) {
    this.#near = Array.from({ length: accounts }, () => []);
    this.#crowd = Array.from({ length: accounts }, () => []);
  }

  /** Who shares a key, for those who ask for it: places in the list of accounts. */
  add(askers: readonly number[], sharers: SharersOfPlace): void {
    const start = this.#lists.add(sharers.shown);
    const found = sharers.isCrowd ? this.#crowd : this.#near;
    for (const asker of askers) found[asker]?.push(start);
  }

  /** Of the account at that place, without the account itself; of the near ones at most `limit`, who share the most keys. By id. */
  besides(asker: number, id: SourceRelationId, limit: number): SharersOfOne {
    const own = this.ids.numberOf(id);
    const near = this.#counted(this.#near[asker], own);
    const crowd = this.#counted(this.#crowd[asker], own);
    return { near: this.#idsOf(this.#nearest(near, limit)), crowd: this.#idsOf(crowd) };
  }

  /** Each number once, with in how many of the lists it is; without one of them. */
  #counted(lists: readonly number[] = [], without: number): Counted[] {
    const times = new Map<number, number>();
    for (const start of lists)
      for (const number of this.#lists.listAt(start))
        if (number !== without) times.set(number, (times.get(number) ?? 0) + 1);
    return [...times];
  }

  #nearest(counted: Counted[], limit: number): readonly Counted[] {
    if (counted.length <= limit) return counted;
    const inOrder = counted.sort(
      ([a, one], [b, other]) => other - one || (this.ids.idOf(a) < this.ids.idOf(b) ? -1 : 1),
    );
    return inOrder.slice(0, limit);
  }

  #idsOf(counted: readonly Counted[]): SourceRelationId[] {
    return counted.map(([number]) => this.ids.idOf(number)).sort();
  }
}

type Counted = readonly [number: number, times: number];
