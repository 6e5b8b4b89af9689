import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { StateChange, StateHeader, StateLine } from './state-change.js';

/** What a state file holds; `header` is undefined when there is no file yet. */
export interface StoredState {
  readonly file: string;
  readonly header: StateHeader | undefined;
  /** In the order in which they happened. */
  readonly changes: readonly StateChange[];
  /** The latest sandbox time in the file, epoch milliseconds; 0 when there is none. */
  readonly at: number;
}

/**
 * Reads a state file. A last line that was cut off is left out: the answer that it belongs to never left. Throws when
 * another line cannot be read, or the file is of another format.
 */
export function readState(file: string): StoredState {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  // What follows the last line break was never written to its end.
  lines.pop();
  const parsed = lines.map((text, index) => parse(text, `${file} line ${index + 1}`));
  const [first, ...rest] = parsed;
  if (first === undefined) return { file, header: undefined, changes: [], at: 0 };
  // Safe: only this module writes the file, and the format is checked.
  const header = first as StateHeader;
  if (header.format !== 1) throw new Error(`${file} is no state file of this sandbox`);
  const later = rest as readonly StateLine[];
  return {
    file,
    header,
    changes: later.flatMap(({ changes }) => changes),
    at: Math.max(header.at, later.at(-1)?.at ?? 0),
  };
}

/** Writes a whole state file; it appears at once or not at all. Readable for its owner only, because it holds tokens. */
export function writeState(file: string, header: StateHeader, changes: readonly StateChange[]): void {
  const lines = [header, ...changes.map((change): StateLine => ({ at: header.at, changes: [change] }))];
  const draft = `${file}.${process.pid}`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(draft, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 });
  renameSync(draft, file);
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${where} cannot be read`, { cause });
  }
}
