import { countShared } from './count-shared.js';
import { applySharedToAll } from './exclusivity.js';
import { learnGroupWords } from './group-words.js';
import { indexJudgements } from './judgements.js';
import { buildKeyIndex, type KeyIndex } from './key-index.js';
import { groupWordsOf, nameModelOf, toLearntModel, type LearntModel } from './learnt-model.js';
import type { Judgement, MatchContext, MatchRecord } from './match-record.js';
import { countNames } from './name-model.js';
import type { Batch } from './pair-edges.js';
import { PairMemory } from './pair-memory.js';
import { readRecords, type ReadRecords, type ReportKeys, type ReportProgress } from './read-records.js';
import { regroupAll } from './regroup.js';
import { relationRules, type RelationRules } from './rules/relation-rules.js';

export interface PrepareOptions {
  /** By what records are matched, and were read if they were; as Koppel's own schema says without it. */
  readonly rules?: RelationRules | undefined;
  readonly judgements?: readonly Judgement[];
  readonly administrations: Batch['administrations'];
  readonly learnt?: LearntModel | undefined;
  readonly stemsUsing?: MatchContext['stemsUsing'];
  readonly onProgress?: ReportProgress | undefined;
  readonly onKeys?: ReportKeys | undefined;
  /** As in `ReadOptions`. */
  readonly expected?: number | undefined;
}

export interface Prepared {
  readonly batch: Batch;
  readonly index: KeyIndex;
  readonly learnt: LearntModel;
  /** The number under which the record in each place was read. */
  readonly order: Int32Array;
}

/** Reads all records and learns what only all of them together can tell; records that were read already serve once. */
export function prepareBatch(input: Iterable<MatchRecord> | ReadRecords, options: PrepareOptions): Prepared {
  const read = 'records' in input ? input : readRecords(input, options);
  const { records, order } = read;
  records.startComparing();
  const groupWords = options.learnt ? groupWordsOf(options.learnt) : learnGroupWords(records);
  regroupAll(records, groupWords);
  records.texts.endAdding();
  if (options.stemsUsing) applySharedToAll(records, options.stemsUsing);
  else countShared(records);
  const learnt = options.learnt ?? toLearntModel(countNames(records), groupWords);
  const knowledge = {
    rules: options.rules ?? relationRules,
    judgements: indexJudgements(options.judgements ?? []),
    nameModel: nameModelOf(learnt),
    released: learnt.released,
    answers: learnt.answers,
  };
  const index = buildKeyIndex(records, read.keys);
  read.keys = noKeys; // whoever still holds what was read would keep them all
  // After the index, which takes most memory while it is built.
  const pairs = new PairMemory(records, knowledge);
  const batch = { ...knowledge, records, pairs, administrations: options.administrations };
  return { batch, index, learnt, order };
}

const noKeys: ReadRecords['keys'] = { starts: new Int32Array(1), hashes: new Float64Array(0) };
