import { countShared } from './count-shared.js';
import { applyShared } from './exclusivity.js';
import { learnGroupWords } from './group-words.js';
import { indexJudgements } from './judgements.js';
import { buildKeyIndex, type KeyIndex } from './key-index.js';
import { groupWordsOf, nameModelOf, toLearntModel, type LearntModel } from './learnt-model.js';
import type { Judgement, MatchContext, MatchRecord } from './match-record.js';
import { countNames } from './name-model.js';
import type { Batch } from './pair-edges.js';
import { PairMemory } from './pair-memory.js';
import { readRecords, type ReportKeys, type ReportProgress } from './read-records.js';
import { regroup } from './regroup.js';
import { Sharing } from './sharing.js';

export interface PrepareOptions {
  readonly judgements?: readonly Judgement[];
  readonly administrations: Batch['administrations'];
  readonly learnt?: LearntModel | undefined;
  readonly stemsUsing?: MatchContext['stemsUsing'];
  readonly onProgress?: ReportProgress | undefined;
  readonly onKeys?: ReportKeys | undefined;
}

export interface Prepared {
  readonly batch: Batch;
  readonly index: KeyIndex;
  readonly learnt: LearntModel;
}

/** Reads all records and learns what only all of them together can tell. */
export function prepareBatch(input: Iterable<MatchRecord>, options: PrepareOptions): Prepared {
  const { records, keys } = readRecords(input, options.onProgress, options.onKeys);
  const sharing = new Sharing(records);
  const groupWords = options.learnt ? groupWordsOf(options.learnt) : learnGroupWords(records, sharing);
  regroup(records, groupWords);
  if (options.stemsUsing) for (const features of records) applyShared(features, options.stemsUsing);
  else countShared(records, sharing);
  const learnt = options.learnt ?? toLearntModel(countNames(records), groupWords);
  const knowledge = {
    judgements: indexJudgements(options.judgements ?? []),
    nameModel: nameModelOf(learnt),
  };
  const pairs = new PairMemory(records, knowledge);
  const batch = { ...knowledge, records, pairs, administrations: options.administrations };
  return { batch, index: buildKeyIndex(records, keys), learnt };
}
