import { RepeatedId } from '@koppel/domain/matching';
import { InputError } from './input-error.js';

/** More rows than this are refused: what is known of a row takes about a kilobyte of memory. */
export const rowsMax = 4_000_000;

/** Gets the id of every row and the line that the row begins on, in the order of the file. */
export interface IdCheck {
  readonly size: number;
  add(id: string, line: number): void;
}

/** Remembers the ids of a file in their order; an empty or repeated one, and one too many, is an InputError with its line. */
export class UniqueIds implements IdCheck {
  private readonly lineOf = new Map<string, number>();

  add(id: string, line: number): void {
    const earlier = this.lineOf.get(id);
    if (earlier !== undefined) throw repeated(id, earlier, line);
    checkRow(id, line, this.lineOf.size);
    this.lineOf.set(id, line);
  }

  [Symbol.iterator](): Iterator<string> {
    return this.lineOf.keys();
  }

  get size(): number {
    return this.lineOf.size;
  }
}

/** As `UniqueIds` where another one finds repeated ids: it remembers the lines alone, at a fraction of time and memory. */
export class LinesOfIds implements IdCheck {
  private readonly lines: number[] = [];

  add(id: string, line: number): void {
    checkRow(id, line, this.lines.length);
    this.lines.push(line);
  }

  get size(): number {
    return this.lines.length;
  }

  /** An error about a repeated id with the lines of the file; any other error as it is. */
  withLines(error: unknown): unknown {
    if (!(error instanceof RepeatedId)) return error;
    return repeated(error.id, this.lines[error.earlier] ?? 0, this.lines[error.later] ?? 0);
  }
}

function checkRow(id: string, line: number, rows: number): void {
  if (id === '') throw new InputError('id-missing', `line ${line} has no id`);
  if (rows === rowsMax) throw new InputError('too-many-rows', `line ${line}: more than ${rowsMax} rows`);
}

function repeated(id: string, earlier: number, later: number): InputError {
  return new InputError('id-repeated', `line ${later} repeats the id "${id}" of line ${earlier}`);
}

/** The name of the id column must be there before anything is read. */
export function assertIdColumn(header: readonly string[], names: readonly string[]): void {
  if (names.some((name) => header.includes(name))) return;
  throw new InputError(
    'wrong-columns',
    `the header has no column "${names.join('" or "')}"${hint(header, names)}`,
  );
}

// Excel divides by semicolons where the decimal sign is a comma, as in the Netherlands.
function hint(header: readonly string[], names: readonly string[]): string {
  const [only = ''] = header;
  if (header.length === 1 && /[;\t]/.test(only))
    return ` (columns are separated by commas; these seem to be by ${only.includes(';') ? 'semicolons' : 'tabs'})`;
  const alike = header.find((column) => names.some((name) => isAlike(column, name)));
  return alike === undefined ? '' : ` ("${alike}" is another name: capitals count)`;
}

/** Whether two names of columns differ in capitals, blanks and marks alone. */
export function isAlike(one: string, other: string): boolean {
  return lettersOf(one) === lettersOf(other);
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
