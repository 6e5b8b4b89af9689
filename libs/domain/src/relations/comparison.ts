import type { Comparison } from '../sync/index.js';

/** What comparing has made of nothing. */
export const noComparison: Comparison = {
  relations: 0,
  mergedAutomatically: 0,
  asked: 0,
  doubles: 0,
  created: 0,
  changed: 0,
  deleted: 0,
  conflicts: 0,
  writes: 0,
};

/** The sum of two. */
export function addComparisons(one: Comparison, other: Partial<Comparison>): Comparison {
  const keys = Object.keys(noComparison) as (keyof Comparison)[]; // its own keys
  return Object.fromEntries(keys.map((key) => [key, one[key] + (other[key] ?? 0)])) as Record<
    keyof Comparison,
    number
  >;
}
