import type { PairPart, PairWork } from '@koppel/domain/matching';
import type { InputErrorKind } from './input-error.js';
import type { PieceToRead, ReadPiece, ReaderNumber, RelationFile } from './piece-reader.js';

/** What a thread knows from its start. */
export interface ThreadData extends RelationFile {
  readonly place: ReaderNumber;
}

/** A piece of the file to read, and later pairs to compare. */
export type ToThread =
  | (PieceToRead & { readonly kind: 'piece' })
  | {
      readonly kind: 'compare';
      readonly work: PairWork;
      /** Number of the next portion that nobody has taken, in shared memory. */
      readonly next: Int32Array;
    };

export type FromThread =
  | (ReadPiece & { readonly kind: 'part' })
  | { readonly kind: 'pairs'; readonly part: PairPart }
  /** No portion was left. */
  | { readonly kind: 'compared' }
  | { readonly kind: 'refused'; readonly cause: InputErrorKind; readonly message: string };
