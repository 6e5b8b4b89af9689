import type { DivisionCounters, TableName } from '../store/division.js';
import type { Row } from '../store/rows.js';
import type { TokenEvent } from '../oauth/token-event.js';

/** One thing that a restart must find again. `values` null = the record is gone. */
export type StateChange =
  | {
      readonly kind: 'row';
      readonly division: number;
      readonly table: TableName;
      readonly row: number;
      readonly values: Row | null;
    }
  | { readonly kind: 'counters'; readonly division: number; readonly counters: DivisionCounters }
  | { readonly kind: 'move'; readonly division: number; readonly at: number }
  | TokenEvent;

/** First line of a state file. */
export interface StateHeader {
  readonly format: 1;
  /** Tells the seeded world that the changes belong to. */
  readonly world: string;
  /** How often a sandbox was started on this file. */
  readonly starts: number;
  /** The sandbox's time when the header was written, epoch milliseconds. */
  readonly at: number;
}

/** Every further line: what changed together. */
export interface StateLine {
  readonly at: number;
  readonly changes: readonly StateChange[];
}
