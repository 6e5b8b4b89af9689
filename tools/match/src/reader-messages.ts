import type { ReadPart } from '@koppel/domain/matching';
import type { InputErrorKind } from './input-error.js';
import type { RowPiece } from './row-pieces.js';

/** What a reading thread knows from its start. */
export interface ReaderData {
  /** What the file is called in messages. */
  readonly file: string;
  readonly header: readonly string[];
  /** Number of the thread. */
  readonly thread: number;
  readonly threads: number;
}

export interface ToReader extends RowPiece {
  /** The piece begins with the header. */
  readonly hasHeader: boolean;
}

export type FromReader =
  | {
      readonly kind: 'part';
      readonly part: ReadPart;
      /** Whose texts the part builds upon. */
      readonly reader: number;
      /** The line that each record begins on. */
      readonly lines: Int32Array<ArrayBuffer>;
    }
  | { readonly kind: 'refused'; readonly cause: InputErrorKind; readonly message: string };
