/** A vote on a question: where it stands on the scale that a kind is released along, and whether it speaks against that. */
export interface Vote {
  readonly at: number;
  readonly isAgainst: boolean;
}

/** Questions up the scale in four parts, each with the votes that tell something of it. */
const parts = 4;
/** What was not seen counts for half a vote against (Jeffreys' prior). */
export const unseen = 0.5;

export interface Votes {
  /** What persons answered. */
  readonly own: readonly Vote[];
  /** What registration numbers tell for nothing: as much as a person's own votes at most. */
  readonly free: readonly Vote[];
}

/**
 * What part of some questions (their places on the scale, ascending) is expected to turn out against what the votes say. Questions
 * further up the scale are never more doubtful, so a vote vouches for all that stand above it, and for none below: each
 * quarter of the questions counts with the votes up to its end.
 */
export function expectedAgainst(questions: readonly number[], { own, free }: Votes): number {
  let expected = 0;
  for (let part = 1; part <= parts; part++) {
    const end = questions[Math.ceil((part * questions.length) / parts) - 1] ?? 0;
    const mine = countUpTo(end, own);
    const given = countUpTo(end, free);
    const weight = given.all === 0 ? 0 : Math.min(1, mine.all / given.all);
    expected +=
      (mine.against + weight * given.against + unseen) / (mine.all + weight * given.all + 2 * unseen) / parts;
  }
  return expected;
}

function countUpTo(end: number, votes: readonly Vote[]): { readonly all: number; readonly against: number } {
  let [all, against] = [0, 0];
  for (const vote of votes) {
    if (vote.at > end) continue;
    all++;
    if (vote.isAgainst) against++;
  }
  return { all, against };
}
