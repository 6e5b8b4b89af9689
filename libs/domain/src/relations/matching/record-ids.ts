const bytesPerId = 16;
/** Where the dashes of a UUID stand. */
const dashes: ReadonlySet<number> = new Set([8, 13, 18, 23]);
const uuidLength = 36;
/** Places of the sixteen pairs of digits in a UUID. */
const pairsAt: readonly number[] = Array.from({ length: uuidLength }, (_, at) => at).filter(
  (at) => !dashes.has(at) && [...dashes].filter((dash) => dash < at).length % 2 === at % 2,
);
const idsMin = 256;

/**
 * The ids of records by their numbers. UUIDs as they are usually written (lower case) take 16 bytes each, where a string takes 64; as soon
 * as an id is none, all are kept as strings. In both cases their order is that of strings.
 */
export class RecordIds {
  /** The ids as strings, where one of them is no UUID. */
  #texts: string[] | null = null;
  #bytes = new Uint8Array(idsMin * bytesPerId);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(id: string): void {
    this.reserve(1);
    if (!this.#texts && !writeUuid(id, this.#bytes, this.#length * bytesPerId)) this.#texts = this.toArray();
    this.#texts?.push(id);
    this.#length++;
  }

  /** Makes room for `count` more. */
  reserve(count: number): void {
    const wanted = (this.#length + count) * bytesPerId;
    if (this.#texts || wanted <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(wanted, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length * bytesPerId));
    this.#bytes = grown;
  }

  /** The id of a record; empty where there is none. */
  at(record: number): string {
    if (this.#texts) return this.#texts[record] ?? '';
    return record < this.#length ? readUuid(this.#bytes, record * bytesPerId) : '';
  }

  /** All ids; not to be written to. */
  toArray(): string[] {
    return this.#texts ?? Array.from({ length: this.#length }, (_, record) => this.at(record));
  }

  /** Gives all ids, and forgets them. */
  take(): string[] {
    const all = this.toArray();
    this.#texts = null;
    this.#length = 0;
    return all;
  }

  /** Puts the id of number `order[r]` in place r. */
  reorder(order: Int32Array): void {
    if (this.#texts) {
      const texts = this.#texts;
      this.#texts = Array.from(order, (from) => texts[from] ?? '');
      return;
    }
    const sorted = new Uint8Array(order.length * bytesPerId);
    for (let r = 0; r < order.length; r++) {
      const from = (order[r] ?? 0) * bytesPerId;
      sorted.set(this.#bytes.subarray(from, from + bytesPerId), r * bytesPerId);
    }
    this.#bytes = sorted;
  }

  /** Less than 0 where the id of the first record comes before that of the other, 0 where they are one. */
  compare(one: number, other: number): number {
    if (this.#texts) return compareTexts(this.at(one), this.at(other));
    const bytes = this.#bytes;
    for (let at = 0; at < bytesPerId; at++) {
      const difference = (bytes[one * bytesPerId + at] ?? 0) - (bytes[other * bytesPerId + at] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** The number of a record by its id, or -1; only where they stand in the order of their ids. */
  positionOf(id: string): number {
    let [from, to] = [0, this.#length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.at(middle) < id) from = middle + 1;
      else to = middle;
    }
    return this.at(from) === id && from < this.#length ? from : -1;
  }
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** False, with any bytes written, where the text is no UUID in lower case. */
function writeUuid(text: string, into: Uint8Array, start: number): boolean {
  if (text.length !== uuidLength) return false;
  for (const dash of dashes) if (text[dash] !== '-') return false;
  for (let at = 0; at < bytesPerId; at++) {
    const place = pairsAt[at] ?? 0;
    const [high, low] = [digitOf(text.charCodeAt(place)), digitOf(text.charCodeAt(place + 1))];
    if (high < 0 || low < 0) return false;
    into[start + at] = high * 16 + low;
  }
  return true;
}

const [zero, nine, a, f] = [48, 57, 97, 102];

function digitOf(code: number): number {
  if (code >= zero && code <= nine) return code - zero;
  return code >= a && code <= f ? code - a + 10 : -1;
}

const digits = '0123456789abcdef';
const codeOf: readonly number[] = Array.from(digits, (digit) => digit.charCodeAt(0));
/** The characters of an id that is being read: a string made of one list is whole, one made of pieces is a tree of them. */
const codes = new Array<number>(uuidLength).fill('-'.charCodeAt(0));

function readUuid(bytes: Uint8Array, start: number): string {
  for (let at = 0; at < bytesPerId; at++) {
    const byte = bytes[start + at] ?? 0;
    const place = pairsAt[at] ?? 0;
    codes[place] = codeOf[byte >> 4] ?? zero;
    codes[place + 1] = codeOf[byte & 15] ?? zero;
  }
  return String.fromCharCode(...codes);
}
