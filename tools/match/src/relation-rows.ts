import {
  relationSchema,
  type MatchRecord,
  type RelationField,
  type RelationSchema,
} from '@koppel/domain/matching';
import { InputError } from './input-error.js';

/** The columns that are read unless a schema names others; all but `id` may be absent, and other columns are passed over. */
export const relationColumns = [
  'id',
  'administration',
  'kind',
  'name',
  'kvk',
  'vat',
  'iban',
  'email',
  'phone',
  'website',
  'street',
  'houseNumber',
  'postcode',
  'city',
  'country',
] as const;

export type RelationColumn = (typeof relationColumns)[number];

/** Of which field of the schema a column is, and as which of its columns. */
const ofField: Readonly<Record<Exclude<RelationColumn, 'id' | 'administration'>, [RelationField, number]>> = {
  name: ['name', 0],
  kind: ['name', 1],
  kvk: ['kvk', 0],
  vat: ['vat', 0],
  iban: ['iban', 0],
  email: ['email', 0],
  phone: ['phone', 0],
  website: ['domain', 0],
  street: ['address', 0],
  houseNumber: ['address', 1],
  postcode: ['address', 2],
  city: ['address', 3],
  country: ['address', 4],
};

/** How many columns of a file a field is read from; 0 where it follows from others. */
export function columnsMaxOf(field: RelationField): number {
  return Object.values(ofField).filter(([read]) => read === field).length;
}

/** Makes the function that turns the cells of a row into a record, by the header's names and the columns of the schema. */
export function relationReader(
  header: readonly string[],
  schema: RelationSchema = relationSchema,
): (cells: readonly string[]) => MatchRecord {
  const placeOf = (column: RelationColumn): number => {
    const name = nameOf(column, schema, header);
    return name === undefined ? -1 : columnIndex(header, name);
  };
  const place = Object.fromEntries(relationColumns.map((column) => [column, placeOf(column)])) as Places;
  return (cells) => toRecord(cells, place);
}

/** The names of the columns that are read by a schema. */
export function relationColumnNames(schema: RelationSchema, header: readonly string[]): string[] {
  return relationColumns.map((column) => nameOf(column, schema, header)).filter((name) => name !== undefined);
}

function nameOf(
  column: RelationColumn,
  { id, source, fields }: RelationSchema,
  header: readonly string[],
): string | undefined {
  if (column === 'id') return header.includes(id) ? id : 'id';
  if (column === 'administration') return source;
  const [field, at] = ofField[column];
  return fields.find(({ name }) => name === field)?.columns[at];
}

/** Where a column stands, -1 when it is absent; a name that occurs twice is an InputError. */
export function columnIndex(header: readonly string[], column: string): number {
  const at = header.indexOf(column);
  if (at !== header.lastIndexOf(column))
    throw new InputError('wrong-columns', `the header names the column "${column}" twice`);
  return at;
}

type Places = Readonly<Record<RelationColumn, number>>;

function toRecord(cells: readonly string[], place: Places): MatchRecord {
  const cell = (at: number): string => cells[at]?.trim() ?? '';
  const iban = cell(place.iban);
  return {
    id: cell(place.id),
    administrationId: cell(place.administration),
    code: null,
    name: cell(place.name),
    kind: kindOf(cell(place.kind)),
    kvk: cell(place.kvk) || null,
    vat: cell(place.vat) || null,
    ibans: iban === '' ? [] : [iban],
    email: cell(place.email) || null,
    phone: cell(place.phone) || null,
    website: cell(place.website) || null,
    addressLine1: `${cell(place.street)} ${cell(place.houseNumber)}`.trim() || null,
    postcode: cell(place.postcode) || null,
    city: cell(place.city) || null,
    country: cell(place.country) || null,
    isBlocked: false,
    isOwnCompany: false,
  };
}

/** What the file says a relation is; any other word says nothing. */
function kindOf(text: string): 'company' | 'person' | null {
  const kind = text.toLowerCase();
  return kind === 'company' || kind === 'person' ? kind : null;
}
