import type { SharedKind } from './match-record.js';
import type { RecordTable } from './record-table.js';
import { slot } from './table-row.js';

/** Where a record's value of a kind stands, and where how many stems use it. */
export const sharedSlots = {
  phone: { value: slot.phone, stems: slot.phoneStems },
  mail: { value: slot.email, stems: slot.mailStems },
  domain: { value: slot.domain, stems: slot.domainStems },
  address: { value: slot.addressKey, stems: slot.addressStems },
} as const;

/** Records that use one value: positions, smallest first; a view that the next call reuses. */
export interface Users {
  readonly kind: SharedKind;
  /** Number of the value's text. */
  readonly value: number;
  readonly members: Int32Array;
}

/** Visits the records of every phone, mailbox, domain, address and account that two or more named records use. */
export function forEachSharing(table: RecordTable, visit: (users: Users) => void): void {
  for (const kind of ['phone', 'mail', 'domain', 'address'] as const) {
    const at = sharedSlots[kind].value;
    visitKind(table, { kind, visit }, (use) => {
      for (let r = 0; r < table.length; r++) use(table.valueOf(r, at), r);
    });
  }
  visitKind(table, { kind: 'iban', visit }, (use) => {
    for (let r = 0; r < table.length; r++) forEachIban(table, r, use);
  });
}

function forEachIban(table: RecordTable, r: number, use: (value: number, record: number) => void): void {
  const list = table.valueOf(r, slot.ibanList);
  if (list === 0) use(table.valueOf(r, slot.iban), r);
  else for (const iban of table.ibanLists[list] ?? []) use(iban, r);
}

type ForEachUse = (use: (value: number, record: number) => void) => void;

// Sorts by counting: how often each value is used, where its users begin, and then the users.
function visitKind(
  table: RecordTable,
  { kind, visit }: { kind: SharedKind; visit: (users: Users) => void },
  forEachUse: ForEachUse,
): void {
  const { texts } = table.texts;
  const ends = new Int32Array(texts.length + 1);
  // Only the first name of a record speaks for it.
  const isNamed = (record: number): boolean => table.valueOf(record, slot.names) !== 0;
  forEachUse((value, record) => {
    if (value !== 0 && isNamed(record)) ends[value] = (ends[value] ?? 0) + 1;
  });
  for (let value = 1; value < ends.length; value++) ends[value] = (ends[value] ?? 0) + (ends[value - 1] ?? 0);
  const users = new Int32Array(ends[texts.length - 1] ?? 0);
  const next = ends.slice();
  forEachUse((value, record) => {
    if (value === 0 || !isNamed(record)) return;
    const place = next[value - 1] ?? 0;
    users[place] = record;
    next[value - 1] = place + 1;
  });
  for (let value = 1; value < texts.length; value++) {
    const start = ends[value - 1] ?? 0;
    const end = ends[value] ?? 0;
    if (end - start > 1) visit({ kind, value, members: users.subarray(start, end) });
  }
}
