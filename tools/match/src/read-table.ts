import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { CsvRows, type CsvRow } from './csv-rows.js';
import { InputError } from './input-error.js';

/** A file's header, and its rows in pieces, each as soon as it is read. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly CsvRow[]>;
  /** Lets go of the file before its end; nothing happens behind it. */
  readonly close: () => Promise<void>;
}

/** Little: of large files of relations, which threads read, only the header is read here; other files whole, in such pieces. */
const bytesPerRead = 1 << 16;

/**
 * Opens a CSV file (UTF-8, with or without a byte order mark) without holding more of it than one piece. Rows with more or
 * fewer cells than the header, other encodings, and a file that is not there are InputErrors.
 */
export async function readTable(file: string): Promise<Table> {
  const pieces = csvPieces(file);
  const first = await firstPiece(pieces);
  const [header, ...rest] = first;
  if (!header) throw new InputError('not-csv', `${file} is empty: the first line must name the columns`);
  const names = header.cells.map((name) => name.trim());
  const close = async (): Promise<void> => void (await pieces.return(undefined));
  return { header: names, rows: checkedRows(names.length, rest, pieces), close };
}

async function firstPiece(pieces: AsyncGenerator<CsvRow[]>): Promise<readonly CsvRow[]> {
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) return [];
    if (next.value.length > 0) return next.value;
  }
}

async function* checkedRows(
  width: number,
  first: readonly CsvRow[],
  pieces: AsyncGenerator<CsvRow[]>,
): AsyncGenerator<readonly CsvRow[]> {
  yield checkWidth(width, first);
  for await (const rows of pieces) yield checkWidth(width, rows);
}

/** The rows, when all are as wide as the header; else an InputError. */
export function checkWidth(width: number, rows: readonly CsvRow[]): readonly CsvRow[] {
  const odd = rows.find(({ cells }) => cells.length !== width);
  if (odd)
    throw new InputError(
      'wrong-field-count',
      `line ${odd.line} has ${odd.cells.length} fields where the header has ${width}`,
    );
  return rows;
}

async function* csvPieces(file: string): AsyncGenerator<CsvRow[]> {
  const reader = new CsvRows();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    await using handle = await open(file);
    for await (const bytes of handle.createReadStream({ highWaterMark: bytesPerRead }))
      yield reader.push(toText(decoder, bytes as Buffer));
    yield reader.push(toText(decoder, null));
    yield reader.end();
  } catch (error) {
    throw asInputError(error, file);
  }
}

// Null: no more bytes follow.
function toText(decoder: TextDecoder, bytes: Uint8Array | null): string {
  return checkText(bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true }));
}

/** The text, when it holds no zero bytes; else an InputError. */
export function checkText(text: string): string {
  if (text.includes('\0')) throw new InputError('not-text', 'the file is not text: it holds zero bytes');
  return text;
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read',
};

/** What reading a file throws, as an InputError where whoever gave the command can put it right. */
export function asInputError(error: unknown, file: string): unknown {
  if (error instanceof InputError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return new InputError('not-text', `${file} is not UTF-8 text (in Excel: save as "CSV UTF-8")`, {
      cause: error,
    });
  const reason = unreadable[code];
  return reason ? new InputError('file-missing', `${file} ${reason}`, { cause: error }) : error;
}
