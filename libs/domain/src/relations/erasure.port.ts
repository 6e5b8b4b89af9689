import type { RelationId, SourceRelationId } from '../kernel/index.js';
import type { PartRef } from './parts/source-part.js';

/** An account that Exact made anonymous. */
export interface ErasedAccount {
  readonly sourceId: SourceRelationId;
  readonly relationId: RelationId;
}

/** Takes out what Koppel kept of an account beside the account itself. */
export interface Erasure {
  /**
   * Values in settled conflicts of the relation, in writes to the account and its parts (those that wait are taken back), names and values
   * in issues about it, what it said when it was last compared, and all that its parts say, also the deleted ones. Repeating changes
   * nothing more.
   */
  eraseTraces(account: ErasedAccount, now: Date): Promise<void>;
  /** The same for parts that Exact made anonymous by themselves: values in writes to them and in issues about them. */
  eraseTracesOfParts(parts: readonly PartRef[], now: Date): Promise<void>;
}

export interface ErasureTx {
  readonly erasure: Erasure;
}
