import type { SharedValues, SourcePart, SourcePartsTx } from '../relations/index.js';
import { withoutFields, type WrittenAccount } from './carry-out-write.js';
import { partFieldsNotTaken, withoutPartFields, type PartOutcome } from './carry-out-part.js';
import { fieldsNotTaken } from './same-values.js';
import type { AccountRow } from './source-rows.js';
import type { SourceStoreTx } from './source-store.port.js';
import type { ClaimedAccountWrite, ClaimedPartWrite } from './send-write.js';
import type { WriteIntent } from './write-intent.js';

/** What a write left behind in Exact, and what it means for what we keep. */
export interface ReadBack {
  /** What was really written. */
  readonly intent: WriteIntent;
  /** Somebody changed the same in Exact meanwhile, so nothing of it was written: the next comparison asks a person. */
  readonly isOvertaken: boolean;
  /** Fields that Exact dropped without a word. */
  readonly notTaken: readonly string[];
  /** Keeps it, so that the echo is no change. */
  readonly store: (tx: SourceStoreTx & SourcePartsTx, now: Date) => Promise<void>;
}

export function accountReadBack(
  { intent, source }: ClaimedAccountWrite,
  { row, withheld }: WrittenAccount,
): ReadBack {
  const patch = withoutFields(intent.patch, withheld);
  const notTaken = fieldsNotTaken(patch, row.fields.shared);
  const isOvertaken = withheld.length > 0 && Object.keys(patch).length === 0;
  return {
    intent: isOvertaken ? intent : { ...intent, patch },
    isOvertaken,
    notTaken,
    store: async (tx, now) => {
      // As it stands now: a comparison may have accepted changes while the write was under way.
      const known = source && (await tx.sourceStore.findRelation(source.id));
      if (!known) return;
      const base = baseAfter(patch, { source: known.base ?? known.fields.shared, row, notTaken });
      const { fields, contentHash, modifiedAt } = row;
      const written = writtenIn(patch, row);
      await tx.sourceStore.storeReadBack(known.id, { fields, contentHash, modifiedAt, base, written }, now);
    },
  };
}

/** What the account says where it was written: a page without it was made before. */
function writtenIn(patch: Partial<SharedValues>, { fields }: AccountRow): Partial<SharedValues> {
  const names = Object.keys(patch) as (keyof SharedValues)[]; // patch has no other keys
  return Object.fromEntries(names.map((field) => [field, fields.shared[field]]));
}

export function partReadBack({ intent, source }: ClaimedPartWrite, { row, withheld }: PartOutcome): ReadBack {
  const { administrationId, part } = intent;
  const patch = withoutPartFields(intent.patch, withheld);
  const isOvertaken = withheld.length > 0 && Object.keys(patch).length === 0;
  const ref = { administrationId, kind: part.kind, exactId: row.exactId };
  return {
    intent: isOvertaken ? intent : { ...intent, patch },
    isOvertaken,
    notTaken: partFieldsNotTaken(patch, row.fields),
    store: async (tx, now) => {
      // What somebody else did comes with the next fetch, as a change that is compared.
      if (isOvertaken) return;
      const known = await tx.sourceParts.find(ref);
      const base = known ? baseOfPart(known, row.fields, Object.keys(patch)) : null;
      await tx.sourceParts.storeReadBack(
        {
          ...{ ...ref, sourceRelationId: source.id, fields: row.fields, base },
          modifiedAt: row.modifiedAt ?? null,
          written: valuesOf(row.fields, Object.keys(patch)),
        },
        now,
      );
    },
  };
}

/** Written fields agree from now on; what others changed stays to be compared. Null when none is left. */
function baseOfPart(
  { base, fields }: SourcePart,
  now: SourcePart['fields'],
  written: readonly string[],
): SourcePart['base'] {
  const next = { ...(base ?? fields), ...valuesOf(now, written) };
  return partFieldsNotTaken(next, now).length === 0 ? null : next;
}

function valuesOf(fields: SourcePart['fields'], names: readonly string[]): SourcePart['fields'] {
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
}

/** Written fields agree from now on; fields that Exact dropped or that others changed stay to be compared. Null when none is left. */
function baseAfter(
  patch: Partial<SharedValues>,
  known: { source: SharedValues; row: AccountRow; notTaken: readonly string[] },
): SharedValues | null {
  const { shared } = known.row.fields;
  const taken = Object.keys(patch).filter(
    (field) => !known.notTaken.includes(field),
  ) as (keyof SharedValues)[]; // patch has no other keys
  const base = { ...known.source, ...Object.fromEntries(taken.map((field) => [field, shared[field]])) };
  return fieldsNotTaken(base, shared).length === 0 ? null : base;
}
