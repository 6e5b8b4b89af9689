import type { Features } from './features.js';
import type { NormalisedName } from './normalise-name.js';

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
const namesMin = 500;

/**
 * Counts words over different names, so that a relation that occurs often does not make its own name usual. No stems and no
 * counts where there are too few names.
 */
export function countNames(records: readonly Features[]): {
  readonly stems: number;
  readonly counts: ReadonlyMap<string, number>;
} {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  for (const { names } of records) {
    for (const name of names) {
      if (seen.has(name.stem)) continue;
      seen.add(name.stem);
      countWords(name, counts);
    }
  }
  return seen.size < namesMin ? { stems: 0, counts: new Map() } : { stems: seen.size, counts };
}

function countWords(name: NormalisedName, counts: Map<string, number>): void {
  for (const word of new Set(name.core)) counts.set(word, (counts.get(word) ?? 0) + 1);
}
