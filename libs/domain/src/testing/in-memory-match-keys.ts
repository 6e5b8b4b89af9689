import type { SourceRelationId } from '../kernel/index.js';
import type { KeysOfSource, MatchKeys } from '../relations/index.js';

/** Candidate keys in memory, for specs. */
export class InMemoryMatchKeys implements MatchKeys {
  private readonly rows = new Map<SourceRelationId, readonly string[]>();

  async addFirst(sources: readonly KeysOfSource[]): Promise<void> {
    await this.addMany(sources);
  }

  async addMany(sources: readonly KeysOfSource[]): Promise<void> {
    for (const { sourceRelationId, keys } of sources)
      this.rows.set(sourceRelationId, [...(this.rows.get(sourceRelationId) ?? []), ...keys]);
  }

  async findSharers(
    of: KeysOfSource,
    bounds: { readonly sharersMax: number; readonly limit: number },
  ): Promise<SourceRelationId[]> {
    const found = new Set<SourceRelationId>();
    for (const key of of.keys) {
      const sharers = [...this.rows].filter(([, keys]) => keys.includes(key)).map(([id]) => id);
      if (sharers.length <= bounds.sharersMax) for (const id of sharers) found.add(id);
    }
    found.delete(of.sourceRelationId);
    return [...found].sort().slice(0, bounds.limit);
  }
}
