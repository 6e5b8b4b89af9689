import { countStems, setShared } from './exclusivity.js';
import type { Features } from './features.js';
import { hashText } from './hash-text.js';
import { forEachShared, seeds, type Sharing } from './sharing.js';

/**
 * Counts over all records how many different name stems use each phone, mailbox, domain, bank account and address, and
 * writes the counts of shared values into the records' features.
 */
export function countShared(records: readonly Features[], sharing: Sharing): void {
  sharing.forEach((members, hash) => {
    const stems = new Set(members.map((r) => records[r]?.names[0]?.stem ?? ''));
    if (stems.size < 2) return;
    const count = countStems(stems);
    if (count < 2) return;
    for (const r of members) {
      const features = records[r];
      if (!features) continue;
      forEachShared(features, (kind, value) => {
        if (hashText(value, seeds[kind]) === hash) setShared(features, { kind, value }, count);
      });
    }
  });
}
