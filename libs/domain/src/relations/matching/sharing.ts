import type { SharedKind } from './match-record.js';
import type { RecordTable } from './record-table.js';
import { slot } from './table-row.js';

/** Where a record's value of a kind stands, and where how many stems use it. */
export const sharedSlots = {
  phone: { value: slot.phone, stems: slot.phoneStems },
  mail: { value: slot.email, stems: slot.mailStems },
  domain: { value: slot.domain, stems: slot.domainStems },
  address: { value: slot.addressKey, stems: slot.addressStems },
  kvk: { value: slot.kvk, stems: slot.kvkStems },
} as const;

/** Records that use one value: positions, smallest first; a view that the next call reuses. */
export interface Users {
  readonly kind: SharedKind;
  /** Number of the value's text. */
  readonly value: number;
  readonly members: Int32Array;
  /** The first name's stem of every record of the table, as a number of a text. */
  readonly stemOf: Int32Array;
}

/** Visits the records of every phone, mailbox, domain, address, KvK number and account that two or more named records use. */
export function forEachSharing(table: RecordTable, visit: (users: Users) => void): void {
  const stemOf = new Int32Array(table.length);
  for (let r = 0; r < table.length; r++) stemOf[r] = table.names.firstStem(table.valueOf(r, slot.names));
  const counting = new Counting(table, stemOf);
  for (const kind of ['phone', 'mail', 'domain', 'address', 'kvk'] as const) {
    const at = sharedSlots[kind].value;
    counting.visit({ kind, visit }, (use) => {
      for (let r = 0; r < table.length; r++) use(table.valueOf(r, at), r);
    });
  }
  counting.visit({ kind: 'iban', visit }, (use) => {
    for (let r = 0; r < table.length; r++) forEachIban(table, r, use);
  });
}

/** Visits the accounts of a record, as numbers of texts; 0 where it has none. */
export function forEachIban(
  table: RecordTable,
  r: number,
  use: (value: number, record: number) => void,
): void {
  const list = table.valueOf(r, slot.ibanList);
  if (list === 0) use(table.valueOf(r, slot.iban), r);
  else for (const iban of table.ibanLists[list] ?? []) use(iban, r);
}

type ForEachUse = (use: (value: number, record: number) => void) => void;

/** Sorts by counting: how often each value is used, where its users begin, and then the users. Its lists serve every kind. */
class Counting {
  readonly #next: Int32Array;
  #users = new Int32Array(0);

  constructor(
    table: RecordTable,
    private readonly stemOf: Int32Array,
  ) {
    this.#next = new Int32Array(table.texts.size + 1);
  }

  visit({ kind, visit }: { kind: SharedKind; visit: (users: Users) => void }, forEachUse: ForEachUse): void {
    const { stemOf } = this;
    const next = this.#next.fill(0);
    // Only the first name of a record speaks for it.
    forEachUse((value, record) => {
      if (value !== 0 && stemOf[record] !== 0) next[value] = (next[value] ?? 0) + 1;
    });
    // First where the users of each value begin; once they are placed, where they end.
    let placed = 0;
    for (let value = 1; value < next.length; value++) {
      const count = next[value] ?? 0;
      next[value] = placed;
      placed += count;
    }
    if (this.#users.length < placed) this.#users = new Int32Array(placed);
    const users = this.#users;
    forEachUse((value, record) => {
      if (value === 0 || stemOf[record] === 0) return;
      const place = next[value] ?? 0;
      users[place] = record;
      next[value] = place + 1;
    });
    for (let value = 1, start = 0; value < next.length; value++) {
      const end = next[value] ?? 0;
      if (end - start > 1) visit({ kind, value, members: users.subarray(start, end), stemOf });
      start = end;
    }
  }
}
