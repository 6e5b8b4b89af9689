/** Texts in few arrays, quick to hand to another thread: ASCII characters as bytes, one text behind the other. */
export interface PackedPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many of the bytes are each text's; 0 for a text that cannot be packed. */
  readonly lengths: Int32Array<ArrayBuffer>;
  readonly hashes: Int32Array<ArrayBuffer>;
  /** The texts that cannot be packed, in their order. */
  readonly others: readonly string[];
}

const asciiMax = 0x7f;
/** Longer texts are not packed: unpacking takes a list of each length. */
const packedCharsMax = 512;

/** Packs texts (none of them empty) with their hashes. */
export function packTexts(texts: readonly string[], hashes: Int32Array<ArrayBuffer>): PackedPart {
  let room = 0;
  for (const text of texts) room += text.length;
  const bytes = new Uint8Array(room);
  const lengths = new Int32Array(texts.length);
  const others: string[] = [];
  let end = 0;
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at] ?? '';
    const written = writeAscii(text, bytes, end);
    lengths[at] = written;
    end += written;
    if (written === 0) others.push(text);
  }
  return { bytes: end === room ? bytes : bytes.slice(0, end), lengths, hashes, others };
}

/** Writes a text of ASCII characters and gives its length; 0 when it cannot be packed. */
export function writeAscii(text: string, bytes: Uint8Array, at: number): number {
  if (text.length > packedCharsMax) return 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > asciiMax) return 0;
    bytes[at + i] = code;
  }
  return text.length;
}
