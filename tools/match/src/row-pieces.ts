import { open } from 'node:fs/promises';
import { asInputError } from './read-table.js';
import { rowCharsMax } from './csv-rows.js';

/** Whole rows of a CSV file as bytes, and the line that the first of them begins on. */
export interface RowPiece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly firstLine: number;
}

/** How many bytes a piece has, give or take a row. */
export const bytesPerRead = 1 << 20;
/** UTF-8 needs three bytes at most for a character of a text. */
const rowBytesMax = rowCharsMax * 3;
const newline = 0x0a;
const quote = 0x22;

/**
 * Divides a CSV file at line ends that stand outside quotes, in pieces of about a megabyte. What is no CSV may be divided
 * anywhere behind its first error.
 */
export async function* rowPieces(file: string): AsyncGenerator<RowPiece> {
  let rest = Buffer.alloc(0);
  let firstLine = 1;
  try {
    await using handle = await open(file);
    for (;;) {
      const bytes = Buffer.allocUnsafeSlow(rest.length + bytesPerRead);
      rest.copy(bytes);
      const { bytesRead } = await handle.read(bytes, rest.length, bytesPerRead);
      if (bytesRead === 0) break;
      const read = bytes.subarray(0, rest.length + bytesRead);
      const end = endOfRows(read) || (read.length > rowBytesMax ? read.length : 0);
      rest = Buffer.from(read.subarray(end));
      if (end === 0) continue;
      yield { bytes: Uint8Array.from(read.subarray(0, end)), firstLine };
      firstLine += countLines(read.subarray(0, end));
    }
  } catch (error) {
    throw asInputError(error, file);
  }
  if (rest.length > 0) yield { bytes: Uint8Array.from(rest), firstLine };
}

/** Behind the last line end outside quotes; 0 when there is none. */
export function endOfRows(bytes: Buffer): number {
  let end = 0;
  let from = 0;
  while (from <= bytes.length) {
    const opening = bytes.indexOf(quote, from);
    const bare = bytes.subarray(from, opening < 0 ? bytes.length : opening);
    const lineEnd = bare.lastIndexOf(newline);
    if (lineEnd >= 0) end = from + lineEnd + 1;
    const closing = opening < 0 ? -1 : bytes.indexOf(quote, opening + 1);
    if (closing < 0) return end;
    from = closing + 1;
  }
  return end;
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count++;
  return count;
}
