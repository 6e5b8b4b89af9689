import type { Features } from './features.js';
import type { NormalisedName } from './normalise-name.js';

/** Reads the words that were learnt to tell companies apart as group words, in all names of all records. */
export function regroup(records: Features[], groupWords: ReadonlySet<string>): void {
  if (groupWords.size === 0) return;
  const known = new Map<NormalisedName, NormalisedName>();
  for (const features of records) {
    if (!features.names.some((name) => name.core.some((word) => groupWords.has(word)))) continue;
    features.names = features.names.map((name) => {
      const found = known.get(name) ?? regroupName(name, groupWords);
      known.set(name, found);
      return found;
    });
  }
}

/** A name with its learnt words among its group words; as it was when nothing of the name would be left. */
function regroupName(name: NormalisedName, groupWords: ReadonlySet<string>): NormalisedName {
  const core = name.core.filter((word) => !groupWords.has(word));
  if (core.length === 0 || core.length === name.core.length || name.person) return name;
  const taken = name.core.filter((word) => groupWords.has(word));
  const groups = new Set([...(name.group ? name.group.split('+') : []), ...taken]);
  const group = [...groups].sort().join('+');
  const stem = [...core].sort().join(' ') + ` ~${group}` + (name.numeral && ` #${name.numeral}`);
  return { ...name, core, group, stem, joined: core.join(''), wordCount: core.length, isCompany: true };
}
