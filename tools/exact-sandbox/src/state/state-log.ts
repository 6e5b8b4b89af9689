import { appendFileSync, closeSync, openSync, statSync } from 'node:fs';
import type { WriteWatcher } from '../store/changes.js';
import type { Division, TableName } from '../store/division.js';
import type { TokenEvent } from '../oauth/token-event.js';
import { compact } from './compact.js';
import { readState, writeState } from './state-file.js';
import type { StateChange, StateHeader, StateLine } from './state-change.js';

const COMPACT_FROM_BYTES = 32 * 1024 * 1024;

interface TouchedRow {
  readonly division: Division;
  readonly table: TableName;
  readonly row: number;
}

/**
 * Writes down what changes. What changes together, within one call, becomes one line; it is written as soon as the
 * code that changed it returns, and so before an answer can leave. A file that cannot be written ends the sandbox.
 * Not forced to the disk: it outlives a killed process, not a power cut.
 */
export class StateLog implements WriteWatcher {
  private readonly touched = new Map<string, TouchedRow>();
  private readonly others: StateChange[] = [];
  private isPlanned = false;
  private isOpen = true;
  private handle: number;
  private bytes: number;
  private compactAt: number;

  constructor(
    private readonly file: string,
    private readonly header: StateHeader,
    private readonly now: () => number,
  ) {
    this.handle = openSync(file, 'a');
    this.bytes = statSync(file).size;
    this.compactAt = nextCompaction(this.bytes);
  }

  written(division: Division, table: TableName, row: number): void {
    this.touched.set(`${division.code} ${table} ${row}`, { division, table, row });
    this.plan();
  }

  moving({ code }: Division, at: number): void {
    // Rows must be written down with the versions that they had before.
    this.flush();
    this.others.push({ kind: 'move', division: code, at });
    this.plan();
  }

  token(event: TokenEvent): void {
    this.others.push(event);
    this.plan();
  }

  /** Remembers what time it is. */
  moment(): void {
    this.plan();
  }

  close(): void {
    this.flush();
    this.isOpen = false;
    closeSync(this.handle);
  }

  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    queueMicrotask(() => this.flush());
  }

  private flush(): void {
    if (!this.isPlanned || !this.isOpen) return;
    this.isPlanned = false;
    const line: StateLine = { at: this.now(), changes: [...this.others, ...this.rowChanges()] };
    this.others.length = 0;
    this.touched.clear();
    const text = `${JSON.stringify(line)}\n`;
    appendFileSync(this.handle, text);
    this.bytes += Buffer.byteLength(text);
    if (this.bytes > this.compactAt) this.compactFile();
  }

  private rowChanges(): readonly StateChange[] {
    const touched = [...this.touched.values()].map((place) => ({ ...place, values: valuesOf(place) }));
    touched.sort((a, b) => (a.values?.$stamp ?? 0) - (b.values?.$stamp ?? 0));
    const rows = touched.map(({ division, table, row, values }): StateChange => {
      return { kind: 'row', division: division.code, table, row, values };
    });
    const divisions = new Set(touched.map(({ division }) => division));
    const counters = [...divisions].map((division): StateChange => {
      return { kind: 'counters', division: division.code, counters: division.counters() };
    });
    return [...rows, ...counters];
  }

  private compactFile(): void {
    closeSync(this.handle);
    const { changes, at } = readState(this.file);
    writeState(this.file, { ...this.header, at }, compact(changes, at));
    this.handle = openSync(this.file, 'a');
    this.bytes = statSync(this.file).size;
    this.compactAt = nextCompaction(this.bytes);
  }
}

function valuesOf({ division, table, row }: TouchedRow): (StateChange & { kind: 'row' })['values'] {
  return division.tables[table].get(row) ?? null;
}

/** At twice its size, so that a file full of live rows is not rewritten with every change. */
function nextCompaction(bytes: number): number {
  return Math.max(COMPACT_FROM_BYTES, 2 * bytes);
}
