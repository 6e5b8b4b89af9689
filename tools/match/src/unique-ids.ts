import { InputError } from './input-error.js';

/** More rows than this are refused: what is known of a row takes about a kilobyte of memory. */
export const rowsMax = 4_000_000;

/** Remembers the ids of a file in their order; an empty or repeated one, and one too many, is an InputError with its line. */
export class UniqueIds {
  private readonly lineOf = new Map<string, number>();

  add(id: string, line: number): void {
    if (id === '') throw new InputError('id-missing', `line ${line} has no id`);
    const earlier = this.lineOf.get(id);
    if (earlier !== undefined)
      throw new InputError('id-repeated', `line ${line} repeats the id "${id}" of line ${earlier}`);
    if (this.lineOf.size === rowsMax)
      throw new InputError('too-many-rows', `line ${line}: more than ${rowsMax} rows`);
    this.lineOf.set(id, line);
  }

  [Symbol.iterator](): Iterator<string> {
    return this.lineOf.keys();
  }

  get size(): number {
    return this.lineOf.size;
  }
}

/** The name of the id column must be there before anything is read. */
export function assertIdColumn(header: readonly string[], names: readonly string[]): void {
  if (names.some((name) => header.includes(name))) return;
  const hint =
    header.length === 1 && /[;\t]/.test(header[0] ?? '') ? ' (columns are separated by commas)' : '';
  throw new InputError('wrong-columns', `the header has no column "${names.join('" or "')}"${hint}`);
}
