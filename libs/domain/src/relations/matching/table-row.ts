import type { Features, SharedCounts } from './features.js';
import type { VatNumber } from './normalise-identifiers.js';
import type { RecordTable } from './record-table.js';

/** What stands where among the numbers of a record: numbers of texts, but for those that say otherwise. */
export const slot = {
  administration: 0,
  code: 1,
  /** `ownCompanyFlag` and `postbusFlag`. */
  flags: 2,
  /** A place in the pool of names. */
  names: 3,
  kvk: 4,
  branch: 5,
  vatCountry: 6,
  vatRoot: 7,
  vatSuffix: 8,
  /** 0 without a VAT number, else one more than the place in `vatKinds`. */
  vatKind: 9,
  rsin: 10,
  /** The first account. */
  iban: 11,
  /** Number of the list of all accounts, where there are several. */
  ibanList: 12,
  email: 13,
  phone: 14,
  domain: 15,
  country: 16,
  postcode: 17,
  street: 18,
  number: 19,
  addition: 20,
  city: 21,
  addressKey: 22,
  /** Counts of stems. */
  phoneStems: 23,
  mailStems: 24,
  domainStems: 25,
  addressStems: 26,
  kvkStems: 27,
} as const;

/** Numbers per record. */
export const slots = 28;

const otherSlots: readonly number[] = [
  ...[slot.flags, slot.names, slot.vatKind, slot.ibanList],
  ...[slot.phoneStems, slot.mailStems, slot.domainStems, slot.addressStems, slot.kvkStems],
];

/** Where numbers of texts stand. */
export const textSlots: readonly number[] = Object.values(slot).filter((at) => !otherSlots.includes(at));

/** One of the coupled administrations itself. */
export const ownCompanyFlag = 1;
/** The address is a PO box. */
export const postbusFlag = 2;

export const vatKinds: readonly VatNumber['kind'][] = ['entity', 'sole-trader', 'foreign'];

const noIbans: readonly string[] = [];
const noIbanCounts: SharedCounts['ibans'] = [];

/** One record of a table, as features of its own. */
export function readRow(table: RecordTable, record: number): Features {
  const text = (at: number): string => table.texts.textOf(table.valueOf(record, at));
  const textOrNull = (at: number): string | null =>
    table.valueOf(record, at) === 0 ? null : table.texts.textOf(table.valueOf(record, at));
  const flags = table.valueOf(record, slot.flags);
  const ibans = ibansOf(table, record);
  const addressKey = textOrNull(slot.addressKey);
  return {
    id: table.ids.at(record),
    administrationId: text(slot.administration),
    code: text(slot.code),
    isOwnCompany: (flags & ownCompanyFlag) !== 0,
    names: table.names.read(table.valueOf(record, slot.names)),
    kvk: textOrNull(slot.kvk),
    branch: textOrNull(slot.branch),
    vat: vatOf(table, record),
    rsin: textOrNull(slot.rsin),
    ibans,
    email: textOrNull(slot.email),
    phone: textOrNull(slot.phone),
    domain: textOrNull(slot.domain),
    address: {
      country: text(slot.country),
      postcode: text(slot.postcode),
      street: text(slot.street),
      number: text(slot.number),
      addition: text(slot.addition),
      city: text(slot.city),
      isPostbus: (flags & postbusFlag) !== 0,
      key: addressKey,
    },
    addressKey,
    shared: {
      phone: table.valueOf(record, slot.phoneStems),
      mail: table.valueOf(record, slot.mailStems),
      domain: table.valueOf(record, slot.domainStems),
      address: table.valueOf(record, slot.addressStems),
      kvk: table.valueOf(record, slot.kvkStems),
      ibans: ibanCounts(table, record),
    },
  };
}

function ibansOf(table: RecordTable, record: number): readonly string[] {
  const list = table.valueOf(record, slot.ibanList);
  if (list !== 0) return (table.ibanLists[list] ?? []).map((iban) => table.texts.textOf(iban));
  const iban = table.valueOf(record, slot.iban);
  return iban === 0 ? noIbans : [table.texts.textOf(iban)];
}

function vatOf(table: RecordTable, record: number): VatNumber | null {
  const kind = vatKinds[table.valueOf(record, slot.vatKind) - 1];
  if (!kind) return null;
  const text = (at: number): string => table.texts.textOf(table.valueOf(record, at));
  return { country: text(slot.vatCountry), root: text(slot.vatRoot), suffix: text(slot.vatSuffix), kind };
}

function ibanCounts(table: RecordTable, record: number): SharedCounts['ibans'] {
  const { ibanStems } = table;
  const iban = table.valueOf(record, slot.iban);
  if (ibanStems.size === 0 || iban === 0) return noIbanCounts;
  const list = table.valueOf(record, slot.ibanList);
  if (list !== 0) return (table.ibanLists[list] ?? []).map((one) => ibanStems.get(one) ?? 1);
  const stems = ibanStems.get(iban);
  return stems === undefined ? noIbanCounts : [stems];
}
