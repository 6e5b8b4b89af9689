import type { RelationId } from '../kernel/index.js';
import type { LinksTx } from './links.port.js';
import { comparePair, type MatchRecord } from './matching/index.js';
import { neighboursOf, type Look, type Neighbours } from './neighbours.js';
import type { SourceRelationsTx } from './source-relations.port.js';

/** What the accounts of relations that accounts may join say, those too that share no key with who may join. */
export class TargetMembers {
  private constructor(private readonly byRelation: Map<RelationId, MatchRecord[]>) {}

  /** Reads who is linked to the relations, as far as `known` does not have them. */
  static async read(
    tx: LinksTx & SourceRelationsTx,
    targets: readonly RelationId[],
    known: Neighbours['accounts'],
  ): Promise<TargetMembers> {
    const links = targets.length === 0 ? [] : await tx.links.findOfRelations(targets);
    const linked = links.filter(({ state }) => state === 'linked');
    const relationOf = new Map(linked.map((link) => [link.sourceRelationId, link.relationId]));
    const unknown = [...relationOf.keys()].filter((id) => !known.has(id));
    const read = unknown.length === 0 ? [] : await tx.sourceRelations.findComparablesOf(unknown);
    const records = new Map(read.map(({ record }) => [record.id, record]));
    const members = new TargetMembers(new Map());
    for (const [id, relationId] of relationOf) {
      const record = known.get(id)?.record ?? records.get(id);
      if (record) members.add(record, relationId);
    }
    return members;
  }

  add(record: MatchRecord, relationId: RelationId | null): void {
    if (relationId === null) return;
    const members = this.byRelation.get(relationId) ?? [];
    members.push(record);
    this.byRelation.set(relationId, members);
  }

  /**
   * Whether an account of the relation that the look did not come upon may not be one with it: a chain, whose ends share no key and
   * contradict each other (C09).
   */
  keepApart({ comparable: { record } }: Look, target: RelationId, neighbours: Neighbours): boolean {
    const seen = new Set(
      neighboursOf({ record, relationId: null }, neighbours).map((near) => near.record.id),
    );
    const { learnt } = neighbours;
    const judgements = neighbours.judgements.get(record.id) ?? [];
    const isSame = (id: string): boolean =>
      judgements.some(({ a, b, verdict }) => verdict === 'same' && (a === id || b === id));
    const unseen = (this.byRelation.get(target) ?? []).filter(({ id }) => !seen.has(id) && !isSame(id));
    return unseen.some((other) => comparePair(record, other, { learnt, judgements }).vetoes.length > 0);
  }
}
