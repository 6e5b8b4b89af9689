import { partiesOf } from './parties.js';
import { answersNeeded } from './release.js';
import { probabilityOf } from './score.js';

/** A question between two groups of records. */
export interface OpenQuestion {
  /** The groups, as numbers below `groups`. */
  readonly left: number;
  readonly right: number;
  /** The kind of question; see question-kinds.ts. 0 where no answer to others can spare it. */
  readonly kind: number;
  /** Bits. */
  readonly score: number;
}

/** Asked beyond what a kind needs: some answers are about scores that none of the others has. */
const spareLessons = 7;

/**
 * In which order questions teach most, as positions in `questions` (matching.md, section 3, "ask pairs by expected
 * information"). First what fills a kind, the kind first that spares most questions per answer if the engine is right; of a kind
 * spread over its scores, as `releaseQuestions` wants its answers, and one question per party. Then what settles other
 * questions along: where three groups are asked about in pairs, two answers tell the third. The rest stays as it is.
 * `groups` is how many groups there are.
 */
export function teachingOrder(questions: readonly OpenQuestion[], groups: number): readonly number[] {
  const partyOf = partiesOf(
    groups,
    questions.map(({ left, right }) => ({ i: left, j: right })),
  );
  const order = new Set(lessonsOf(questions, partyOf));
  for (const position of settlingOf(questions, partyOf)) order.add(position);
  return [...order];
}

function lessonsOf(
  questions: readonly OpenQuestion[],
  partyOf: (group: number) => number,
): readonly number[] {
  const positions = questions.map((_, position) => position).filter((at) => questions[at]?.kind !== 0);
  return [...Map.groupBy(positions, (at) => questions[at]?.kind ?? 0).values()]
    .map((members) => likeliestOf(questions, members))
    .filter(({ value }) => value >= 1)
    .sort((one, other) => other.value - one.value || (one.members[0] ?? 0) - (other.members[0] ?? 0))
    .flatMap(({ members }) => spreadOver(members, (at) => partyOf(questions[at]?.left ?? 0)));
}

interface Likeliest {
  /** Lowest score first. */
  readonly members: readonly number[];
  /** Questions that answers on these would spare, times the chance that all of the answers are "same". */
  readonly value: number;
}

/** From which score on a kind is worth asking about: lower ones are more, and less probably "same". */
function likeliestOf(questions: readonly OpenQuestion[], members: readonly number[]): Likeliest {
  const best = members.toSorted(
    (one, other) => scoreAt(questions, other) - scoreAt(questions, one) || one - other,
  );
  let likeliest = { size: 0, value: 0 };
  let sum = 0;
  for (const [n, at] of best.entries()) {
    sum += probabilityOf(scoreAt(questions, at));
    const count = n + 1;
    const value = (count - answersNeeded) * (sum / count) ** answersNeeded;
    if (value > likeliest.value) likeliest = { size: count, value };
  }
  return { members: best.slice(0, likeliest.size).reverse(), value: likeliest.value };
}

function certaintyOf(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + probabilityOf(score), 0) / scores.length;
}

function spreadOver(members: readonly number[], partyAt: (position: number) => number): readonly number[] {
  const parties = new Set<number>();
  const chosen: number[] = [];
  for (let n = 0; n < 2 * members.length && chosen.length < answersNeeded + spareLessons; n++) {
    const at = members[Math.floor(halved(n) * members.length)] ?? 0;
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

/** All questions: the parties first of which most are settled along with others, of each party those first that settle others. */
function settlingOf(
  questions: readonly OpenQuestion[],
  partyOf: (group: number) => number,
): readonly number[] {
  const positions = questions.map((_, position) => position);
  const parties = [...Map.groupBy(positions, (at) => partyOf(questions[at]?.left ?? 0)).values()].map(
    (members) => {
      const inside = new Set(members.flatMap((at) => [questions[at]?.left, questions[at]?.right]));
      const answers = inside.size - 1;
      const spared =
        (members.length - answers) * certaintyOf(members.map((at) => scoreAt(questions, at))) ** answers;
      return { members, value: spared / answers };
    },
  );
  parties.sort((one, other) => other.value - one.value || (one.members[0] ?? 0) - (other.members[0] ?? 0));
  return parties.flatMap(({ members }) => treeFirst(questions, members));
}

/** First the questions that connect all groups of a party, then those that these answer if all are "same". */
function treeFirst(questions: readonly OpenQuestion[], members: readonly number[]): readonly number[] {
  const parent = new Map<number, number>();
  const find = (group: number): number => {
    let at = group;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) {
      const above = parent.get(up);
      if (above !== undefined) parent.set(at, above);
      at = up;
    }
    return at;
  };
  const tree: number[] = [];
  const rest: number[] = [];
  for (const at of members) {
    const [left, right] = [find(questions[at]?.left ?? 0), find(questions[at]?.right ?? 0)];
    if (left === right) rest.push(at);
    else {
      parent.set(left, right);
      tree.push(at);
    }
  }
  return [...tree, ...rest];
}

function scoreAt(questions: readonly OpenQuestion[], position: number): number {
  return questions[position]?.score ?? 0;
}
