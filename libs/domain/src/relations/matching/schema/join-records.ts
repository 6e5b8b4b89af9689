/** A pair worth joining, by positions (a < b), with its weight in bits. */
export interface ScoredPair {
  readonly a: number;
  readonly b: number;
  readonly score: number;
}

export interface JoinRules {
  /** Weight of any two records. */
  readonly scoreOf: (a: number, b: number) => number;
  readonly mayShare: (a: number, b: number) => boolean;
  /** From this mean weight over all pairs across, two groups are one. */
  readonly meanFrom: number;
}

const groupSizeMax = 500;
/** One pair that says no is not outvoted without end. */
const pairBits = 15;

/** Joins greedily, best pair first, by the mean weight across: the group of each record. Ties go by position. */
export function joinRecords(records: number, pairs: readonly ScoredPair[], rules: JoinRules): Int32Array {
  const groupOf = Int32Array.from({ length: records }, (_, at) => at);
  const groups = new Map<number, number[]>();
  const sorted = [...pairs].sort((x, y) => y.score - x.score || x.a - y.a || x.b - y.b);
  for (const { a, b } of sorted) {
    const [into, from] = [groupOf[a] ?? a, groupOf[b] ?? b].sort((x, y) => x - y);
    if (into === undefined || from === undefined || into === from) continue;
    const [left, right] = [groups.get(into) ?? [into], groups.get(from) ?? [from]];
    if (left.length + right.length > groupSizeMax || !fit(left, right, rules)) continue;
    for (const record of right) groupOf[record] = into;
    groups.set(into, [...left, ...right]);
    groups.delete(from);
  }
  return groupOf;
}

function fit(left: readonly number[], right: readonly number[], rules: JoinRules): boolean {
  let sum = 0;
  for (const i of left) {
    for (const j of right) {
      if (!rules.mayShare(i, j)) return false;
      sum += Math.max(-pairBits, Math.min(pairBits, rules.scoreOf(Math.min(i, j), Math.max(i, j))));
    }
  }
  return sum / (left.length * right.length) >= rules.meanFrom;
}
