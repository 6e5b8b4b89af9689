import { IntList } from './int-list.js';
import { formByCode } from './legal-forms.js';
import type { NormalisedName } from './normalise-name.js';
import type { Texts } from './text-table.js';

/** Where the parts of a name stand, from its first number on; behind them the words of its core. */
const part = {
  coreCount: 0,
  flags: 1,
  wordCount: 2,
  stem: 3,
  joined: 4,
  form: 5,
  group: 6,
  numeral: 7,
  place: 8,
  surname: 9,
  given: 10,
  initials: 11,
  groupAsWritten: 12,
} as const;
/** The first of the parts that are numbers of texts. */
const firstText = part.stem;
const partCount = 13;
const companyFlag = 1;
const personFlag = 2;
const placeInsideFlag = 4;
const noNames: readonly NormalisedName[] = [];

/**
 * The names of records as numbers of texts: a list of names is its length and then name after name, and is known by its
 * place. Place 0 is the list without names.
 */
export class NamePool {
  readonly pool: IntList;

  constructor(
    private readonly texts: Texts,
    isShared = false,
  ) {
    this.pool = new IntList(undefined, isShared);
    this.pool.push(0);
  }

  /** Adds a list of names and gives its place. */
  add(names: readonly NormalisedName[]): number {
    if (names.length === 0) return 0;
    const at = this.pool.length;
    this.pool.push(names.length);
    for (const name of names) this.#addName(name);
    return at;
  }

  /** The names at a place. */
  read(at: number): readonly NormalisedName[] {
    const count = this.#at(at);
    if (count === 0) return noNames;
    const names = [this.#readName(at + 1)];
    if (count === 1) return names;
    this.#forEachName(at, (start) => start > at + 1 && names.push(this.#readName(start)));
    return names;
  }

  /** The number of the first name's stem; 0 when there is no name. */
  firstStem(at: number): number {
    return at === 0 ? 0 : this.#at(at + 1 + part.stem);
  }

  /** Visits each name's stem, as a number of a text, and where in `pool` the words of its core stand, up to `end`. */
  forEachCore(at: number, visit: (stem: number, start: number, end: number) => void): void {
    if (at === 0) return;
    this.#forEachName(at, (start) => {
      const from = start + partCount;
      visit(this.#at(start + part.stem), from, from + this.#at(start));
    });
  }

  /** Makes room for so many numbers more. */
  expect(numbers: number): void {
    this.pool.reserve(numbers);
  }

  /** Gives all lists, and forgets them. */
  take(): Int32Array<ArrayBuffer> {
    const pool = this.pool.values.slice(0, this.pool.length);
    this.pool.length = 1;
    return pool;
  }

  /** Adds the lists of another pool from place 1 on, its texts renamed; a list at place p there is at p + the result here. */
  append(pool: Int32Array, known: Int32Array): number {
    const shift = this.pool.length - 1;
    this.pool.reserve(pool.length - 1);
    const { values } = this.pool;
    values.set(pool.subarray(1), this.pool.length);
    this.pool.length += pool.length - 1;
    for (let at = shift + 1; at < this.pool.length;) at = renameList(values, at, known);
    return shift;
  }

  /** Takes over the lists of a pool that another thread shares. */
  readOnly(pool: Int32Array): void {
    this.pool.values = pool;
    this.pool.length = pool.length;
  }

  #forEachName(at: number, visit: (start: number) => void): void {
    let start = at + 1;
    for (let left = this.#at(at); left > 0; left--) {
      const next = start + partCount + this.#at(start);
      visit(start);
      start = next;
    }
  }

  #addName(name: NormalisedName): void {
    const { pool } = this;
    const id = (text: string): number => this.texts.idOf(text);
    pool.push(name.core.length);
    pool.push(
      (name.isCompany ? companyFlag : 0) |
        (name.person ? personFlag : 0) |
        (name.isPlaceInside ? placeInsideFlag : 0),
    );
    pool.push(name.wordCount);
    pool.push(id(name.stem));
    pool.push(id(name.joined));
    pool.push(id(name.form?.code ?? ''));
    pool.push(id(name.group));
    pool.push(id(name.numeral));
    pool.push(id(name.place));
    pool.push(id(name.person?.surname ?? ''));
    pool.push(id(name.person?.given ?? ''));
    pool.push(id(name.person?.initials ?? ''));
    pool.push(id(name.groupAsWritten));
    for (const word of name.core) pool.push(id(word));
  }

  #readName(start: number): NormalisedName {
    const text = (place: number): string => this.texts.textOf(this.#at(start + place));
    const flags = this.#at(start + part.flags);
    const core: string[] = [];
    for (let word = 0; word < this.#at(start); word++) core.push(text(partCount + word));
    return {
      core,
      stem: text(part.stem),
      joined: text(part.joined),
      wordCount: this.#at(start + part.wordCount),
      form: formByCode(text(part.form)),
      group: text(part.group),
      groupAsWritten: text(part.groupAsWritten),
      numeral: text(part.numeral),
      place: text(part.place),
      isPlaceInside: (flags & placeInsideFlag) !== 0,
      person:
        (flags & personFlag) === 0
          ? null
          : { surname: text(part.surname), given: text(part.given), initials: text(part.initials) },
      isCompany: (flags & companyFlag) !== 0,
    };
  }

  #at(place: number): number {
    return this.pool.values[place] ?? 0;
  }
}

// Renames the texts of the list of names at a place; gives the place behind it.
function renameList(values: Int32Array, at: number, known: Int32Array): number {
  let start = at + 1;
  for (let left = values[at] ?? 0; left > 0; left--) {
    const end = start + partCount + (values[start] ?? 0);
    for (let place = start + firstText; place < end; place++) values[place] = known[values[place] ?? 0] ?? 0;
    start = end;
  }
  return start;
}
