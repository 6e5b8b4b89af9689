import type { SourceRelationId } from '../kernel/index.js';
import type { CompareAccounts, Findings } from './compare-command.js';
import { candidateKeys, compareAll, type MatchRecord, type Outcome } from './matching/index.js';

/** Compares in this very thread, which is busy meanwhile. */
export const compareHere: CompareAccounts = async ({ pages, judgements, onKeys }, use) => {
  const records: MatchRecord[] = [];
  for await (const page of pages) {
    records.push(...page);
    await onKeys(
      page.map((record) => ({
        sourceRelationId: record.id as SourceRelationId, // a record's id is its account's
        keys: candidateKeys(record),
      })),
    );
  }
  return use(findingsOf(compareAll(records, { judgements })));
};

function findingsOf({ clusters, doubles, proposals, setAside, learnt }: Outcome): Findings {
  return {
    learnt,
    clusters: whole(clusters),
    doubles: whole(doubles),
    proposals: whole([...proposals, ...setAside]),
  };
}

async function* whole<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  yield items;
}
