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
      await this.tx.execute(sql`
        insert into match_keys (tenant_id, key, source_relation_id)
        select ${this.tenantId}::uuid, r.key, r.source from ${this.rows(portion)}
        where not exists (select from match_keys m where m.key = r.key and m.source_relation_id = r.source)`);
  }

  async addFirst(sources: readonly KeysOfSource[]): Promise<void> {
    for (const portion of portionsOf(sources, sourcesPerStatement))
      await this.tx.execute(sql`
        insert into match_keys (tenant_id, key, source_relation_id)
        select ${this.tenantId}::uuid, r.key, r.source from ${this.rows(portion)}`);
  }

  private rows(sources: readonly KeysOfSource[]): SQL {
    const keys: number[] = [];
    const ids: string[] = [];
    for (const { sourceRelationId, keys: texts } of sources) {
      for (const key of this.hashesOf(texts)) {
        keys.push(key);
        ids.push(sourceRelationId);
      }
    }
    return sql`unnest(${bigintArray(keys)}, ${uuidArray(ids)}) as r(key, source)`;
  }

  private hashesOf(keys: readonly string[]): number[] {
    return [...new Set(keys.map((key) => hashKey(this.tenantId + key)))];
  }

  async findSharers(
    of: KeysOfSource,
    bounds: { readonly sharersMax: number; readonly limit: number },
  ): Promise<SourceRelationId[]> {
    if (of.keys.length === 0) return [];
    const rows = await this.tx.execute<{ id: string }>(sql`
      select distinct sharer as id
      from unnest(${bigintArray(this.hashesOf(of.keys))}) as wanted(key)
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

function bigintArray(numbers: readonly number[]): SQL {
  return sql`${`{${numbers.join(',')}}`}::bigint[]`;
}
