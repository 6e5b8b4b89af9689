import type { SourceRelationId } from '../kernel/index.js';
import type { Comparable, SourceRelationsTx } from './source-relations.port.js';

/**
 * Accounts that were read a moment ago, the latest `atMost` of them, about a kilobyte each: who are tied to each other share their neighbours, and each
 * would be read for all of them. It serves as long as nobody is placed.
 */
export class RecentAccounts {
  readonly #known = new Map<SourceRelationId, Comparable>();

  constructor(private readonly atMost: number) {}

  /** As `findComparablesOf`; the order is another one. */
  async find(tx: SourceRelationsTx, ids: readonly SourceRelationId[]): Promise<Comparable[]> {
    const atHand = ids.flatMap((id) => this.#known.get(id) ?? []);
    const others = ids.filter((id) => !this.#known.has(id));
    const read = others.length > 0 ? await tx.sourceRelations.findComparablesOf(others) : [];
    for (const account of read) this.#keep(account);
    return [...atHand, ...read];
  }

  #keep(account: Comparable): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= this.atMost && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(account.record.id as SourceRelationId, account); // a record's id is its account's
  }
}
