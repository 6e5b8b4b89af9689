import type { RelationId, SourceRelationId } from '../kernel/index.js';
import type { Link, Links } from '../relations/index.js';

/** Links in memory, for specs. */
export class InMemoryLinks implements Links {
  private readonly rows = new Map<string, Link>();

  all(): Link[] {
    return [...this.rows.values()].sort(bySourceAndRole);
  }

  async findOfSources(ids: readonly SourceRelationId[]): Promise<Link[]> {
    return this.all().filter((link) => ids.includes(link.sourceRelationId));
  }

  async findOfRelations(ids: readonly RelationId[]): Promise<Link[]> {
    return this.all().filter((link) => ids.includes(link.relationId));
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
