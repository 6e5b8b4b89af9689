import { sql, type SQL } from 'drizzle-orm';
import { asId, type RelationId, type SourceRelationId, type TenantId } from '@koppel/domain/kernel';
import type { AccountScope, JoinedAccounts, Link, Links } from '@koppel/domain/relations';
import { column, momentColumn } from '../array-parameter.js';
import type { Tx } from '../database.js';
import { executeInPortions } from '../prepared.js';
import { beforeAllIds, portionsOf, uuidArray } from './arrays.js';
import { isInScope } from './in-scope.js';

/** Under a hundred kilobytes. */
const rowsPerStatement = 400;

/** Links over Postgres. */
export class DrizzleLinks implements Links {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async findOfSources(ids: readonly SourceRelationId[]): Promise<Link[]> {
    return this.findByEach(sql`source_relation_id`, ids);
  }

  async findOfRelations(ids: readonly RelationId[]): Promise<Link[]> {
    return this.findByEach(sql`relation_id`, ids);
  }

  /** Looked up one by one (that is what the offset is for): while a first run fills the table, the planner would read all of it. */
  private async findByEach(column: SQL, ids: readonly string[]): Promise<Link[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx.execute<LinkRow>(sql`
      select l.source_relation_id, l.role, l.relation_id, l.state, l.origin, l.is_alias, l.linked_at
      from (select distinct unnest(${uuidArray(ids)}) as id) r
      cross join lateral (
        select * from links where tenant_id = ${this.tenantId}::uuid and ${column} = r.id offset 0) l
      order by l.source_relation_id, l.role`);
    return rows.map(toLink);
  }

  async findJoined(
    after: RelationId | null,
    limit: number,
    scope: AccountScope | null = null,
  ): Promise<JoinedAccounts[]> {
    const rows = await this.tx.execute<{ relation_id: string; sources: string }>(sql`
      select l.relation_id, string_agg(distinct l.source_relation_id::text, ',' order by l.source_relation_id::text) as sources
      from links l join source_relations on source_relations.id = l.source_relation_id
        and source_relations.state = 'present' and ${isInScope(scope)}
      where l.tenant_id = ${this.tenantId}::uuid and l.relation_id > ${after ?? beforeAllIds}::uuid
      group by l.relation_id having count(distinct l.source_relation_id) > 1
      order by l.relation_id limit ${limit}`);
    return rows.map(({ relation_id, sources }) => ({
      relationId: asId<RelationId>(relation_id),
      sourceRelationIds: sources.split(',').map((id) => asId<SourceRelationId>(id)),
    }));
  }

  async addMany(added: readonly Link[]): Promise<void> {
    await executeInPortions(this.tx, portionsOf(added, rowsPerStatement), (portion) => this.insert(portion));
  }

  async putMany(put: readonly Link[]): Promise<void> {
    for (const portion of portionsOf(put, rowsPerStatement))
      await this.tx.execute(sql`${this.insert(portion)}
        on conflict (tenant_id, source_relation_id, role) do update set relation_id = excluded.relation_id,
          state = excluded.state, origin = excluded.origin, is_alias = excluded.is_alias,
          linked_at = excluded.linked_at`);
  }

  private insert(rows: readonly Link[]): SQL {
    return sql`
      insert into links (tenant_id, source_relation_id, role, relation_id, state, origin, is_alias, linked_at)
      select ${this.tenantId}::uuid, r.source_relation_id, r.role, r.relation_id, r.state, r.origin, r.is_alias, r.linked_at
      from unnest(${column(rows, (link) => link.sourceRelationId)}::uuid[], ${column(rows, ({ role }) => role)}::text[],
        ${column(rows, ({ relationId }) => relationId)}::uuid[], ${column(rows, ({ state }) => state)}::text[],
        ${column(rows, ({ origin }) => origin)}::text[], ${column(rows, ({ isAlias }) => isAlias)}::boolean[],
        ${momentColumn(rows, ({ linkedAt }) => linkedAt)}::timestamptz[])
        as r(source_relation_id, role, relation_id, state, origin, is_alias, linked_at)`;
  }

  async removeMany(gone: readonly Pick<Link, 'sourceRelationId' | 'role'>[]): Promise<void> {
    for (const portion of portionsOf(gone, rowsPerStatement))
      await this.tx.execute(sql`
        delete from links using unnest(${column(portion, (link) => link.sourceRelationId)}::uuid[],
          ${column(portion, ({ role }) => role)}::text[]) as r(source_relation_id, role)
        where links.source_relation_id = r.source_relation_id and links.role = r.role`);
  }
}

interface LinkRow extends Record<string, unknown> {
  readonly source_relation_id: string;
  readonly role: string;
  readonly relation_id: string;
  readonly state: string;
  readonly origin: string;
  readonly is_alias: boolean;
  readonly linked_at: string;
}

function toLink(row: LinkRow): Link {
  return {
    sourceRelationId: asId<SourceRelationId>(row.source_relation_id),
    role: row.role as Link['role'], // our own rows, here and below
    relationId: asId<RelationId>(row.relation_id),
    state: row.state as Link['state'],
    origin: row.origin as Link['origin'],
    isAlias: row.is_alias,
    linkedAt: new Date(row.linked_at),
  };
}
