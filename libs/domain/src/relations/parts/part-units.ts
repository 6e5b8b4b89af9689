import type { PartKind } from '../../sync/index.js';
import { normaliseIban } from '../matching/index.js';
import type { PartFields } from './source-part.js';

/** Fields of a part that are compared and written as one: half an address is none (C16). */
export interface PartUnit {
  readonly name: 'address' | 'name' | 'jobTitle' | 'email' | 'phone' | 'mobile' | 'number';
  readonly fields: readonly string[];
}

const address: PartUnit = {
  name: 'address',
  fields: ['line1', 'line2', 'line3', 'mailbox', 'postcode', 'city', 'state', 'country'],
};

/** A bank account's number, however Exact gives it. */
export const bankNumber: PartUnit = { name: 'number', fields: ['iban', 'number'] };

/** What is shared of each kind of part. A bank account's number spreads only after approval (product.md 3.3). */
export const partUnits: Readonly<Record<PartKind, readonly PartUnit[]>> = {
  address: [address],
  contact: [
    { name: 'name', fields: ['firstName', 'middleName', 'lastName', 'initials'] },
    { name: 'jobTitle', fields: ['jobTitle'] },
    { name: 'email', fields: ['email'] },
    { name: 'phone', fields: ['phone'] },
    { name: 'mobile', fields: ['mobile'] },
  ],
  'bank-account': [bankNumber],
};

/** Exact fills these in by itself: alone they say nothing. */
const saysNothing: ReadonlySet<string> = new Set(['country', 'state', 'initials']);

/** What a unit says, however it is written; empty when it says nothing. */
export function spellingOf(unit: PartUnit, fields: PartFields): string {
  if (unit.name === 'number') return bankNumberOf(fields);
  const texts = unit.fields.map((field) => [field, squeezed(fields[field])] as const);
  if (texts.every(([field, text]) => text === '' || saysNothing.has(field))) return '';
  return texts.map(([field, text]) => spellingOfField(field, text)).join('\n');
}

/** The unit for people to read, on one line. */
export function textOfUnit(unit: PartUnit, fields: PartFields): string {
  if (unit.name === 'number') return bankNumberOf(fields);
  return unit.fields
    .map((field) => squeezed(fields[field]))
    .filter((text) => text !== '')
    .join(unit.name === 'address' ? ', ' : ' ');
}

/** The unit's fields as they are to be written. */
export function patchOf(unit: PartUnit, fields: PartFields): PartFields {
  return Object.fromEntries(unit.fields.map((field) => [field, fields[field] ?? null]));
}

/** The patched fields, in the sets that are written or withheld as one. Only a contact person is written field by field. */
export function fieldsTogether(kind: PartKind, patch: PartFields): string[][] {
  const fields = Object.keys(patch);
  if (kind !== 'contact') return [fields];
  const unitOf = (field: string) =>
    partUnits.contact.find((unit) => unit.fields.includes(field))?.name ?? field;
  return [...Map.groupBy(fields, unitOf).values()];
}

/** Whether two parts say the same in a unit. */
export function agrees(unit: PartUnit, one: PartFields, other: PartFields): boolean {
  return spellingOf(unit, one) === spellingOf(unit, other);
}

/** A bank account's number: the IBAN where there is one, without blanks. */
export function bankNumberOf(fields: PartFields): string {
  const text = squeezed(fields['iban']) || squeezed(fields['number']);
  return normaliseIban(text) ?? text.replace(/\s+/g, '').toUpperCase();
}

export function squeezed(value: PartFields[string] | undefined): string {
  return typeof value === 'string' ? value.normalize('NFC').replace(/\s+/g, ' ').trim() : '';
}

function spellingOfField(field: string, text: string): string {
  if (field === 'email') return text.toLowerCase();
  if (field === 'postcode') return text.replace(/ /g, '').toLowerCase();
  if (field === 'phone' || field === 'mobile')
    return text
      .replace(/\(0\)/g, '')
      .replace(/[^\d+]/g, '')
      .replace(/^(\+|00)31/, '0');
  return address.fields.includes(field) ? text.toLowerCase() : text;
}
