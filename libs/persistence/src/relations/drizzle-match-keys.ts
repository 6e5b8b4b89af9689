import { sql, type SQL } from 'drizzle-orm';
import { asId, type SourceRelationId, type TenantId } from '@koppel/domain/kernel';
import type { KeysOfSource, MatchKeys } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { portionsOf, uuidArray } from './arrays.js';
import { hashKey } from './hash-key.js';

const sourcesPerStatement = 2_000;

/** Candidate keys over Postgres, as 53-bit hashes. */
export class DrizzleMatchKeys implements MatchKeys {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async addMany(sources: readonly KeysOfSource[]): Promise<void> {
    for (const portion of portionsOf(sources, sourcesPerStatement))
      await this.tx.execute(sql`${this.insert(portion)} on conflict do nothing`);
  }

  async addFirst(sources: readonly KeysOfSource[]): Promise<void> {
    for (const portion of portionsOf(sources, sourcesPerStatement))
      await this.tx.execute(this.insert(portion));
  }

  // Sorted as the index is, whose pages are then each touched once per statement.
  private insert(sources: readonly KeysOfSource[]): SQL {
    const keys: number[] = [];
    const ids: string[] = [];
    for (const { sourceRelationId, keys: texts } of sources) {
      for (const key of new Set(texts.map(hashKey))) {
        keys.push(key);
        ids.push(sourceRelationId);
      }
    }
    return sql`
      insert into match_keys (tenant_id, key, source_relation_id)
      select ${this.tenantId}::uuid, k, s from unnest(${`{${keys.join(',')}}`}::bigint[], ${uuidArray(ids)}) as r(k, s)
      order by k, s`;
  }

  async findSharers(
    of: KeysOfSource,
    bounds: { readonly sharersMax: number; readonly limit: number },
  ): Promise<SourceRelationId[]> {
    if (of.keys.length === 0) return [];
    const rows = await this.tx.execute<{ id: string }>(sql`
      select distinct sharer as id
      from unnest(${`{${of.keys.map(hashKey).join(',')}}`}::bigint[]) as wanted(key)
        cross join lateral (
          select array_agg(source_relation_id) as sharers from (
            select m.source_relation_id from match_keys m
            where m.tenant_id = ${this.tenantId}::uuid and m.key = wanted.key
            limit ${bounds.sharersMax + 1}) as few) as found
        cross join lateral unnest(found.sharers) as sharer
      where cardinality(found.sharers) <= ${bounds.sharersMax} and sharer <> ${of.sourceRelationId}
      order by 1 limit ${bounds.limit}`);
    return rows.map((row) => asId<SourceRelationId>(row.id));
  }
}
