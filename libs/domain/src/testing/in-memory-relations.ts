import type { AdministrationId, RelationId } from '../kernel/index.js';
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

  async findLacking(
    of: Parameters<Relations['findLacking']>[0],
  ): Promise<{ id: RelationId; lacking: AdministrationId[] }[]> {
    const found: { id: RelationId; lacking: AdministrationId[] }[] = [];
    for (const { id, state, isIntercompany, createdAt } of this.all()) {
      const isLate = of.createdSince === null || createdAt >= of.createdSince;
      if (state !== 'active' || isIntercompany || !isLate || id <= (of.after ?? '')) continue;
      const links = (await this.links.findOfRelations([id])).filter((link) => link.state === 'linked');
      const sources = await this.sources.findMany(links.map((link) => link.sourceRelationId));
      const present = sources.filter((source) => source.state === 'present');
      const isUsable = present.some(
        ({ isBlocked, fields: { local } }) =>
          !isBlocked && local.isAnonymised !== true && (local.endsOn ?? of.today) >= of.today,
      );
      const there = new Set(present.map(({ administrationId }) => administrationId));
      const lacking = of.administrationIds.filter((each) => !there.has(each)).sort();
      if (isUsable && lacking.length > 0) found.push({ id, lacking });
    }
    return found.slice(0, of.limit);
  }

  async addMany(relations: readonly Relation[]): Promise<void> {
    await this.saveMany(relations);
  }

  async saveMany(relations: readonly Relation[]): Promise<void> {
    for (const relation of relations) this.rows.set(relation.id, relation);
    this.written += relations.length;
  }
}
