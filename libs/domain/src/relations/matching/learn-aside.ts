import type { FreeAnswer, FreeAnswers } from './free-answers.js';
import type { LearntModel } from './learnt-model.js';
import type { Reason } from './match-record.js';
import { asidePrefix, asideReasonOf } from './question-kinds.js';
import type { Answer, Released } from './release.js';
import { setAside } from './set-aside.js';

/** What a comparison of everything found that answers since are weighed by. */
export interface AsideGround {
  /** Pairs that joined by themselves. */
  readonly certain: number;
  /** Free answers by the kind of question, some of each. */
  readonly free: Readonly<Record<string, readonly FreeAnswer[]>>;
}

/** A question that may be set aside, or was answered, of a kind that answers set aside. */
export interface NotedQuestion {
  readonly questionKind: string;
  readonly score: number;
  readonly state: 'open' | 'same' | 'different';
  /** Whom it is about, the same text for the same two. */
  readonly party: string;
}

/** Free answers that are kept per kind. */
const freeKept = 100;

/** What is kept of a comparison: free answers spread over their scores where there are many. */
export function asideGroundOf(certain: number, free: FreeAnswers): AsideGround {
  const kept = [...free]
    .filter(([kind]) => kind.startsWith(asidePrefix))
    .map(([kind, answers]) => {
      const sorted = answers.toSorted(
        (one, other) => one.score - other.score || (one.verdict < other.verdict ? -1 : 1),
      );
      const count = Math.min(freeKept, sorted.length);
      return [
        kind,
        Array.from({ length: count }, (_, n) => sorted[Math.floor((n * sorted.length) / count)]),
      ] as const;
    });
  return {
    certain,
    free: Object.fromEntries(
      kept.map(([kind, answers]) => [kind, answers.filter((answer) => answer !== undefined)]),
    ),
  };
}

export interface LearntAside {
  readonly upTo: number;
  /** How many parties were found not to be one. */
  readonly answers: number;
}

/** The kinds of question that are set aside by what was learnt. */
export function asideOf(
  model: Pick<LearntModel, 'released' | 'answers'> | undefined,
): ReadonlyMap<string, LearntAside> {
  const { released = {}, answers = {} } = model ?? {};
  return new Map(
    Object.entries(released)
      .filter(([kind]) => kind.startsWith(asidePrefix))
      .map(([kind, upTo]) => [kind, { upTo, answers: answers[kind] ?? 0 }]),
  );
}

/** Why a question of that kind (its name) is not asked. */
export function asideReason(kind: string, { answers }: LearntAside): Reason {
  return { key: asideReasonOf(kind), params: { answers }, weight: 0 };
}

/** The kinds of question that the answers set aside, as `setAside` says: up to which score, and by how many answers. */
export function learnAside(
  questions: readonly NotedQuestion[],
  { certain, free }: AsideGround,
): ReadonlyMap<string, LearntAside> {
  const parties = new Map<string, number>();
  const partyOf = (party: string): number => {
    const known = parties.get(party) ?? parties.size;
    parties.set(party, known);
    return known;
  };
  const kinds = new Map(
    [...Map.groupBy(questions, ({ questionKind }) => questionKind)].map(([kind, noted]) => {
      const open = noted.filter(({ state }) => state === 'open').map(({ score }) => score);
      const answers = noted.flatMap(({ state, score, party }): Answer[] =>
        state === 'open' ? [] : [{ score, verdict: state, party: partyOf(party) }],
      );
      return [kind, { open, answers, free: free[kind] ?? [] }] as const;
    }),
  );
  const released: Released = setAside(kinds, certain);
  return new Map(
    Object.entries(released).map(([kind, upTo]) => [
      kind,
      { upTo, answers: countApart(kinds.get(kind)?.answers ?? [], upTo) },
    ]),
  );
}

/** The parties that were found not to be one, up to a score. */
export function countApart(answers: readonly Answer[], upTo: number): number {
  const apart = answers.filter(({ score, verdict }) => verdict === 'different' && score <= upTo);
  return new Set(apart.map(({ party }) => party)).size;
}
