import { countShared } from './count-shared.js';
import { learnGroupWords } from './group-words.js';
import { indexJudgements } from './judgements.js';
import { buildKeyIndex, type KeyIndex } from './key-index.js';
import type { Judgement, MatchRecord } from './match-record.js';
import { countNames } from './name-model.js';
import type { Batch } from './pair-edges.js';
import { PairMemory } from './pair-memory.js';
import { readRecords, type ReportKeys, type ReportProgress } from './read-records.js';
import { regroup } from './regroup.js';
import { Sharing } from './sharing.js';

export interface PrepareOptions {
  readonly judgements?: readonly Judgement[];
  readonly administrations: Batch['administrations'];
  readonly onProgress?: ReportProgress | undefined;
  readonly onKeys?: ReportKeys | undefined;
}

/** Reads all records and learns what only all of them together can tell. */
export function prepareBatch(
  input: Iterable<MatchRecord>,
  options: PrepareOptions,
): { readonly batch: Batch; readonly index: KeyIndex } {
  const { records, keys } = readRecords(input, options.onProgress, options.onKeys);
  const sharing = new Sharing(records);
  regroup(records, learnGroupWords(records, sharing));
  countShared(records, sharing);
  const knowledge = {
    judgements: indexJudgements(options.judgements ?? []),
    nameModel: countNames(records),
  };
  const pairs = new PairMemory(records, knowledge);
  const batch = { ...knowledge, records, pairs, administrations: options.administrations };
  return { batch, index: buildKeyIndex(records, keys) };
}
