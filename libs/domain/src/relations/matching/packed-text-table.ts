import { HashedNumbers } from './hashed-numbers.js';
import { IntList } from './int-list.js';
import { writeAscii, type PackedPart } from './packed-texts.js';
import { hashOf, ownedText, type Texts } from './text-table.js';

/** Texts to be read by several threads at once. */
export interface SharedTexts {
  readonly size: number;
  readonly bytes: Uint8Array;
  /** Where the bytes of each text end; those of a text that cannot be packed are none. */
  readonly ends: Int32Array;
  readonly others: ReadonlyMap<number, string>;
}

/** So many texts are kept as strings in places of their own: what is usual is met early. */
const usualMax = 2 ** 16;
/** Places for all others. More would be read again seldom, and keep strings so long that only a collection of everything frees them. */
const othersMax = 2 ** 10;
const stringsMax = usualMax + othersMax;
const stringsMin = 2 ** 8;
const bytesMin = 2 ** 16;

/** Many texts as bytes; one becomes a string when it is asked for, and the strings that are kept are bounded. */
export class PackedTextTable implements Texts {
  #bytes: Uint8Array;
  readonly #ends: IntList;
  readonly #others = new Map<number, string>();
  readonly #numbers = new HashedNumbers();
  /** The text of each place of `#strings`; no text has number 0 there. */
  #kept = new Int32Array(0);
  #strings: string[] = [];
  readonly #reader = new AsciiReader();

  /** `isShared`: other threads will read the texts. */
  constructor(private readonly isShared = false) {
    this.#ends = new IntList(undefined, isShared);
    this.#ends.push(0);
    this.#bytes = this.#allocate(bytesMin);
  }

  /** What another thread shares, read only: asking for the number of a text is a RangeError. */
  static ofShared({ bytes, ends, size, others }: SharedTexts): PackedTextTable {
    const table = new PackedTextTable(true);
    table.#bytes = bytes;
    table.#ends.values = ends;
    table.#ends.length = size;
    for (const [id, text] of others) table.#others.set(id, text);
    table.endAdding();
    return table;
  }

  get size(): number {
    return this.#ends.length;
  }

  idOf(text: string): number {
    if (text === '') return 0;
    const hash = hashOf(text);
    let id = this.#numbers.first(hash);
    while (id !== 0 && !this.#isText(id, text)) id = this.#numbers.next();
    return id === 0 ? this.#addText(text) : id;
  }

  endAdding(): void {
    this.#numbers.close();
  }

  textOf(id: number): string {
    const place = id < usualMax ? id : usualMax + (id & (othersMax - 1));
    return this.#kept[place] === id ? (this.#strings[place] ?? '') : this.#read(id, place);
  }

  /** Makes room for some parts as large as this one. */
  expect({ bytes, lengths }: PackedPart, parts: number): void {
    this.#reserve(bytes.length * parts);
    this.#ends.reserve(lengths.length * parts);
    this.#numbers.reserve(lengths.length * parts);
  }

  /** Makes room for `times` as many texts as there are, besides. */
  expectMore(times: number): void {
    this.#reserve(Math.ceil(this.#end * times));
    this.#ends.reserve(Math.ceil(this.size * times));
    this.#numbers.reserve(Math.ceil(this.size * (times + 1)));
  }

  /** Adds the texts of a part and puts the number of each behind those in `known`. */
  addPart({ bytes, lengths, hashes, others }: PackedPart, known: IntList): void {
    known.reserve(lengths.length);
    let from = 0;
    let other = 0;
    for (let at = 0; at < lengths.length; at++) {
      const length = lengths[at] ?? 0;
      if (length === 0) known.push(this.idOf(others[other++] ?? ''));
      else known.push(this.#idOfBytes({ bytes, from, length }, hashes[at] ?? 0));
      from += length;
    }
  }

  share(): SharedTexts {
    return { size: this.size, bytes: this.#bytes, ends: this.#ends.values, others: this.#others };
  }

  #idOfBytes(text: Piece, hash: number): number {
    let id = this.#numbers.first(hash);
    while (id !== 0 && !this.#isSame(id, text)) id = this.#numbers.next();
    if (id !== 0) return id;
    const end = this.#end;
    this.#reserve(text.length);
    const into = this.#bytes;
    for (let i = 0; i < text.length; i++) into[end + i] = text.bytes[text.from + i] ?? 0;
    return this.#added(end + text.length);
  }

  #isText(id: number, text: string): boolean {
    const ends = this.#ends.values;
    const start = ends[id - 1] ?? 0;
    const length = (ends[id] ?? 0) - start;
    if (length === 0) return this.#others.get(id) === text;
    if (length !== text.length) return false;
    const own = this.#bytes;
    for (let i = 0; i < length; i++) if (own[start + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  #isSame(id: number, { bytes, from, length }: Piece): boolean {
    const ends = this.#ends.values;
    const start = ends[id - 1] ?? 0;
    if ((ends[id] ?? 0) - start !== length) return false;
    const own = this.#bytes;
    for (let i = 0; i < length; i++) if (own[start + i] !== bytes[from + i]) return false;
    return true;
  }

  #addText(text: string): number {
    const end = this.#end;
    this.#reserve(text.length);
    const length = writeAscii(text, this.#bytes, end);
    if (length === 0) this.#others.set(this.size, ownedText(text));
    return this.#added(end + length);
  }

  #added(end: number): number {
    const id = this.size;
    this.#ends.push(end);
    this.#numbers.add(id);
    return id;
  }

  get #end(): number {
    return this.#ends.values[this.size - 1] ?? 0;
  }

  #reserve(count: number): void {
    const wanted = this.#end + count;
    if (wanted <= this.#bytes.length) return;
    const grown = this.#allocate(Math.max(wanted, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = grown;
  }

  #allocate(length: number): Uint8Array {
    return this.isShared ? new Uint8Array(new SharedArrayBuffer(length)) : new Uint8Array(length);
  }

  #read(id: number, place: number): string {
    if (id <= 0 || id >= this.size) return '';
    if (place >= this.#kept.length) this.#makeRoom();
    const ends = this.#ends.values;
    const [start, end] = [ends[id - 1] ?? 0, ends[id] ?? 0];
    const text = start === end ? (this.#others.get(id) ?? '') : this.#reader.read(this.#bytes, start, end);
    this.#kept[place] = id;
    this.#strings[place] = text;
    return text;
  }

  // A list that grows text by text is copied again and again, and one with gaps becomes a slow one.
  #makeRoom(): void {
    let room = stringsMin;
    while (room < this.size && room < stringsMax) room *= 2;
    room = Math.min(room, stringsMax);
    const kept = new Int32Array(room);
    kept.set(this.#kept);
    const strings = new Array<string>(room).fill('');
    for (const [place, text] of this.#strings.entries()) strings[place] = text;
    this.#kept = kept;
    this.#strings = strings;
  }
}

interface Piece {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly length: number;
}

/** Makes strings of bytes by way of one list per length: that is quicker than by views of the bytes. */
class AsciiReader {
  readonly #codes: number[][] = [];

  read(bytes: Uint8Array, start: number, end: number): string {
    const length = end - start;
    const codes = (this.#codes[length] ??= new Array<number>(length).fill(0));
    for (let i = 0; i < length; i++) codes[i] = bytes[start + i] ?? 0;
    return String.fromCharCode(...codes);
  }
}
