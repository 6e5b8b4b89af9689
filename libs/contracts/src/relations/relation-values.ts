import * as z from 'zod';
import { id, line, moment } from '../values.js';

const text = z.string().nullable();

const addressOf = <T extends z.ZodType>(part: T) =>
  z.strictObject({
    line1: part,
    line2: part,
    line3: part,
    postcode: part,
    city: part,
    state: part,
    country: part,
  });
export const address = addressOf(text);
export const writtenAddress = addressOf(line(200).nullable());
export const sharedValues = z.strictObject({
  name: z.string(),
  tradeName: text,
  kvk: text,
  vat: text,
  rsin: text,
  address: address.nullable(),
  email: text,
  phone: text,
  website: text,
});
export type SharedValues = z.output<typeof sharedValues>;
export const sharedField = z.enum([
  'name',
  'tradeName',
  'kvk',
  'vat',
  'rsin',
  'address',
  'email',
  'phone',
  'website',
]);
export type SharedField = z.output<typeof sharedField>;

/** One account in one administration, as a person compares it. */
export const sourceRelation = z.strictObject({
  id,
  administrationId: id,
  administrationName: z.string(),
  administrationCode: text,
  code: text,
  values: sharedValues,
  roles: z.array(z.enum(['customer', 'supplier', 'other'])),
  isBlocked: z.boolean(),
  endsOn: text,
  isOwnCompany: z.boolean(),
  state: z.enum(['present', 'deleted']),
  /** A double that nobody books on. */
  isAlias: z.boolean(),
  /** Shared fields that its administration keeps to itself. */
  localFields: z.array(sharedField),
  modifiedAt: moment.nullable(),
  changedAt: moment,
  /** When each filled value was last changed in Exact; `isLatest` where it may have been earlier: Exact dates whole records. */
  valueDates: z.partialRecord(sharedField, z.strictObject({ at: moment, isLatest: z.boolean() })),
  contactPersons: z.int(),
  bankAccounts: z.array(z.string()),
  deepLink: text,
});
export type SourceRelation = z.output<typeof sourceRelation>;

/** Where a leading value comes from. */
export const origin = z.strictObject({
  kind: z.enum(['source', 'portal']),
  sourceRelationId: id.nullable(),
  administrationId: id.nullable(),
  administrationName: text,
  byName: text,
  at: moment.nullable(),
});

export const relationSummary = z.strictObject({
  id,
  name: z.string(),
  kvk: text,
  vat: text,
  city: text,
  email: text,
  roles: z.array(z.enum(['customer', 'supplier', 'other'])),
  isIntercompany: z.boolean(),
  state: z.enum(['active', 'merged', 'deleted']),
  administrations: z.array(
    z.strictObject({
      administrationId: id,
      name: z.string(),
      code: text,
      relationCode: text,
      isBlocked: z.boolean(),
      state: z.enum(['linked', 'deleted']),
    }),
  ),
  openConflicts: z.int(),
  openProposals: z.int(),
  updatedAt: moment,
});
export type RelationSummary = z.output<typeof relationSummary>;

export const action = z.strictObject({
  id,
  kind: z.string(),
  actorName: z.string(),
  at: moment,
  relationIds: z.array(id),
  summary: z.strictObject({ nl: z.string(), en: z.string() }),
  /** What the person wrote at it, such as the reason of ignoring an issue. */
  note: text,
  changes: z.array(z.strictObject({ field: z.string(), before: text, after: text })),
  isUndoable: z.boolean(),
  isUndone: z.boolean(),
  undoOf: id.nullable(),
  /** For an act of many at once: what they have in common, how many there are, and how many stand. */
  batch: z.strictObject({ id, acts: z.int(), standing: z.int() }).nullable(),
});
export type Action = z.output<typeof action>;

export const conflict = z.strictObject({
  id,
  relationId: id,
  relationName: z.string(),
  field: sharedField,
  base: text,
  candidates: z.array(
    z.strictObject({
      side: z.string(),
      administrationId: id.nullable(),
      administrationName: text,
      value: text,
      changedAt: moment.nullable(),
    }),
  ),
  openedAt: moment,
  version: z.int(),
});

export const relationDetail = z.strictObject({
  id,
  survivorId: id.nullable(),
  values: sharedValues,
  leading: z.record(z.string(), origin),
  state: z.enum(['active', 'merged', 'deleted']),
  isIntercompany: z.boolean(),
  isFrozen: z.boolean(),
  sources: z.array(sourceRelation),
  /** Active administrations that have no account of it; requested where one is being created. */
  notIn: z.array(
    z.strictObject({ administrationId: id, name: z.string(), code: text, isRequested: z.boolean() }),
  ),
  /** Of all sources, each once however it is printed. */
  bankAccounts: z.array(z.string()),
  conflicts: z.array(conflict),
  /** Values that are kept but do not look right. */
  warnings: z.array(
    z.strictObject({
      field: sharedField,
      warning: z.enum(['kvk-malformed', 'vat-check-fails', 'email-malformed', 'phone-malformed']),
    }),
  ),
  history: z.array(action),
  version: z.int(),
  updatedAt: moment,
});
export type RelationDetail = z.output<typeof relationDetail>;
