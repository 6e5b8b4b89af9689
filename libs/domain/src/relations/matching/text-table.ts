const slotsMin = 2 ** 12;
/** A longer piece of another text would keep all of that text in memory. */
const ownedCharsMax = 12;

/**
 * Every different text once, by number: equal texts have equal numbers, and 0 is the empty text. Numbers are given out in
 * the order in which texts are met.
 */
export class TextTable {
  readonly texts: string[] = [''];
  /** Number and hash of the text in each slot, side by side: what one look costs is the memory it must fetch. */
  #slots = new Int32Array(slotsMin * 2);

  /** The number of a text; a new one when it was never met. */
  idOf(text: string): number {
    if (text === '') return 0;
    const slots = this.#slots;
    const hash = hashOf(text);
    const mask = slots.length - 1;
    let slot = (hash << 1) & mask;
    for (let id = slots[slot] ?? 0; id !== 0; id = slots[slot] ?? 0) {
      if (slots[slot + 1] === hash && this.texts[id] === text) return id;
      slot = (slot + 2) & mask;
    }
    const id = this.texts.push(ownedText(text)) - 1;
    slots[slot] = id;
    slots[slot + 1] = hash;
    if (id * 4 + 4 >= slots.length) this.#grow();
    return id;
  }

  textOf(id: number): string {
    return this.texts[id] ?? '';
  }

  // The table is never more than half full.
  #grow(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 2) {
      if (old[from] === 0) continue;
      const hash = old[from + 1] ?? 0;
      let slot = (hash << 1) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 2) & (slots.length - 1);
      slots[slot] = old[from] ?? 0;
      slots[slot + 1] = hash;
    }
    this.#slots = slots;
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
