import { HashedNumbers } from './hashed-numbers.js';
import { IntList } from './int-list.js';
import { writeAscii, type PackedPart } from './packed-texts.js';
import { hashOf, type Texts } from './text-table.js';

/** Texts to be read by several threads at once. */
export interface SharedTexts {
  readonly size: number;
  readonly bytes: Uint8Array;
  /** Where the bytes of each text end; those of a text that cannot be packed are none. */
  readonly ends: Int32Array;
  readonly others: ReadonlyMap<number, string>;
}

/** So many texts are made from their bytes at once: those of one record stand side by side. */
const blockShift = 6;
const bytesMin = 2 ** 16;

/** Many texts as bytes in shared memory; each becomes a string when it is asked for, which most never are. */
export class PackedTextTable implements Texts {
  #bytes: Uint8Array = new Uint8Array(new SharedArrayBuffer(bytesMin));
  readonly #ends: IntList;
  readonly #others = new Map<number, string>();
  readonly #numbers = new HashedNumbers();
  #strings: (string | undefined)[] = [];
  #blocks: (string | undefined)[] = [];

  /** Without what another thread shares the table is empty. What is shared is read only: no text may be added then. */
  constructor(shared?: SharedTexts) {
    this.#ends = new IntList(shared ? 0 : undefined, true);
    if (!shared) {
      this.#ends.push(0);
      return;
    }
    this.#bytes = shared.bytes;
    this.#ends.values = shared.ends;
    this.#ends.length = shared.size;
    this.#others = new Map(shared.others);
  }

  get size(): number {
    return this.#ends.length;
  }

  idOf(text: string): number {
    if (text === '') return 0;
    const hash = hashOf(text);
    let id = this.#numbers.first(hash);
    while (id !== 0 && this.textOf(id) !== text) id = this.#numbers.next();
    return id === 0 ? this.#addText(text) : id;
  }

  textOf(id: number): string {
    return this.#strings[id] ?? this.#read(id);
  }

  /** Makes room for some parts as large as this one. */
  expect({ bytes, lengths }: PackedPart, parts: number): void {
    this.#reserve(bytes.length * parts);
    this.#ends.reserve(lengths.length * parts);
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
    if (length === 0) this.#others.set(this.size, text);
    return this.#added(end + length);
  }

  #added(end: number): number {
    const id = this.size;
    this.#ends.push(end);
    this.#numbers.add(id);
    const block = id >>> blockShift;
    if (block < this.#blocks.length) this.#blocks[block] = undefined; // it grew
    return id;
  }

  get #end(): number {
    return this.#ends.values[this.size - 1] ?? 0;
  }

  #reserve(count: number): void {
    const wanted = this.#end + count;
    if (wanted <= this.#bytes.length) return;
    const grown = new Uint8Array(new SharedArrayBuffer(Math.max(wanted, this.#bytes.length * 2)));
    grown.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = grown;
  }

  #read(id: number): string {
    if (id <= 0 || id >= this.size) return '';
    if (this.#strings.length < this.size) this.#makeRoom();
    const text = this.#others.get(id) ?? this.#slice(id);
    this.#strings[id] = text;
    return text;
  }

  #slice(id: number): string {
    const ends = this.#ends.values;
    const number = id >>> blockShift;
    const first = number << blockShift;
    const start = first === 0 ? 0 : (ends[first - 1] ?? 0);
    let block = this.#blocks[number];
    if (block === undefined) {
      const last = Math.min(this.size, first + (1 << blockShift)) - 1;
      block = fromAscii(this.#bytes.subarray(start, ends[last]));
      this.#blocks[number] = block;
    }
    return block.slice((ends[id - 1] ?? 0) - start, (ends[id] ?? 0) - start);
  }

  // A list that grows text by text is copied again and again, and one with gaps becomes a slow one.
  #makeRoom(): void {
    const strings = new Array<string | undefined>(this.size + (this.size >>> 4));
    for (const [id, text] of this.#strings.entries()) strings[id] = text;
    const blocks = new Array<string | undefined>((strings.length >>> blockShift) + 1);
    for (const [number, block] of this.#blocks.entries()) blocks[number] = block;
    this.#strings = strings;
    this.#blocks = blocks;
  }
}

interface Piece {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly length: number;
}

function fromAscii(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as unknown as number[]); // takes typed arrays as well; spreading them is slow
}
