import type { RelationId } from '../kernel/index.js';
import type { Relation, Relations } from '../relations/index.js';
import type { InMemoryLinks } from './in-memory-links.js';
import { saysExactly, type InMemorySourceRelations } from './in-memory-source-relations.js';

/** Relations in memory, for specs. */
export class InMemoryRelations implements Relations {
  private readonly rows = new Map<RelationId, Relation>();
  /** How many rows were written. */
  written = 0;

  constructor(
    private readonly links: InMemoryLinks,
    private readonly sources: InMemorySourceRelations,
  ) {}

  all(): Relation[] {
    return [...this.rows.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  async lockForComparing(): Promise<void> {
    // The unit of work in memory runs one transaction at a time.
  }

  async findMany(ids: readonly RelationId[]): Promise<Relation[]> {
    return this.all().filter((relation) => ids.includes(relation.id));
  }

  async findManyForUpdate(ids: readonly RelationId[]): Promise<Relation[]> {
    return this.findMany(ids);
  }

  async findDiffering(after: RelationId | null, limit: number): Promise<RelationId[]> {
    const found: RelationId[] = [];
    for (const relation of this.all().filter(({ id, state }) => state === 'active' && id > (after ?? ''))) {
      const links = await this.links.findOfRelations([relation.id]);
      const booked = links.filter((link) => link.state === 'linked' && !link.isAlias);
      const sources = await this.sources.findMany(booked.map((link) => link.sourceRelationId));
      const present = sources.filter((source) => source.state === 'present');
      const administrations = new Set(present.map((source) => source.administrationId));
      const isDiffering = present.some((source) => !saysExactly(source.fields.shared, relation.values));
      if (administrations.size > 1 && isDiffering) found.push(relation.id);
    }
    return found.slice(0, limit);
  }

  async addMany(relations: readonly Relation[]): Promise<void> {
    await this.saveMany(relations);
  }

  async saveMany(relations: readonly Relation[]): Promise<void> {
    for (const relation of relations) this.rows.set(relation.id, relation);
    this.written += relations.length;
  }
}
