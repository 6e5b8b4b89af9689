import type { Features } from './features.js';
import type { NormalisedName } from './normalise-name.js';
import type { RecordTable } from './record-table.js';
import { slot } from './table-row.js';

/** Reads the words that were learnt to tell companies apart as group words, in all names of a record. */
export function regroup(features: Features, groupWords: ReadonlySet<string>): void {
  if (!features.names.some((name) => name.core.some((word) => groupWords.has(word)))) return;
  features.names = features.names.map((name) => regroupName(name, groupWords));
}

/** As `regroup`, for all records of a table. */
export function regroupAll(table: RecordTable, groupWords: ReadonlySet<string>): void {
  if (groupWords.size === 0) return;
  const { names, texts } = table;
  const isGroupWord = new Uint8Array(texts.size);
  for (const word of groupWords) {
    const id = texts.idOf(word);
    if (id < isGroupWord.length) isGroupWord[id] = 1;
  }
  for (let r = 0; r < table.length; r++) {
    const list = table.valueOf(r, slot.names);
    let hasGroupWord = false;
    names.forEachCore(list, (_, start, end) => {
      for (let at = start; at < end; at++)
        if (isGroupWord[names.pool.values[at] ?? 0] === 1) hasGroupWord = true;
    });
    if (!hasGroupWord) continue;
    const regrouped = names.read(list).map((name) => regroupName(name, groupWords));
    table.setValue(r, slot.names, names.add(regrouped));
  }
}

/** A name with its learnt words among its group words; as it was when nothing of the name would be left. */
function regroupName(name: NormalisedName, groupWords: ReadonlySet<string>): NormalisedName {
  const core = name.core.filter((word) => !groupWords.has(word));
  if (core.length === 0 || core.length === name.core.length || name.person) return name;
  const taken = name.core.filter((word) => groupWords.has(word));
  const group = withWords(name.group, taken);
  const groupAsWritten = withWords(name.groupAsWritten, taken);
  const stem = [...core].sort().join(' ') + ` ~${group}` + (name.numeral && ` #${name.numeral}`);
  return {
    ...name,
    core,
    group,
    groupAsWritten,
    stem,
    joined: core.join(''),
    wordCount: core.length,
    isCompany: true,
  };
}

function withWords(group: string, words: readonly string[]): string {
  return [...new Set([...(group ? group.split('+') : []), ...words])].sort().join('+');
}
