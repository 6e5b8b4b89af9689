import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm';
import { eventsOfAdded, eventsOfSaved } from '@koppel/domain/outgoing-events';
import { asId, type AdministrationId, type RelationId, type TenantId } from '@koppel/domain/kernel';
import type { Relation, Relations } from '@koppel/domain/relations';
import { column, jsonElements, momentColumn } from '../array-parameter.js';
import type { Tx } from '../database.js';
import { silentEvents, type Events } from '../events/drizzle-events.js';
import { executeInPortions } from '../prepared.js';
import { relations } from '../schema/index.js';
import { beforeAllIds, isAnyOf, portionsOf, uuidArray } from './arrays.js';

/** About a hundred kilobytes: what is larger gets fresh memory from the kernel each time. */
const rowsPerStatement = 100;

/** Relations over Postgres. */
export class DrizzleRelations implements Relations {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
    private readonly events: Events = silentEvents,
  ) {}

  async lockForComparing(): Promise<void> {
    await this.tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`compare:${this.tenantId}`}, 0))`,
    );
  }

  async findMany(ids: readonly RelationId[]): Promise<Relation[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx
      .select()
      .from(relations)
      .where(isAnyOf(relations.id, ids))
      .orderBy(asc(relations.id));
    return rows.map(toRelation);
  }

  async findManyForUpdate(ids: readonly RelationId[]): Promise<Relation[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx
      .select()
      .from(relations)
      .where(isAnyOf(relations.id, ids))
      .orderBy(asc(relations.id))
      .for('update');
    return rows.map(toRelation);
  }

  async findDiffering(after: RelationId | null, limit: number): Promise<RelationId[]> {
    const rows = await this.tx
      .select({ id: relations.id })
      .from(relations)
      .where(
        and(
          eq(relations.state, 'active'),
          after === null ? undefined : gt(relations.id, after),
          sql`exists (
            select from links l join source_relations s on s.id = l.source_relation_id and s.state = 'present'
            where l.tenant_id = ${relations.tenantId} and l.relation_id = ${relations.id}
              and l.state = 'linked' and not l.is_alias
            having count(distinct s.administration_id) > 1
              and bool_or(s.fields->'shared' is distinct from ${relations.values}))`,
        ),
      )
      .orderBy(asc(relations.id))
      .limit(limit);
    return rows.map((row) => asId<RelationId>(row.id));
  }

  async findLacking(
    of: Parameters<Relations['findLacking']>[0],
  ): Promise<{ id: RelationId; lacking: AdministrationId[] }[]> {
    const rows = await this.tx.execute<{ id: string; lacking: string[] }>(sql`
      select r.id, places.lacking from relations r
        cross join lateral (select array_agg(a::text order by a) as lacking from unnest(${uuidArray(of.administrationIds)}) a
          where not exists (select from links l join source_relations s on s.id = l.source_relation_id and s.state = 'present'
            where l.tenant_id = r.tenant_id and l.relation_id = r.id and l.state = 'linked' and s.administration_id = a)) places
      where r.tenant_id = ${this.tenantId}::uuid and r.state = 'active' and not r.is_intercompany
        and r.id > ${of.after ?? beforeAllIds}::uuid and places.lacking is not null
        and (${of.createdSince?.toISOString() ?? null}::timestamptz is null or r.created_at >= ${of.createdSince?.toISOString() ?? null}::timestamptz)
        and exists (select from links l join source_relations s on s.id = l.source_relation_id and s.state = 'present'
          where l.tenant_id = r.tenant_id and l.relation_id = r.id and l.state = 'linked' and not s.is_blocked
            and coalesce(s.ends_on, ${of.today}) >= ${of.today} and s.fields -> 'local' ->> 'isAnonymised' is distinct from 'true')
      order by r.id limit ${of.limit}`);
    return rows.map(({ id, lacking }) => ({
      id: asId<RelationId>(id),
      lacking: lacking.map((each) => asId<AdministrationId>(each)),
    }));
  }

  async addMany(added: readonly Relation[]): Promise<void> {
    await executeInPortions(
      this.tx,
      portionsOf(added, rowsPerStatement),
      (portion) => sql`
        insert into relations (id, tenant_id, name, search_text, "values", "leading", state, survivor_id, is_intercompany,
          version, created_at, updated_at)
        select r.id, ${this.tenantId}::uuid, r.name, r.search_text, r.vals, r.lead, r.state, r.survivor_id,
          r.is_intercompany, r.version, r.created_at, r.updated_at
        from ${rowsOf(portion)}`,
    );
    await this.events.add(eventsOfAdded(added));
  }

  async saveMany(saved: readonly Relation[]): Promise<void> {
    await executeInPortions(
      this.tx,
      portionsOf(saved, rowsPerStatement),
      (portion) => sql`
        update relations set name = r.name, search_text = r.search_text, "values" = r.vals,
          "leading" = r.lead, state = r.state, survivor_id = r.survivor_id, is_intercompany = r.is_intercompany,
          version = r.version, updated_at = r.updated_at
        from ${rowsOf(portion)} where relations.id = r.id`,
    );
    await this.events.add(eventsOfSaved(saved));
  }
}

function rowsOf(rows: readonly Relation[]): SQL {
  return sql`rows from (unnest(${column(rows, ({ id }) => id)}::uuid[], ${column(rows, ({ values }) => values.name)}::text[],
      ${column(rows, ({ searchText }) => searchText)}::text[], ${column(rows, ({ state }) => state)}::text[],
      ${column(rows, ({ survivorId }) => survivorId)}::uuid[],
      ${column(rows, ({ isIntercompany }) => isIntercompany)}::boolean[],
      ${column(rows, ({ version }) => version)}::int[], ${momentColumn(rows, ({ createdAt }) => createdAt)}::timestamptz[],
      ${momentColumn(rows, ({ updatedAt }) => updatedAt)}::timestamptz[]),
    jsonb_array_elements(${jsonElements(rows, ({ values }) => values)}::jsonb),
    jsonb_array_elements(${jsonElements(rows, ({ leading }) => leading)}::jsonb))
    as r(id, name, search_text, state, survivor_id, is_intercompany, version, created_at, updated_at, vals, lead)`;
}

/** The domain's relation of a row. */
export function toRelation(row: typeof relations.$inferSelect): Relation {
  return {
    id: asId<RelationId>(row.id),
    values: row.values as Relation['values'], // our own rows, here and below
    leading: row.leading as Relation['leading'],
    searchText: row.searchText,
    state: row.state as Relation['state'],
    survivorId: row.survivorId === null ? null : asId<RelationId>(row.survivorId),
    isIntercompany: row.isIntercompany,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
