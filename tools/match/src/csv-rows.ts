import { InputError } from './input-error.js';

/** A row of a CSV file and the line that it begins on (the header is line 1). */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Longest row in characters: beyond it a quote was surely left open. */
export const rowCharsMax = 1_000_000;

/**
 * Reads CSV (RFC 4180: commas, double quotes, lines that end in LF or CRLF) from pieces of text of any size. A quoted cell
 * may hold commas, quotes and line ends; blank lines are no rows. What is no CSV is an InputError with its line number.
 */
export class CsvRows {
  private text = '';
  /** Where the next quote stands in `text` (its length when there is none); remembered, since most rows have none. */
  private quoteAt = -1;

  /** `line`: the one that the text begins on. */
  constructor(private line = 1) {}

  /** The rows that `text` completes. */
  push(text: string): CsvRow[] {
    this.text += text;
    return this.read(false);
  }

  /** The last row, when the file does not end in a line end. */
  end(): CsvRow[] {
    return this.read(true);
  }

  private read(isEnd: boolean): CsvRow[] {
    const rows: CsvRow[] = [];
    let from = 0;
    this.quoteAt = -1;
    while (from < this.text.length) {
      const next = this.readRow({ from, isEnd });
      if (next === null) break;
      if (next.cells !== null) rows.push({ line: this.line, cells: next.cells });
      this.line += next.lines;
      from = next.end;
    }
    this.text = this.text.slice(from);
    if (this.text.length > rowCharsMax)
      throw notCsv(this.line, `a row of more than ${rowCharsMax} characters; was a quote left open?`);
    return rows;
  }

  private readRow({ from, isEnd }: Start): RowFound | null {
    const lineEnd = this.text.indexOf('\n', from);
    if (lineEnd < 0 && !isEnd) return null;
    const end = lineEnd < 0 ? this.text.length : lineEnd;
    if (this.hasQuote(from, end)) return this.readQuoted({ from, isEnd });
    const isCrLf = end > from && lineEnd >= 0 && this.text[end - 1] === '\r';
    const content = this.text.slice(from, isCrLf ? end - 1 : end);
    return { cells: content === '' ? null : content.split(','), end: end + 1, lines: 1 };
  }

  private hasQuote(from: number, end: number): boolean {
    if (this.quoteAt < from) {
      const found = this.text.indexOf('"', from);
      this.quoteAt = found < 0 ? this.text.length : found;
    }
    return this.quoteAt < end;
  }

  // Cell by cell, because a line end may stand inside one.
  private readQuoted({ from, isEnd }: Start): RowFound | null {
    const cells: string[] = [];
    let lines = 0;
    let at = from;
    for (;;) {
      const isQuoted = this.text[at] === '"';
      const cell = isQuoted ? this.quotedCell({ from: at, isEnd }) : this.bareCell(at, this.line + lines);
      if (cell === null) return null;
      cells.push(cell.value);
      lines += cell.lines;
      if (this.text[cell.end] !== ',') return this.endRow(cells, { ...cell, lines, isEnd });
      at = cell.end + 1;
    }
  }

  private endRow(cells: string[], { end, lines, isEnd }: RowEnd): RowFound | null {
    if (this.text[end] === '\n') return { cells, end: end + 1, lines: lines + 1 };
    if (this.text.startsWith('\r\n', end)) return { cells, end: end + 2, lines: lines + 1 };
    const isCut = end === this.text.length || (end === this.text.length - 1 && this.text[end] === '\r');
    if (!isCut) throw notCsv(this.line + lines, `text after the closing quote of cell ${cells.length}`);
    return isEnd ? { cells, end: this.text.length, lines: lines + 1 } : null;
  }

  private quotedCell({ from, isEnd }: Start): CellFound | null {
    let at = from + 1;
    for (;;) {
      const quote = this.text.indexOf('"', at);
      if (quote < 0) {
        if (isEnd) throw notCsv(this.line, 'a quote is not closed before the end of the file');
        return null;
      }
      // The next piece of text may begin with the second half of a doubled quote.
      if (quote === this.text.length - 1 && !isEnd) return null;
      if (this.text[quote + 1] !== '"') {
        const raw = this.text.slice(from + 1, quote);
        return { value: raw.replaceAll('""', '"'), end: quote + 1, lines: countLineEnds(raw) };
      }
      at = quote + 2;
    }
  }

  private bareCell(from: number, line: number): CellFound {
    const found = this.text.slice(from).search(/[,\n"]|\r\n/);
    const end = found < 0 ? this.text.length : from + found;
    if (this.text[end] === '"') throw notCsv(line, 'a quote in the middle of a cell that is not quoted');
    return { value: this.text.slice(from, end), end, lines: 0 };
  }
}

interface Start {
  readonly from: number;
  readonly isEnd: boolean;
}

interface RowEnd {
  readonly end: number;
  readonly lines: number;
  readonly isEnd: boolean;
}

interface RowFound {
  /** Null for a blank line. */
  readonly cells: readonly string[] | null;
  readonly end: number;
  readonly lines: number;
}

interface CellFound {
  readonly value: string;
  readonly end: number;
  readonly lines: number;
}

function countLineEnds(value: string): number {
  let count = 0;
  for (let at = value.indexOf('\n'); at >= 0; at = value.indexOf('\n', at + 1)) count++;
  return count;
}

function notCsv(line: number, what: string): InputError {
  return new InputError('not-csv', `line ${line} is not CSV: ${what}`);
}
