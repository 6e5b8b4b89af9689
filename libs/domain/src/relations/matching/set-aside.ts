import type { FreeAnswer } from './free-answers.js';
import type { Answer, KindOfQuestion, Released } from './release.js';
import { expectedAgainst, type Vote } from './vouched.js';

/** How many of the pairs that are set aside may be one relation after all: each costs a click, as each question does. */
const missedMax = 0.1;
/** How many may be missed, as questions, for each pair that joins by itself. */
const missedOfAllMax = 0.001;
/** Nothing is set aside on fewer answers, whatever they say. */
const answersMin = 6;
/** How many take that without free answers. */
export const asideAnswersNeeded = 9;
const rounding = 1e-9;

/**
 * Which questions a tenant's own answers set aside: of each kind those up to the highest score of which one in ten at most is expected
 * to be one relation after all. Where answers are spread as the questions are that takes 9 times "not the same", and 6 where free
 * answers say so too; more where one was "the same". A missed join costs a click, so this asks for less than joining does;
 * but all that is missed must be one in a thousand of the `certain` pairs at most, until then the kinds go that miss most.
 */
export function setAside(kinds: ReadonlyMap<string, KindOfQuestion>, certain: number): Released {
  let chosen = [...kinds].flatMap(([kind, questions]) => candidateOf(kind, questions) ?? []);
  chosen.sort((one, other) => one.missed - other.missed || (one.kind < other.kind ? -1 : 1));
  const missedBy = (candidates: readonly Candidate[]): number =>
    candidates.reduce((sum, { missed }) => sum + missed, 0);
  while (missedBy(chosen) > missedOfAllMax * certain) chosen = chosen.slice(0, -1);
  return Object.fromEntries(chosen.map(({ kind, upTo }) => [kind, upTo]));
}

interface Candidate {
  readonly kind: string;
  readonly upTo: number;
  /** How many of the pairs up to there are expected to be one. */
  readonly missed: number;
}

function candidateOf(kind: string, { open, answers, free = [] }: KindOfQuestion): Candidate | null {
  const thresholds = [...new Set(answers.map(({ score }) => score))].sort((one, other) => other - one);
  for (const upTo of thresholds) {
    const own = oncePerParty(answers.filter(({ score }) => score <= upTo));
    const count = open.filter((score) => score <= upTo).length;
    if (count === 0 || own.length < answersMin) return null;
    const rate = missedOf(upTo, own, { open, free });
    if (rate <= missedMax + rounding) return { kind, upTo, missed: rate * count };
  }
  return null;
}

/** Whether answers "not the same" at these scores set the other questions of a kind aside up to the highest of them. */
export function doSetAside(own: readonly number[], of: Pick<KindOfQuestion, 'open' | 'free'>): boolean {
  const answers = own.map((score): FreeAnswer => ({ score, verdict: 'different' }));
  return own.length >= answersMin && missedOf(Math.max(...own), answers, of) <= missedMax + rounding;
}

// The lowest scores are the most certain here, so the scale of votes and questions is the score turned round.
function missedOf(
  upTo: number,
  own: readonly FreeAnswer[],
  { open, free = [] }: Pick<KindOfQuestion, 'open' | 'free'>,
): number {
  const isUpTo = ({ score }: FreeAnswer): boolean => score <= upTo;
  const questions = open.filter((score) => score <= upTo).map((score) => -score);
  questions.sort((one, other) => one - other);
  return expectedAgainst(questions, { own: own.map(toVote), free: free.filter(isUpTo).map(toVote) });
}

function toVote({ score, verdict }: FreeAnswer): Vote {
  return { at: -score, isAgainst: verdict === 'same' };
}

// Of one party, or of the same two, the answer with the highest score: it counts for the most questions.
function oncePerParty(answers: readonly Answer[]): readonly Answer[] {
  const highest = new Map<string, Answer>();
  for (const answer of answers) {
    const party = `${answer.verdict} ${answer.party}`;
    if (answer.score > (highest.get(party)?.score ?? Number.NEGATIVE_INFINITY)) highest.set(party, answer);
  }
  return [...highest.values()];
}
