import type { AdministrationId, SourceRelationId } from '../../kernel/index.js';
import type { PartReadBack, PartRef, SourcePart } from './source-part.js';

/** Contact persons, addresses and bank accounts as sharing sees them. Fetching writes them (sync). */
export interface SourceParts {
  /** Present parts whose change nobody compared yet, at most `limit`; none of the administrations in `outside`. */
  findUncompared(limit: number, outside?: readonly AdministrationId[]): Promise<SourcePart[]>;
  /** Present parts of the accounts, by administration, kind and id. */
  findOfAccounts(ids: readonly SourceRelationId[]): Promise<SourcePart[]>;
  /** Undefined when it is unknown or deleted in Exact. */
  find(ref: PartRef): Promise<SourcePart | undefined>;
  /** Those of the parts that are known and not deleted in Exact, in any order. */
  findMany(refs: readonly PartRef[]): Promise<SourcePart[]>;
  /** Makes what the parts say the base of the next comparison. One that says something else by now still waits. */
  acceptAsBase(parts: readonly SourcePart[]): Promise<void>;
  /** What Exact answered after our own write, so that the echo is no change; adds the part when Koppel made it. */
  storeReadBack(part: PartReadBack, now: Date): Promise<void>;
}

export interface SourcePartsTx {
  readonly sourceParts: SourceParts;
}
