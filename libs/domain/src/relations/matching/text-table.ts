import { HashedNumbers } from './hashed-numbers.js';
import { IntList } from './int-list.js';
import { packTexts, type PackedPart } from './packed-texts.js';

/** A longer piece of another text would keep all of that text in memory. */
const ownedCharsMax = 12;

/** Every different text once, by number: equal texts have equal numbers, and 0 is the empty text. */
export interface Texts {
  /** How many there are, the empty one among them. */
  readonly size: number;
  /** The number of a text; a new one when it was never met. */
  idOf(text: string): number;
  textOf(id: number): string;
  /** Gives back what finding numbers takes: whoever asks for a number from here on gets a RangeError. */
  endAdding(): void;
}

/** Texts as they are; numbers are given out in the order in which texts are met. */
export class TextTable implements Texts {
  readonly #texts: string[] = [''];
  readonly #hashes = new IntList();
  readonly #numbers = new HashedNumbers();
  /** Text 0 is the empty one in every table. */
  #taken = 1;

  constructor() {
    this.#hashes.push(0);
  }

  get size(): number {
    return this.#texts.length;
  }

  idOf(text: string): number {
    if (text === '') return 0;
    const hash = hashOf(text);
    let id = this.#numbers.first(hash);
    while (id !== 0 && this.#texts[id] !== text) id = this.#numbers.next();
    if (id !== 0) return id;
    const added = this.#texts.push(ownedText(text)) - 1;
    this.#hashes.push(hash);
    this.#numbers.add(added);
    return added;
  }

  textOf(id: number): string {
    return this.#texts[id] ?? '';
  }

  endAdding(): void {
    this.#numbers.close();
  }

  /** What was added since the last time. */
  takePart(): PackedPart {
    const from = this.#taken;
    this.#taken = this.#texts.length;
    return packTexts(this.#texts.slice(from), this.#hashes.values.slice(from, this.#taken));
  }
}

/** A hash of 32 bits, the same in all tables. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^ (hash >>> 13);
}

/** A text that keeps no other one in memory. */
export function ownedText(text: string): string {
  return text.length > ownedCharsMax ? ` ${text}`.slice(1) : text;
}
