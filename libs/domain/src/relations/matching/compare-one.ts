import { applyShared } from './exclusivity.js';
import { evaluate, type Knowledge } from './evaluate.js';
import { explain } from './explain.js';
import type { Features } from './features.js';
import { indexJudgements } from './judgements.js';
import { groupWordsOf, nameModelOf, nothingLearnt } from './learnt-model.js';
import type { MatchContext, MatchRecord, PairVerdict } from './match-record.js';
import { regroup } from './regroup.js';
import { relationRules } from './rules/relation-rules.js';

/** Compares two records. Symmetric: the verdict names the smaller id first, whatever the order of the arguments. */
export function comparePair(a: MatchRecord, b: MatchRecord, context: MatchContext = {}): PairVerdict {
  const knowledge = knowledgeOf(context);
  return explain(evaluate(inContext(a, context), inContext(b, context), knowledge));
}

/**
 * Compares a new or changed record with the candidates that its keys brought up (see `candidateKeys`); the best first, ties
 * by id. The record itself among the candidates is left out.
 */
export function compareOne(
  record: MatchRecord,
  candidates: readonly MatchRecord[],
  context: MatchContext = {},
): PairVerdict[] {
  const knowledge = knowledgeOf(context);
  const features = inContext(record, context);
  return candidates
    .filter((candidate) => candidate.id !== record.id)
    .map((candidate) => explain(evaluate(features, inContext(candidate, context), knowledge)))
    .sort((one, other) => other.score - one.score || (one.a + one.b < other.a + other.b ? -1 : 1));
}

function knowledgeOf(context: MatchContext): Knowledge {
  return {
    rules: relationRules,
    judgements: indexJudgements(context.judgements ?? []),
    nameModel: nameModelOf(context.learnt ?? nothingLearnt),
    released: (context.learnt ?? nothingLearnt).released,
    answers: (context.learnt ?? nothingLearnt).answers,
  };
}

function inContext(record: MatchRecord, context: MatchContext): Features {
  const features = relationRules.toFeatures(record);
  regroup(features, groupWordsOf(context.learnt ?? nothingLearnt));
  return context.stemsUsing ? applyShared(features, context.stemsUsing) : features;
}
