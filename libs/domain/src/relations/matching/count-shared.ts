import { countStems } from './exclusivity.js';
import type { RecordTable } from './record-table.js';
import { forEachSharing, sharedSlots } from './sharing.js';
import { slot } from './table-row.js';

/**
 * Counts over all records how many different name stems use each phone, mailbox, domain, bank account and address, and
 * writes the counts of shared values into the table.
 */
export function countShared(table: RecordTable): void {
  const stems = new Set<number>();
  forEachSharing(table, ({ kind, value, members }) => {
    stems.clear();
    for (const record of members) stems.add(table.names.firstStem(table.valueOf(record, slot.names)));
    if (stems.size < 2) return;
    const count = countStems(Array.from(stems, (stem) => table.texts.textOf(stem)));
    if (count < 2) return;
    if (kind === 'iban') table.ibanStems.set(table.texts.textOf(value), count);
    else for (const record of members) table.setValue(record, sharedSlots[kind].stems, count);
  });
}
