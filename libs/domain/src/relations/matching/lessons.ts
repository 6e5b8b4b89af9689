import type { FreeAnswer, FreeAnswers } from './free-answers.js';
import { isAsideKind, nameOfKind } from './question-kinds.js';
import { answersMin, doRelease } from './release.js';
import { probabilityOf } from './score.js';
import { doSetAside } from './set-aside.js';
import type { OpenQuestion } from './teaching-order.js';

/** Fewer free answers than these say nothing. */
const freeMin = 10;
/** A kind that takes more answers than these is not worth them. */
const lessonsMax = 40;
/** Some lessons more than it takes, should a few turn out otherwise. */
const spare = 2;
/** How often a kind can be set aside of which no free answer tells, as far as one can tell before anybody has answered. */
const asideChance = 0.5;
/** More lessons where they are doubtful: such a one vouches for all that is less so. */
const doubtfulFirst = 3;
/** From how many scores on a kind is tried. */
const rangesMax = 40;

interface Lessons {
  /** What to ask, most telling first. */
  readonly chosen: readonly number[];
  /** Questions that answers on these would spare, times the chance that these all say the same. */
  readonly value: number;
}

/**
 * What fills kinds of questions, as positions in `questions`: the kind first that spares most questions per answer, by its scores and
 * by what free answers say; of a kind spread over its scores, and one question per party.
 */
export function lessonsOf(
  questions: readonly OpenQuestion[],
  { partyOf, free }: { readonly partyOf: (group: number) => number; readonly free: FreeAnswers },
): readonly number[] {
  const positions = questions.map((_, position) => position).filter((at) => questions[at]?.kind !== 0);
  const partyAt = (at: number): number => partyOf(questions[at]?.left ?? 0);
  return [...Map.groupBy(positions, (at) => questions[at]?.kind ?? 0)]
    .map(([kind, members]) => {
      const known = free.get(nameOfKind(kind)) ?? [];
      const sorted = { questions, members: byScoreDown(questions, members), partyAt };
      return isAsideKind(kind) ? asideOf(sorted, known) : likeliestOf(sorted, known);
    })
    .filter(({ value }) => value >= 1)
    .sort((one, other) => valueEach(other) - valueEach(one) || firstOf(one) - firstOf(other))
    .flatMap(({ chosen }) => chosen);
}

interface Sorted {
  readonly questions: readonly OpenQuestion[];
  /** Highest score first. */
  readonly members: readonly number[];
  readonly partyAt: (position: number) => number;
}

/** From which score on a kind is worth asking about: lower ones are more, and less probably "same". */
function likeliestOf(sorted: Sorted, free: readonly FreeAnswer[]): Lessons {
  const { questions, members } = sorted;
  let likeliest: Lessons = { chosen: [], value: 0 };
  const step = Math.ceil(members.length / rangesMax);
  for (let count = members.length; count > answersMin; count -= step) {
    const range = members.slice(0, count).reverse();
    const from = scoreAt(questions, range[0] ?? 0);
    const told = free.filter(({ score }) => score >= from);
    const chosen = fewestOf({ ...sorted, members: range }, (own, open) =>
      doRelease(own, { open, free: told }),
    );
    const sum = range.reduce((total, at) => total + probabilityOf(scoreAt(questions, at)), 0);
    const chance = Math.min(sum / count, shareOf('same', told) ?? 1);
    const value = chosen ? (count - chosen.length) * chance ** chosen.length : 0;
    if (chosen && value > likeliest.value) likeliest = { chosen, value };
  }
  return likeliest;
}

// The score says little here: what holds such a question back is not in it.
function asideOf(sorted: Sorted, free: readonly FreeAnswer[]): Lessons {
  const chosen = fewestOf(sorted, (own, open) => doSetAside(own, { open, free }));
  if (!chosen) return { chosen: [], value: 0 };
  const share = shareOf('different', free);
  const chance = share === null ? asideChance : share ** chosen.length;
  return { chosen, value: (sorted.members.length - chosen.length) * chance };
}

/** The fewest lessons (and some to spare) that settle all `members`, most doubtful first, if all say the same; null where none do. */
function fewestOf(
  { questions, members, partyAt }: Sorted,
  doSettle: (own: readonly number[], open: readonly number[]) => boolean,
): readonly number[] | null {
  const inOrder = spreadOver(members, partyAt);
  for (let count = 1; count <= inOrder.length; count++) {
    const chosen = new Set(inOrder.slice(0, count));
    const own = [...chosen].map((at) => scoreAt(questions, at)).sort(ascending);
    const open = members
      .filter((at) => !chosen.has(at))
      .map((at) => scoreAt(questions, at))
      .sort(ascending);
    if (doSettle(own, open)) return inOrder.slice(0, count + spare);
  }
  return null;
}

function ascending(one: number, other: number): number {
  return one - other;
}

function shareOf(verdict: FreeAnswer['verdict'], free: readonly FreeAnswer[]): number | null {
  if (free.length < freeMin) return null;
  return free.filter((answer) => answer.verdict === verdict).length / free.length;
}

function valueEach({ chosen, value }: Lessons): number {
  return value / chosen.length;
}

function firstOf({ chosen: [first = 0] }: Lessons): number {
  return first;
}

function byScoreDown(questions: readonly OpenQuestion[], members: readonly number[]): readonly number[] {
  return members.toSorted((one, other) => scoreAt(questions, other) - scoreAt(questions, one) || one - other);
}

/** One question per party, at most `lessonsMax`, spread over the members, more of the first. */
function spreadOver(members: readonly number[], partyAt: (position: number) => number): readonly number[] {
  const parties = new Set<number>();
  const chosen: number[] = [];
  for (let n = 0; n < 2 * members.length && chosen.length < lessonsMax; n++) {
    const at = members[Math.floor(halved(n) ** doubtfulFirst * members.length)] ?? 0;
    const party = partyAt(at);
    if (parties.has(party)) continue;
    parties.add(party);
    chosen.push(at);
  }
  return chosen;
}

/** The n-th of numbers in [0, 1) that fill it evenly however many are taken: 0, 1/2, 1/4, 3/4, 1/8, ... (van der Corput). */
function halved(n: number): number {
  let fraction = 0;
  for (let rest = n, part = 0.5; rest > 0; rest >>= 1, part /= 2) if (rest % 2 === 1) fraction += part;
  return fraction;
}

function scoreAt(questions: readonly OpenQuestion[], position: number): number {
  return questions[position]?.score ?? 0;
}
