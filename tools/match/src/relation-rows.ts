import type { MatchRecord } from '@koppel/domain/matching';
import { InputError } from './input-error.js';

/** The columns that are read; all but `id` may be absent, and other columns are passed over. */
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

/** Makes the function that turns the cells of a row into a record, by the header's names. */
export function relationReader(header: readonly string[]): (cells: readonly string[]) => MatchRecord {
  const place = Object.fromEntries(
    relationColumns.map((column) => [column, columnIndex(header, column)]),
  ) as Record<RelationColumn, number>;
  return (cells) => toRecord((column) => cells[place[column]]?.trim() ?? '');
}

/** Where a column stands, -1 when it is absent; a name that occurs twice is an InputError. */
export function columnIndex(header: readonly string[], column: string): number {
  const at = header.indexOf(column);
  if (at !== header.lastIndexOf(column))
    throw new InputError('wrong-columns', `the header names the column "${column}" twice`);
  return at;
}

function toRecord(cell: (column: RelationColumn) => string): MatchRecord {
  const iban = cell('iban');
  return {
    id: cell('id'),
    administrationId: cell('administration'),
    code: null,
    name: cell('name'),
    kind: kindOf(cell('kind')),
    kvk: cell('kvk') || null,
    vat: cell('vat') || null,
    ibans: iban === '' ? [] : [iban],
    email: cell('email') || null,
    phone: cell('phone') || null,
    website: cell('website') || null,
    addressLine1: `${cell('street')} ${cell('houseNumber')}`.trim() || null,
    postcode: cell('postcode') || null,
    city: cell('city') || null,
    country: cell('country') || null,
    isBlocked: false,
    isOwnCompany: false,
  };
}

/** What the file says a relation is; any other word says nothing. */
function kindOf(text: string): 'company' | 'person' | null {
  const kind = text.toLowerCase();
  return kind === 'company' || kind === 'person' ? kind : null;
}
