import { sql } from 'drizzle-orm';
import { asId, type SourceRelationId, type TenantId } from '@koppel/domain/kernel';
import type { KeysOfSource, MatchKeys } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { matchKeys } from '../schema/index.js';
import { isAnyOf, uuidArray } from './arrays.js';
import { hashKey } from './hash-key.js';

/** Candidate keys over Postgres, as 53-bit hashes. */
export class DrizzleMatchKeys implements MatchKeys {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async putMany(sources: readonly KeysOfSource[]): Promise<void> {
    await this.removeMany(sources.map(({ sourceRelationId }) => sourceRelationId));
    await this.addMany(sources);
  }

  async addMany(sources: readonly KeysOfSource[]): Promise<void> {
    const pairs = sources.flatMap(({ sourceRelationId, keys }) =>
      keys.map((key) => [hashKey(key), sourceRelationId] as const),
    );
    if (pairs.length === 0) return;
    // In the order of the index, whose pages are then each touched once.
    pairs.sort((one, other) => one[0] - other[0]);
    await this.tx.execute(sql`
      insert into match_keys (tenant_id, key, source_relation_id)
      select ${this.tenantId}::uuid, k, s
      from unnest(${`{${pairs.map(([key]) => key).join(',')}}`}::bigint[], ${uuidArray(pairs.map(([, id]) => id))}) as r(k, s)
      on conflict do nothing`);
  }

  async removeMany(ids: readonly SourceRelationId[]): Promise<void> {
    if (ids.length === 0) return;
    await this.tx.delete(matchKeys).where(isAnyOf(matchKeys.sourceRelationId, ids));
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
