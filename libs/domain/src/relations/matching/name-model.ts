import type { RecordTable } from './record-table.js';
import { slot } from './table-row.js';

/** What the records together teach about names: how usual a word is, and which words tell companies of a group apart. */
export interface NameModel {
  /** Different names among the records; 0 when nothing was learnt. */
  readonly stems: number;
  /** In how many different names a word occurs. */
  readonly stemsWith: (word: string) => number;
}

/** Nothing learnt: the built-in lists speak alone. */
export const noNameModel: NameModel = { stems: 0, stemsWith: () => 0 };

/** Fewer names than this teach too little: the built-in lists speak alone. */
export const namesMin = 500;

/**
 * Counts words over different names, so that a relation that occurs often does not make its own name usual. No stems and no
 * counts where there are too few names.
 */
export function countNames(table: RecordTable): {
  readonly stems: number;
  readonly counts: ReadonlyMap<string, number>;
} {
  const { texts } = table;
  const isSeen = new Uint8Array(texts.size);
  const namesWith = new Int32Array(texts.size);
  let stems = 0;
  for (let r = 0; r < table.length; r++) {
    table.names.forEachCore(table.valueOf(r, slot.names), (stem, start, end) => {
      if (isSeen[stem] === 1) return;
      isSeen[stem] = 1;
      stems++;
      const words = table.names.pool.values;
      for (let at = start; at < end; at++) {
        const word = words[at] ?? 0;
        if (words.indexOf(word, start) === at) namesWith[word] = (namesWith[word] ?? 0) + 1;
      }
    });
  }
  const counts = new Map<string, number>();
  if (stems < namesMin) return { stems: 0, counts };
  namesWith.forEach((count, word) => count > 1 && counts.set(texts.textOf(word), count));
  return { stems, counts };
}
