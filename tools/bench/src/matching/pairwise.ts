import { numbers, type Database } from './duckdb.js';

/** How well clusters fit the truth, over all true pairs: one that was never compared is a missed one. */
export interface Pairwise {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Precision, recall and F1 from numbers of pairs. Without any pair found the precision is 1. */
export function toPairwise(pairs: { found: number; right: number; all: number }): Pairwise {
  const precision = pairs.found === 0 ? 1 : pairs.right / pairs.found;
  const recall = pairs.all === 0 ? 1 : pairs.right / pairs.all;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1 };
}

/** Compares the table `found` (id, cluster) with the table `truth` (id, entity); every id must be in both. */
export async function comparePairwise(database: Database): Promise<Pairwise> {
  const pairsBy = (columns: string): string =>
    `(select coalesce(sum(n * (n - 1) / 2), 0) from (select count(*) as n from labelled group by ${columns}))`;
  const counts = await numbers(
    database,
    `with labelled as (select t.id, t.entity, f.cluster from truth t join found f on f.id = t.id)
     select ${pairsBy('cluster')} as found, ${pairsBy('entity, cluster')} as "right", ${pairsBy('entity')} as "all",
       (select count(*) from truth) as truths, (select count(*) from found) as founds, (select count(*) from labelled) as both`,
  );
  const { found = 0, right = 0, all = 0, truths, founds, both } = counts;
  if (truths !== both || founds !== both)
    throw new Error(`${both} of ${truths} records are in the ${founds} lines of the result`);
  return toPairwise({ found, right, all });
}
