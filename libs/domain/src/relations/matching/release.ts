import type { FreeAnswer } from './free-answers.js';
import { expectedAgainst, unseen } from './vouched.js';

/** A person's answer to a question. */
export interface Answer {
  readonly score: number;
  readonly verdict: 'same' | 'different';
  /** Whom it is about: answers on one party teach no more than one does. */
  readonly party: number;
}

/** Questions of one kind: what holds them back, and how their names compare. */
export interface KindOfQuestion {
  /** Scores (bits) of the questions, each that of its best pair. */
  readonly open: readonly number[];
  /** Those of all pairs that joining makes: of two records and three a question makes six. */
  readonly pairs?: readonly number[];
  /** What persons answered on pairs of this kind, one by one. */
  readonly answers: readonly Answer[];
  /** What registration numbers say of pairs that would be of this kind without them (free-answers.ts). */
  readonly free?: readonly FreeAnswer[];
}

/**
 * From which score on (bits) a kind of question needs no answer any more, since the two are one; for kinds that are set aside
 * (question-kinds.ts) up to which score, since they are not.
 */
export type Released = Readonly<Record<string, number>>;

/** What may be wrong of the pairs that are released. */
const ownErrorsMax = 0.025;
/** What may be wrong of all that joins by itself. */
const errorsMax = 0.001;
/** How many parties must have been found to be one before a kind is released: half a wrong one beside them is one in forty. */
export const answersNeeded = Math.ceil(unseen / ownErrorsMax - 2 * unseen);
/** Nothing is released on fewer, whatever free answers say. */
export const answersMin = 15;
/** An answer "not the same" casts its doubt this far up (bits). */
const doubtBits = 1;
const rounding = 1e-9;
/** Thresholds that are tried per kind, the lowest first. */
const thresholdsMax = 20;

/**
 * Which questions a tenant's own answers make needless (matching.md, section 3, "Learning thresholds from the user"): of each
 * kind those from the lowest score on of which one in forty at most is expected to be wrong. That takes 19 parties found to
 * be one, with as low scores as the questions have, and fewer where free answers say so too, 15 at least. Only answers a bit
 * above every "not the same" count, and they must be most of the kind's answers. What joins by itself, `certain` pairs and these together, must be expected to be right for .999 at least;
 * until then the kinds go that risk most. (A lower 95 % bound of .999 would ask for 3,000 answers.) Scores are taken to be in
 * order: a higher one is never less probable.
 */
export function releaseQuestions(kinds: ReadonlyMap<string, KindOfQuestion>, certain: number): Released {
  let chosen = [...kinds].flatMap(([kind, questions]) => candidateOf(kind, questions) ?? []);
  chosen.sort((one, other) => one.errors / one.open - other.errors / other.open || byKind(one, other));
  while (chosen.length > 0 && !isSafe(chosen, certain)) chosen = chosen.slice(0, -1); // at most as many as there are kinds
  return Object.fromEntries(chosen.sort(byKind).map(({ kind, from }) => [kind, from]));
}

interface Candidate {
  readonly kind: string;
  readonly from: number;
  /** Pairs that it releases. */
  readonly open: number;
  /** How many of them are expected to be wrong. */
  readonly errors: number;
}

function byKind(one: Candidate, other: Candidate): number {
  return one.kind < other.kind ? -1 : 1;
}

function candidateOf(
  kind: string,
  { open, pairs = open, answers, free = [] }: KindOfQuestion,
): Candidate | null {
  const right = scoresOfParties(answers);
  const questions = [...open].sort(ascending);
  const step = Math.ceil(right.length / thresholdsMax);
  for (let position = 0; position < right.length; position += step) {
    const from = right[position] ?? 0;
    const own = right.slice(position);
    if (countBelow(questions, from) === questions.length || own.length < answersMin) return null;
    const rate = joinedWrongly(own, { open: questions, free });
    if (rate <= ownErrorsMax + rounding) {
      const count = pairs.filter((score) => score >= from).length;
      return { kind, from, open: count, errors: rate * count };
    }
  }
  return null;
}

/** Whether answers "same" at these scores (ascending) release the other questions of a kind from the lowest of them on. */
export function doRelease(
  own: readonly number[],
  { open, free = [] }: Pick<KindOfQuestion, 'open' | 'free'>,
): boolean {
  return own.length >= answersMin && joinedWrongly(own, { open, free }) <= ownErrorsMax + rounding;
}

/** What part of the questions from the lowest of these scores on is expected to be no relation. `open` is ascending. */
function joinedWrongly(
  own: readonly number[],
  { open, free }: { readonly open: readonly number[]; readonly free: readonly FreeAnswer[] },
): number {
  const from = own[0] ?? 0;
  return expectedAgainst(open.slice(countBelow(open, from)), {
    own: own.map((at) => ({ at, isAgainst: false })),
    free: free
      .filter(({ score }) => score >= from)
      .map(({ score: at, verdict }) => ({ at, isAgainst: verdict === 'different' })),
  });
}

/** The lowest score of every party without a doubt, lowest first; none where they are not most of the answers. */
function scoresOfParties(answers: readonly Answer[]): readonly number[] {
  let doubtTo = Number.NEGATIVE_INFINITY;
  for (const { score, verdict } of answers)
    if (verdict === 'different') doubtTo = Math.max(doubtTo, score + doubtBits);
  const lowest = new Map<number, number>();
  let doubted = 0;
  for (const { score, party } of answers) {
    if (score < doubtTo) doubted++;
    else lowest.set(party, Math.min(score, lowest.get(party) ?? score));
  }
  return lowest.size > doubted ? [...lowest.values()].sort(ascending) : [];
}

function ascending(one: number, other: number): number {
  return one - other;
}

/** How many of the ascending scores are lower. */
function countBelow(scores: readonly number[], bound: number): number {
  const at = scores.findIndex((score) => score >= bound);
  return at < 0 ? scores.length : at;
}

function isSafe(chosen: readonly Candidate[], certain: number): boolean {
  const sumOf = (of: (candidate: Candidate) => number): number =>
    chosen.reduce((sum, each) => sum + of(each), 0);
  return sumOf(({ errors }) => errors) <= errorsMax * (certain + sumOf(({ open }) => open));
}
