import type { FreeAnswer, FreeAnswers } from './free-answers.js';
import { isAsideKind, nameOfKind } from './question-kinds.js';
import { answersNeeded } from './release.js';
import { probabilityOf } from './score.js';
import { asideAnswersNeeded } from './set-aside.js';
import type { OpenQuestion } from './teaching-order.js';

/** Fewer free answers than these say nothing. */
const freeMin = 10;
/** How many answers a kind is worth, some of them to spare: some are about scores that none of the others has. */
const wantedToJoin = { alone: answersNeeded + 4, besideFree: 18 };
const wantedToSetAside = { alone: asideAnswersNeeded + 7, besideFree: 8 };
/** How often a kind can be set aside of which no free answer tells, as far as one can tell before anybody has answered. */
const asideChance = 0.5;
/** More lessons low than high: a low one vouches for all above it, and a wrong one throws doubt on its neighbours only. */
const lowFirst = 1.5;

interface Lessons {
  /** Lowest score first. */
  readonly members: readonly number[];
  /** How many of them are worth an answer. */
  readonly wanted: number;
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
  return [...Map.groupBy(positions, (at) => questions[at]?.kind ?? 0)]
    .map(([kind, members]) => {
      const known = free.get(nameOfKind(kind)) ?? [];
      const sorted = { questions, members: byScoreDown(questions, members) };
      return isAsideKind(kind) ? asideOf(sorted, known) : likeliestOf(sorted, known);
    })
    .filter(({ value }) => value >= 1)
    .sort(
      (one, other) => valueEach(other) - valueEach(one) || (one.members[0] ?? 0) - (other.members[0] ?? 0),
    )
    .flatMap((lessons) => spreadOver(lessons, (at) => partyOf(questions[at]?.left ?? 0)));
}

interface Sorted {
  readonly questions: readonly OpenQuestion[];
  /** Highest score first. */
  readonly members: readonly number[];
}

/** From which score on a kind is worth asking about: lower ones are more, and less probably "same". */
function likeliestOf({ questions, members }: Sorted, free: readonly FreeAnswer[]): Lessons {
  const wanted = free.length < freeMin ? wantedToJoin.alone : wantedToJoin.besideFree;
  let likeliest = { size: 0, value: 0 };
  let sum = 0;
  for (const [n, at] of members.entries()) {
    const score = scoreAt(questions, at);
    sum += probabilityOf(score);
    const count = n + 1;
    const chance = Math.min(
      sum / count,
      shareOf(
        'same',
        free.filter((answer) => answer.score >= score),
      ) ?? 1,
    );
    const value = (count - wanted) * chance ** wanted;
    if (value > likeliest.value) likeliest = { size: count, value };
  }
  return { members: members.slice(0, likeliest.size).reverse(), wanted, value: likeliest.value };
}

// The score says little here: what holds such a question back is not in it.
function asideOf({ members }: Sorted, free: readonly FreeAnswer[]): Lessons {
  const share = shareOf('different', free);
  const wanted = share === null ? wantedToSetAside.alone : wantedToSetAside.besideFree;
  const chance = share === null ? asideChance : share ** wanted;
  return { members: members.toReversed(), wanted, value: (members.length - wanted) * chance };
}

function shareOf(verdict: FreeAnswer['verdict'], free: readonly FreeAnswer[]): number | null {
  if (free.length < freeMin) return null;
  return free.filter((answer) => answer.verdict === verdict).length / free.length;
}

function valueEach({ value, wanted }: Lessons): number {
  return value / wanted;
}

function byScoreDown(questions: readonly OpenQuestion[], members: readonly number[]): readonly number[] {
  return members.toSorted((one, other) => scoreAt(questions, other) - scoreAt(questions, one) || one - other);
}

function spreadOver({ members, wanted }: Lessons, partyAt: (position: number) => number): readonly number[] {
  const parties = new Set<number>();
  const chosen: number[] = [];
  for (let n = 0; n < 2 * members.length && chosen.length < wanted; n++) {
    const at = members[Math.floor(halved(n) ** lowFirst * members.length)] ?? 0;
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
