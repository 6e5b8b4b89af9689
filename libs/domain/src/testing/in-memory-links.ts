import type { RelationId, SourceRelationId } from '../kernel/index.js';
import type { AccountScope, JoinedAccounts, Link, Links } from '../relations/index.js';

/** Links in memory, for specs. */
export class InMemoryLinks implements Links {
  private readonly rows = new Map<string, Link>();
  /** Whether an account is there, in the scope; the accounts tell. */
  isPresent: (id: SourceRelationId, scope: AccountScope | null) => boolean = () => true;

  all(): Link[] {
    return [...this.rows.values()].sort(bySourceAndRole);
  }

  async findOfSources(ids: readonly SourceRelationId[]): Promise<Link[]> {
    return this.all().filter((link) => ids.includes(link.sourceRelationId));
  }

  async findOfRelations(ids: readonly RelationId[]): Promise<Link[]> {
    return this.all().filter((link) => ids.includes(link.relationId));
  }

  async findJoined(
    after: RelationId | null,
    limit: number,
    scope: AccountScope | null = null,
  ): Promise<JoinedAccounts[]> {
    const byRelation = Map.groupBy(this.all(), (link) => link.relationId);
    return [...byRelation]
      .map(([relationId, links]) => ({ relationId, sourceRelationIds: this.presentOf(links, scope) }))
      .filter(
        ({ relationId, sourceRelationIds }) => sourceRelationIds.length > 1 && relationId > (after ?? ''),
      )
      .sort((one, other) => (one.relationId < other.relationId ? -1 : 1))
      .slice(0, limit);
  }

  private presentOf(links: readonly Link[], scope: AccountScope | null): SourceRelationId[] {
    const ids = new Set(links.map((link) => link.sourceRelationId));
    return [...ids].filter((id) => this.isPresent(id, scope)).sort();
  }

  async addMany(links: readonly Link[]): Promise<void> {
    for (const link of links)
      if (this.rows.has(keyOf(link))) throw new Error(`${keyOf(link)} is linked already`);
    await this.putMany(links);
  }

  async putMany(links: readonly Link[]): Promise<void> {
    for (const link of links) this.rows.set(keyOf(link), link);
  }

  async removeMany(links: readonly Pick<Link, 'sourceRelationId' | 'role'>[]): Promise<void> {
    for (const link of links) this.rows.delete(keyOf(link));
  }
}

function keyOf(link: Pick<Link, 'sourceRelationId' | 'role'>): string {
  return `${link.sourceRelationId}:${link.role}`;
}

function bySourceAndRole(one: Link, other: Link): number {
  return keyOf(one) < keyOf(other) ? -1 : 1;
}
