import type { MatchRecord } from './match-record.js';
import { relationRules } from './rules/relation-rules.js';

/**
 * Keys by which a record is looked up, each once: two records are compared when they share one. They are hashes below 2^53
 * of texts of a kind: kvk, rsin, vat, and so on, as the schema of relations has them.
 * Stored in Postgres, so a change of them asks for a new comparison of everything.
 */
export function candidateKeys(record: MatchRecord): number[] {
  return relationRules.keysOf(relationRules.toFeatures(record));
}
