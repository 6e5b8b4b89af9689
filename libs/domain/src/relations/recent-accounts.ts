import type { SourceRelationId } from '../kernel/index.js';
import { Recent } from './matching/index.js';
import type { Comparable, SourceRelationsTx } from './source-relations.port.js';

/**
 * Accounts that were asked for a moment ago, the latest `atMost` of them, about a kilobyte each: who are tied to each other share their
 * neighbours, and each would be read for all of them. It serves as long as nobody is placed.
 */
export class RecentAccounts {
  readonly #known: Recent<SourceRelationId, Comparable>;

  constructor(atMost: number) {
    this.#known = new Recent(atMost);
  }

  /** As `findComparablesOf`; the order is another one. */
  async find(tx: SourceRelationsTx, ids: readonly SourceRelationId[]): Promise<Comparable[]> {
    const found: Comparable[] = [];
    const others: SourceRelationId[] = [];
    for (const id of ids) {
      const known = this.#known.get(id);
      if (known) found.push(known);
      else others.push(id);
    }
    const read = others.length > 0 ? await tx.sourceRelations.findComparablesOf(others) : [];
    for (const account of read) this.#known.set(account.record.id as SourceRelationId, account); // a record's id is its account's
    return [...found, ...read];
  }
}
