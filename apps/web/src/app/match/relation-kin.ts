import type { ProposalSummary } from '@koppel/contracts';

export type Verdict = 'same' | 'different' | 'unsure';

type Pair = Pick<ProposalSummary, 'id' | 'left' | 'right'>;

/**
 * Which relations became one by the decisions of this visit, so that it is known what else a decision changes. A decision
 * that was taken back counts still: then a pair is read once more than needed.
 */
export class RelationKin {
  readonly #survivors = new Map<string, string>();

  /** The pairs that look different, or are answered, after this decision: not the pair itself. */
  touchedBy<P extends Pair>(pair: Pair, verdict: Verdict, pairs: readonly P[]): P[] {
    if (verdict === 'unsure') return [];
    const decided = this.#relationsOf(pair);
    const others = pairs.filter(({ id }) => id !== pair.id);
    const touched = others.filter((other) => {
      const shared = this.#relationsOf(other).filter((relation) => decided.includes(relation)).length;
      return shared > (verdict === 'same' ? 0 : 1);
    });
    const [left, right] = decided;
    if (verdict === 'same' && left !== right) this.#survivors.set(right, left);
    return touched;
  }

  #relationsOf({ left, right }: Pair): readonly [string, string] {
    return [this.#survivorOf(left.relationId), this.#survivorOf(right.relationId)];
  }

  /** Ends: a relation is only ever put under one that stood alone. */
  #survivorOf(relation: string): string {
    let survivor = relation;
    for (let next = this.#survivors.get(survivor); next; next = this.#survivors.get(survivor))
      survivor = next;
    return survivor;
  }
}
