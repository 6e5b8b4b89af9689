import type { PairPart, PairWork, ReadPart, RelationSchema } from '@koppel/domain/matching';
import type { InputErrorKind } from './input-error.js';
import type { RowPiece } from './row-pieces.js';

/** What a thread knows from its start. */
export interface ThreadData {
  /** What the file is called in messages. */
  readonly file: string;
  readonly header: readonly string[];
  /** By what records are read. */
  readonly schema: RelationSchema;
  /** Number of the thread. */
  readonly thread: number;
  readonly threads: number;
}

/** A piece of the file to read, and later pairs to compare. */
export type ToThread =
  | (RowPiece & {
      readonly kind: 'piece';
      /** The piece begins with the header. */
      readonly hasHeader: boolean;
    })
  | {
      readonly kind: 'compare';
      readonly work: PairWork;
      /** Number of the next portion that nobody has taken, in shared memory. */
      readonly next: Int32Array;
    };

export type FromThread =
  | {
      readonly kind: 'part';
      readonly part: ReadPart;
      /** Whose texts the part builds upon. */
      readonly reader: number;
      /** The line that each record begins on. */
      readonly lines: Int32Array<ArrayBuffer>;
    }
  | { readonly kind: 'pairs'; readonly part: PairPart }
  /** No portion was left. */
  | { readonly kind: 'compared' }
  | { readonly kind: 'refused'; readonly cause: InputErrorKind; readonly message: string };
