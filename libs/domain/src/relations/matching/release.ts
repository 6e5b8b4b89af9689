/** Questions of one kind: what holds them back, and how their names compare. */
export interface KindOfQuestion {
  /** Scores (bits) of the pairs in question. */
  readonly open: readonly number[];
  /** What persons answered on pairs of this kind, one by one. */
  readonly answers: readonly { readonly score: number; readonly verdict: 'same' | 'different' }[];
}

/** From which score on (bits) a kind of question needs no answer any more. */
export type Released = Readonly<Record<string, number>>;

/** Fewer answers than this say nothing of a kind. */
const answersMin = 10;
const precisionMin = 0.999;
const unseenErrors = 0.5;

/**
 * Which questions a tenant's own answers make needless (matching.md, section 3, "Learning thresholds from the user"): of each kind
 * those that score at least as high as the lowest "same" above every "different". What joins by itself, `certain` pairs and
 * these together, must be expected to be right for .999 at least; until then the kinds go that risk most for their answers. (A
 * lower 95 % bound of .999 would ask for 3,000 answers.) Scores are taken to be in order: a higher one is never less probable.
 */
export function releaseQuestions(kinds: ReadonlyMap<string, KindOfQuestion>, certain: number): Released {
  const candidates = [...kinds].map(([kind, questions]) => candidateOf(kind, questions));
  let chosen = candidates.filter(({ answers, open }) => answers >= answersMin && open > 0);
  chosen.sort((one, other) => one.open / one.answers - other.open / other.answers || byKind(one, other));
  while (chosen.length > 0 && !isSafe(chosen, certain)) chosen = chosen.slice(0, -1); // at most as many as there are kinds
  return Object.fromEntries(chosen.sort(byKind).map(({ kind, from }) => [kind, from]));
}

interface Candidate {
  readonly kind: string;
  readonly from: number;
  /** "Same", all of them. */
  readonly answers: number;
  readonly open: number;
}

function byKind(one: Candidate, other: Candidate): number {
  return one.kind < other.kind ? -1 : 1;
}

function candidateOf(kind: string, { open, answers }: KindOfQuestion): Candidate {
  const scoresOf = (wanted: string): number[] =>
    answers.filter(({ verdict }) => verdict === wanted).map(({ score }) => score);
  const wrongUpTo = Math.max(Number.NEGATIVE_INFINITY, ...scoresOf('different'));
  const right = scoresOf('same').filter((score) => score > wrongUpTo);
  const from = Math.min(Number.POSITIVE_INFINITY, ...right);
  return { kind, from, answers: right.length, open: open.filter((score) => score >= from).length };
}

function isSafe(chosen: readonly Candidate[], certain: number): boolean {
  const sumOf = (of: (candidate: Candidate) => number): number =>
    chosen.reduce((sum, each) => sum + of(each), 0);
  return sumOf(errorsOf) <= (1 - precisionMin) * (certain + sumOf(({ open }) => open));
}

// Nothing but right answers, and half a wrong one beside them (Jeffreys' prior): what is to be expected of the open ones.
function errorsOf({ open, answers }: Candidate): number {
  return (open * unseenErrors) / (answers + 2 * unseenErrors);
}
