import { calendarDayMs, wallTimeMs } from '../odata/amsterdam-time.js';
import type { TableName } from '../store/division.js';
import type { Value } from '../store/rows.js';
import { parseFields, type Field, type FieldDeclaration, type Reader } from './edm.js';

export type ReferenceTarget = TableName | 'Users';

/** What is written down about an entity; the rest is worked out from it. */
export interface EntitySpec {
  /** 'none' for what is no record of a division: the divisions themselves, the user. */
  readonly table: TableName | 'none';
  /** `service/Set`, as in Exact's address. */
  readonly path: string;
  /** The end of `Exact.Web.Api.Models.…` in `__metadata.type`. */
  readonly model: string;
  readonly key: string;
  readonly fields: string;
  /** The property that names the account a record belongs to. */
  readonly owner?: string;
  /** GUID properties that point into the same division (stored as row numbers). */
  readonly references?: Readonly<Record<string, ReferenceTarget>>;
  /** Fixed widths: the value is padded with blanks on the right. */
  readonly widths?: Readonly<Record<string, number>>;
  readonly defaults?: Readonly<Record<string, Value>>;
  readonly readers?: Readonly<Record<string, Reader>>;
  /** Collections that can be followed or expanded: property -> table that points back by `$account` or `EntryID`. */
  readonly collections?: Readonly<Record<string, TableName>>;
}

export interface Entity extends EntitySpec {
  readonly fieldList: readonly Field[];
  readonly fieldByName: ReadonlyMap<string, Field>;
}

const COMMON_READERS: Readonly<Record<string, Reader>> = {
  Created: (row) => wallTimeMs(row.$created),
  Modified: (row) => wallTimeMs(row.$modified),
  Creator: (row, division) => division.users.guid(row.$creator),
  CreatorFullName: (row, division) => division.users.fullName(row.$creator),
  Modifier: (row, division) => division.users.guid(row.$modifier),
  ModifierFullName: (row, division) => division.users.fullName(row.$modifier),
  Division: (_row, division) => division.code,
};

/** Works out an entity: every declared property gets the function that reads it from a stored row. */
export function defineEntity(spec: EntitySpec): Entity {
  const fieldList = parseFields(spec.fields).map((field) => ({ ...field, read: readerFor(spec, field) }));
  return { ...spec, fieldList, fieldByName: new Map(fieldList.map((field) => [field.name, field])) };
}

/** Midnight of the Dutch day at an instant, for readers of date-only properties. */
export const dayOf = calendarDayMs;

function readerFor(spec: EntitySpec, field: FieldDeclaration): Reader {
  const { name } = field;
  const own = spec.readers?.[name];
  if (own) return own;
  const { table } = spec;
  if (name === spec.key && field.type === 'guid' && table !== 'none') {
    return (row, division) => division.tables[table].guid(row.$row);
  }
  const common = COMMON_READERS[name];
  if (common) return common;
  const target = spec.references?.[name];
  if (target) return referenceReader(name, target);
  return plainReader(spec, field);
}

function referenceReader(name: string, target: ReferenceTarget): Reader {
  return (row, division) => {
    const number = row[name];
    if (typeof number !== 'number') return null;
    return target === 'Users' ? division.users.guid(number) : division.tables[target].guid(number);
  };
}

function plainReader(spec: EntitySpec, field: FieldDeclaration): Reader {
  const { name } = field;
  const fallback = spec.defaults?.[name] ?? null;
  const width = spec.widths?.[name];
  if (width === undefined) return (row) => row[name] ?? fallback;
  return (row) => {
    const value = row[name] ?? fallback;
    return typeof value === 'string' ? value.padEnd(width) : value;
  };
}
