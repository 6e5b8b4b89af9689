const slotsMin = 2 ** 12;
/** A longer piece of another text would keep all of that text in memory. */
const ownedCharsMax = 12;

/**
 * Every different text once, by number: equal texts have equal numbers, and 0 is the empty text. Numbers are given out in
 * the order in which texts are met.
 */
export class TextTable {
  readonly texts: string[] = [''];
  #slots = new Int32Array(slotsMin);
  #hashes = new Int32Array(slotsMin / 2);

  /** The number of a text; a new one when it was never met. */
  idOf(text: string): number {
    if (text === '') return 0;
    const hash = hashOf(text);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let id = this.#slots[slot] ?? 0; id !== 0; id = this.#slots[slot] ?? 0) {
      if (this.#hashes[id] === hash && this.texts[id] === text) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.texts.push(ownedText(text)) - 1;
    this.#slots[slot] = id;
    this.#hashes[id] = hash;
    if (id * 2 + 2 >= this.#slots.length) this.#grow();
    return id;
  }

  textOf(id: number): string {
    return this.texts[id] ?? '';
  }

  // The table is never more than half full.
  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const hashes = new Int32Array(slots.length / 2);
    hashes.set(this.#hashes);
    for (let id = 1; id < this.texts.length; id++) {
      let slot = (hashes[id] ?? 0) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = id;
    }
    this.#slots = slots;
    this.#hashes = hashes;
  }
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^ (hash >>> 13);
}

function ownedText(text: string): string {
  return text.length > ownedCharsMax ? ` ${text}`.slice(1) : text;
}
