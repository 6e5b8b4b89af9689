import { countStems } from './exclusivity.js';
import type { RecordTable } from './record-table.js';
import { forEachSharing, sharedSlots } from './sharing.js';

/**
 * Counts over all records how many different name stems use each phone, mailbox, domain, bank account, address and KvK number, and
 * writes the counts of shared values into the table.
 */
export function countShared(table: RecordTable): void {
  forEachSharing(table, ({ kind, value, members, stemOf }) => {
    const first = stemOf[members[0] ?? 0];
    if (members.every((record) => stemOf[record] === first)) return;
    const stems = new Set<number>();
    for (const record of members) stems.add(stemOf[record] ?? 0);
    const count = countStems(Array.from(stems, (stem) => table.texts.textOf(stem)));
    if (count < 2) return;
    if (kind === 'iban') table.ibanStems.set(value, count);
    else for (const record of members) table.setValue(record, sharedSlots[kind].stems, count);
  });
}
