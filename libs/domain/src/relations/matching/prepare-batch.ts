import { countShared } from './count-shared.js';
import { learnGroupWords } from './group-words.js';
import { indexJudgements } from './judgements.js';
import type { Judgement, MatchRecord } from './match-record.js';
import { countNames } from './name-model.js';
import type { Batch } from './pair-edges.js';
import { readRecords, type ReportKeys, type ReportProgress } from './read-records.js';
import { regroup } from './regroup.js';

export interface PrepareOptions {
  readonly judgements?: readonly Judgement[];
  readonly administrations: Batch['administrations'];
  readonly onProgress?: ReportProgress | undefined;
  readonly onKeys?: ReportKeys | undefined;
}

/** Reads all records and learns what only all of them together can tell. */
export function prepareBatch(input: Iterable<MatchRecord>, options: PrepareOptions): Batch {
  const records = readRecords(input, options.onProgress, options.onKeys);
  regroup(records, learnGroupWords(records));
  countShared(records);
  return {
    records,
    judgements: indexJudgements(options.judgements ?? []),
    administrations: options.administrations,
    nameModel: countNames(records),
  };
}
