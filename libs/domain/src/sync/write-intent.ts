import type { AdministrationId, RelationId, SourceRelationId, WriteIntentId } from '../kernel/index.js';
import type { AccountRole, PartFields, SharedValues } from '../relations/index.js';
import type { PartKind } from './data-kind.js';
import type { CallPurpose } from './relation-source.port.js';

/** When a write is due that waits for a removed administration: once that returns, with the word of the admin. */
export const dueOnReturn = new Date('9999-01-01T00:00:00Z');

interface WriteFacts {
  readonly id: WriteIntentId;
  readonly administrationId: AdministrationId;
  readonly relationId: RelationId;
  readonly kind: 'update' | 'create';
  /** What a new account is to be; empty when nobody said, and for all other writes. */
  readonly roles: readonly AccountRole[];
  /** Uncertain: sent, answer lost; looked up before it is repeated (product.md 3.17). */
  readonly state: 'planned' | 'sent' | 'confirmed' | 'uncertain' | 'failed' | 'superseded';
  readonly attempts: number;
  /** How many tries there had been when a person asked for it again: people are asked anew only after as many more. */
  readonly triesBefore: number;
  /** `times`: of workers that took it and told no end, in a row. */
  readonly failure: { readonly kind: string; readonly message: string; readonly times?: number } | null;
  /** Who waits for it: a person, a resync, or nobody, for what a plan meant with thousands of others. */
  readonly purpose: CallPurpose;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly dueAt: Date;
  /** Of an update the last try; of a create of an account the moment right before it went out first, null when none did. */
  readonly sentAt: Date | null;
  readonly settledAt: Date | null;
}

/** What Koppel means to write into one account of one administration. */
export interface AccountWrite extends WriteFacts {
  /** Null for a create until it is confirmed. */
  readonly sourceRelationId: SourceRelationId | null;
  readonly part: null;
  /** Only the shared fields that change. */
  readonly patch: Partial<SharedValues>;
}

/** The part that a write is about. */
export interface WrittenPart {
  readonly kind: PartKind;
  /** Null for a create. */
  readonly exactId: string | null;
  /**
   * What stands in the patched fields when the write's turn comes, as far as known when it was planned: anything else is somebody's edit and
   * is not overwritten. Null for a create, unless an earlier one is making the same.
   */
  readonly was: PartFields | null;
  /** What may stand there instead, after an earlier write of which nobody knows whether it arrived. */
  readonly orWas?: readonly PartFields[];
  /** Nobody wants it any more, and it may have arrived: it is looked up, and not sent again. */
  readonly isDropped?: true;
}

/** What Koppel means to write into a contact person, address or bank account of one account. */
export interface PartWrite extends WriteFacts {
  /** The account that the part belongs to. */
  readonly sourceRelationId: SourceRelationId;
  readonly part: WrittenPart;
  /** Only the fields that change; all that a new one has for a create. */
  readonly patch: PartFields;
}

/** Told apart by `part`. */
export type WriteIntent = AccountWrite | PartWrite;
