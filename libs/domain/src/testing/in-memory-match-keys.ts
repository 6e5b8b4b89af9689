import type { SourceRelationId, SyncRunId } from '../kernel/index.js';
import type { KeysOfSource, MatchKeys } from '../relations/index.js';

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

  async findSharers(
    of: readonly KeysOfSource[],
    bounds: { readonly sharersMax: number; readonly limit: number },
  ): Promise<Map<SourceRelationId, SourceRelationId[]>> {
    return new Map(
      of.map(({ sourceRelationId, keys }) => [
        sourceRelationId,
        this.othersOf(sourceRelationId, keys, bounds.sharersMax).slice(0, bounds.limit),
      ]),
    );
  }

  private othersOf(
    source: SourceRelationId,
    keys: ArrayLike<number>,
    sharersMax: number,
  ): SourceRelationId[] {
    const few = Array.from(keys, (key) => this.sharersOf(key)).filter(({ size }) => size <= sharersMax);
    const others = new Set(few.flatMap((sharers) => [...sharers]));
    others.delete(source);
    return [...others].sort();
  }

  private sharersOf(key: number): Set<SourceRelationId> {
    return new Set(this.rows.filter((row) => row.key === key).map(({ source }) => source));
  }
}
