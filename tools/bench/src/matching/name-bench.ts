import path from 'node:path';
import { scoreNames } from '@koppel/domain/matching';
import { csvTable, withDatabase } from './duckdb.js';
import { datasets } from './labelled-sets.js';
import { toPairwise, type Pairwise } from './pairwise.js';

/** Labelled pairs of names; those of companies count. */
export const namesFile = path.join(datasets, 'name_bench/cases.csv');

/** How well names alone are judged, over all company-like pairs of the file. */
export async function benchNames(): Promise<Pairwise> {
  const pairs = await withDatabase(async (database) => {
    const answer = await database.runAndReadAll(
      `select name1, name2, is_match from ${csvTable(namesFile)} where schema in ('Company', 'Organization', 'LegalEntity')`,
    );
    return answer.getRowObjectsJson();
  });
  const counts = { found: 0, right: 0, all: 0 };
  for (const { name1, name2, is_match: label } of pairs) {
    const isFound = scoreNames(String(name1 ?? ''), String(name2 ?? ''), 'company').isLikelySame;
    const isOne = label === 'true';
    counts.found += Number(isFound);
    counts.right += Number(isFound && isOne);
    counts.all += Number(isOne);
  }
  return toPairwise(counts);
}
