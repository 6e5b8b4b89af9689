import type { Judgement, Verdict } from './match-record.js';

/** A person's decisions by pair, whatever the order of the two. */
export interface JudgementIndex {
  readonly verdictOn: (a: string, b: string) => Verdict | null;
  /** Every judged pair once, smaller id first, sorted. */
  readonly pairs: readonly Judgement[];
}

/** Indexes judgements; of several on one pair the last counts, and one of a record with itself counts for nothing. */
export function indexJudgements(judgements: readonly Judgement[]): JudgementIndex {
  const byPair = new Map<string, Judgement>();
  for (const { a, b, verdict, isAnswer } of judgements) {
    if (a === b) continue;
    const [first, second] = a < b ? [a, b] : [b, a];
    byPair.set(pairKey(first, second), { a: first, b: second, verdict, isAnswer: isAnswer === true });
  }
  const pairs = [...byPair.keys()]
    .sort()
    .map((key) => byPair.get(key))
    .filter((pair) => pair !== undefined);
  const verdictOn = (a: string, b: string): Verdict | null => {
    if (byPair.size === 0) return null;
    return byPair.get(a < b ? pairKey(a, b) : pairKey(b, a))?.verdict ?? null;
  };
  return { verdictOn, pairs };
}

// JSON, because an id may hold any character.
function pairKey(first: string, second: string): string {
  return JSON.stringify([first, second]);
}
