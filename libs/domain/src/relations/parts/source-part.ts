import type { AdministrationId, SourceRelationId } from '../../kernel/index.js';
import type { PartKind } from '../../sync/index.js';

/** Trimmed texts, flags and numbers of a contact person, an address or a bank account, under our own names. */
export type PartFields = Readonly<Record<string, string | number | boolean | null>>;

/** Names one part. */
export interface PartRef {
  readonly administrationId: AdministrationId;
  readonly kind: PartKind;
  readonly exactId: string;
}

/** A contact person, address or bank account of one account in one administration, as Exact has it. */
export interface SourcePart extends PartRef {
  /** The account that it belongs to; null when we know none. */
  readonly sourceRelationId: SourceRelationId | null;
  readonly fields: PartFields;
  /** What it said when last compared, kept with the first change since; empty when it is new since, null when nothing waits. */
  readonly base: PartFields | null;
}

/** A part as it was read after our own write. */
export interface PartReadBack extends SourcePart {
  readonly sourceRelationId: SourceRelationId;
  /** When Exact changed it last; null when it does not say. */
  readonly modifiedAt: Date | null;
  /** The fields that were written, as they are now: a page without them was made before. */
  readonly written: PartFields;
}
