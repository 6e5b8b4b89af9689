import type { SourceRelationId, SyncRunId } from '../kernel/index.js';
import type { KeysOfSource, MatchKeys, SharerBounds, Sharers, SharersOfOne } from '../relations/index.js';

/** Candidate keys in memory, for specs. */
export class InMemoryMatchKeys implements MatchKeys {
  private rows: { readonly runId: SyncRunId; readonly source: SourceRelationId; readonly key: number }[] = [];

  async addMany(runId: SyncRunId, sources: readonly KeysOfSource[]): Promise<void> {
    for (const { sourceRelationId: source, keys } of sources)
      for (const key of Array.from(keys))
        if (!this.sharersOf(key).has(source)) this.rows.push({ runId, source, key });
  }

  async putPortion(runId: SyncRunId, sources: readonly KeysOfSource[]): Promise<void> {
    for (const { sourceRelationId: source, keys } of sources) {
      this.rows = this.rows.filter((row) => row.runId !== runId || row.source !== source);
      for (const key of new Set(Array.from(keys))) this.rows.push({ runId, source, key });
    }
  }

  async forgetBefore(runId: SyncRunId): Promise<void> {
    this.rows = this.rows.filter((row) => row.runId >= runId);
  }

  async findSharers(of: readonly KeysOfSource[], bounds: SharerBounds): Promise<Sharers> {
    return new Map(
      of.map(({ sourceRelationId, keys }) => [
        sourceRelationId,
        this.othersOf(sourceRelationId, keys, bounds),
      ]),
    );
  }

  private othersOf(
    source: SourceRelationId,
    keys: ArrayLike<number>,
    { sharersMax, limit, crowdMax }: SharerBounds,
  ): SharersOfOne {
    const sharers = Array.from(keys, (key) => [...this.sharersOf(key)].sort());
    const near = Map.groupBy(sharers.filter(({ length }) => length <= sharersMax).flat(), (id) => id);
    const crowds = sharers.filter(({ length }) => length > sharersMax);
    const crowd = new Set(crowds.flatMap((ids) => ids.slice(0, crowdMax)));
    near.delete(source);
    crowd.delete(source);
    const nearest = [...near.values()]
      .sort((one, other) => other.length - one.length || (one[0]! < other[0]! ? -1 : 1)) // a group has a member
      .slice(0, limit);
    return { near: nearest.flatMap(([id]) => id ?? []).sort(), crowd: [...crowd].sort() };
  }

  private sharersOf(key: number): Set<SourceRelationId> {
    return new Set(this.rows.filter((row) => row.key === key).map(({ source }) => source));
  }
}
