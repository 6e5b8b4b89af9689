import type { FreeAnswers } from './free-answers.js';
import { lessonsOf } from './lessons.js';
import { partiesOf } from './parties.js';
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

/**
 * In which order questions teach most, as positions in `questions` (matching.md, section 3, "ask pairs by expected
 * information"). First what fills a kind (lessons.ts). Then what settles other
 * questions along: where three groups are asked about in pairs, two answers tell the third. The rest stays as it is.
 * `groups` is how many groups there are, `free` what registration numbers say of pairs like these.
 */
export function teachingOrder(
  questions: readonly OpenQuestion[],
  groups: number,
  free: FreeAnswers = new Map(),
): readonly number[] {
  const partyOf = partiesOf(
    groups,
    questions.map(({ left, right }) => ({ i: left, j: right })),
  );
  const order = new Set(lessonsOf(questions, { partyOf, free }));
  for (const position of settlingOf(questions, partyOf)) order.add(position);
  return [...order];
}

function certaintyOf(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + probabilityOf(score), 0) / scores.length;
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
