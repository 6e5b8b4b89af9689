import { TextDecoder } from 'node:util';
import { PartReader, relationRulesOf, type ReadPart, type RelationSchema } from '@koppel/domain/matching';
import { CsvRows, type CsvRow } from './csv-rows.js';
import { asInputError, checkText, checkWidth } from './read-table.js';
import { relationReader } from './relation-rows.js';
import type { RowPiece } from './row-pieces.js';

/** A file of relations, as its readers know it. */
export interface RelationFile {
  /** What the file is called in messages. */
  readonly file: string;
  readonly header: readonly string[];
  /** By what records are read. */
  readonly schema: RelationSchema;
}

/** Which of several readers of one file this is; the first is number 0. */
export interface ReaderNumber {
  readonly number: number;
  readonly readers: number;
}

export interface PieceToRead extends RowPiece {
  /** The piece begins with the header. */
  readonly hasHeader: boolean;
}

/** The relations of a piece. */
export interface ReadPiece {
  readonly part: ReadPart;
  /** Whose texts the part builds upon. */
  readonly reader: number;
  /** The line that each record begins on. */
  readonly lines: Int32Array<ArrayBuffer>;
}

/** A reader that has met more texts than this is followed by a new one, so that no thread remembers a whole file. */
const textsMax = 500_000;

/** Reads and normalises pieces of a file of relations; several readers may share a file. */
export class PieceReader {
  readonly #rules;
  readonly #readRow;
  #parts: PartReader;
  #number: number;

  constructor(
    private readonly source: RelationFile,
    private readonly place: ReaderNumber,
  ) {
    this.#rules = relationRulesOf(source.schema);
    this.#readRow = relationReader(source.header, source.schema);
    this.#parts = new PartReader(this.#rules);
    this.#number = place.number;
  }

  /** A piece with what is wrong is an InputError. */
  read(piece: PieceToRead): ReadPiece {
    try {
      return this.#read(piece);
    } catch (error) {
      throw asInputError(error, this.source.file);
    }
  }

  #read(piece: PieceToRead): ReadPiece {
    if (this.#parts.texts > textsMax) {
      this.#parts = new PartReader(this.#rules);
      this.#number += this.place.readers;
    }
    const lines: number[] = [];
    for (const rows of rowsOf(this.source.header, piece)) {
      for (const { cells, line } of rows) {
        this.#parts.add(this.#readRow(cells));
        lines.push(line);
      }
    }
    return { part: this.#parts.take(), reader: this.#number, lines: Int32Array.from(lines) };
  }
}

/** How much is decoded at once: a longer text needs fresh memory, and one letter of another script makes all of it wide. */
const bytesPerText = 1 << 15;
const newline = 0x0a;
/** Only the file itself may begin with a byte order mark. */
const laterDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A few rows at a time: those of a whole piece would outlive the young generation, and be copied for it. */
function* rowsOf(
  header: readonly string[],
  { bytes, firstLine, hasHeader }: PieceToRead,
): Generator<readonly CsvRow[]> {
  const csv = new CsvRows(firstLine);
  let decoder = hasHeader ? new TextDecoder('utf-8', { fatal: true }) : laterDecoder;
  let isHeaderNext = hasHeader;
  const withoutHeader = (rows: readonly CsvRow[]): readonly CsvRow[] => {
    const skipped = isHeaderNext && rows.length > 0 ? 1 : 0;
    if (skipped > 0) isHeaderNext = false;
    return checkWidth(header.length, rows.slice(skipped));
  };
  for (let start = 0; start < bytes.length;) {
    const end = endOfLine(bytes, start + bytesPerText);
    yield withoutHeader(csv.push(checkText(decoder.decode(bytes.subarray(start, end)))));
    decoder = laterDecoder;
    start = end;
  }
  yield withoutHeader(csv.end());
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(newline, from);
  return at < 0 ? bytes.length : at + 1;
}
