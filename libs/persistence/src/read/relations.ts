import { and, asc, desc, eq, sql, type SQL } from 'drizzle-orm';
import { foldForSearch, type Relation, type Role } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { isAnyOf, uuidArray } from '../relations/arrays.js';
import { toRelation } from '../relations/drizzle-relations.js';
import { conflicts, relations } from '../schema/index.js';
import { cutPage, decodeCursor, pageSizeDefault } from './cursor.js';

export interface RelationFilter {
  readonly search?: string | undefined;
  readonly administrationId?: string | undefined;
  readonly role?: 'customer' | 'supplier' | undefined;
  readonly linked?: 'one' | 'several' | undefined;
  readonly sort?: 'name' | '-updatedAt' | undefined;
  /** Changed at or after; then merged relations are listed too, so that an integrator learns of them. */
  readonly updatedSince?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  /** False when nobody looks at the total. */
  readonly isCounted?: boolean;
}

/** One account of a listed relation. */
export interface RelationAccount {
  readonly relationId: string;
  readonly administrationId: string;
  readonly name: string;
  readonly code: string | null;
  readonly relationCode: string | null;
  readonly isBlocked: boolean;
  readonly state: 'linked' | 'deleted';
  readonly roles: readonly Role[];
}

export interface RelationRow extends Relation {
  readonly accounts: readonly RelationAccount[];
  readonly openConflicts: number;
  readonly openProposals: number;
}

export interface RelationPage {
  readonly items: RelationRow[];
  readonly nextCursor: string | null;
  /** Null beyond `countedMax`. */
  readonly total: number | null;
}

/** Counting further costs more than it tells. */
const countedMax = 10_000;

/** Relations by name, or the latest changed first. Throws `InvalidCursor` when the cursor is none of this list. */
export async function listRelations(tx: Tx, filter: RelationFilter): Promise<RelationPage> {
  const limit = filter.limit ?? pageSizeDefault;
  const isByName = filter.sort !== '-updatedAt';
  const where = conditionOf(filter);
  const rows = await tx
    .select()
    .from(relations)
    .where(and(where, placeOf(filter, isByName)))
    .orderBy(
      ...(isByName
        ? [asc(relations.name), asc(relations.id)]
        : [desc(relations.updatedAt), desc(relations.id)]),
    )
    .limit(limit + 1);
  const page = cutPage(rows, limit, (row) => [isByName ? row.name : row.updatedAt.toISOString(), row.id]);
  const ids = page.items.map((row) => row.id);
  const details = await detailsOf(tx, ids);
  return {
    items: page.items.map((row) => ({
      ...toRelation(row),
      accounts: details.accounts.get(row.id) ?? [],
      openConflicts: details.conflicts.get(row.id) ?? 0,
      openProposals: details.proposals.get(row.id) ?? 0,
    })),
    nextCursor: page.nextCursor,
    total: filter.isCounted === false ? null : await countBounded(tx, where),
  };
}

function conditionOf(filter: RelationFilter): SQL | undefined {
  const words = foldForSearch(filter.search ?? '')
    .split(' ')
    .filter((word) => word !== '');
  return and(
    filter.updatedSince === undefined
      ? eq(relations.state, 'active')
      : sql`${relations.updatedAt} >= ${filter.updatedSince}::timestamptz`,
    ...words.map((word) => sql`${relations.searchText} like ${`%${escapeLike(word)}%`}`),
    filter.administrationId === undefined
      ? undefined
      : sql`exists (select from links l join source_relations s on s.id = l.source_relation_id
          where l.tenant_id = ${relations.tenantId} and l.relation_id = ${relations.id}
            and s.administration_id = ${filter.administrationId})`,
    filter.role === undefined
      ? undefined
      : sql`exists (select from links l where l.tenant_id = ${relations.tenantId} and l.relation_id = ${relations.id}
          and l.role = ${filter.role})`,
    filter.linked === undefined
      ? undefined
      : sql`(select count(distinct s.administration_id) from links l join source_relations s on s.id = l.source_relation_id
          where l.tenant_id = ${relations.tenantId} and l.relation_id = ${relations.id} and l.state = 'linked')
          ${filter.linked === 'several' ? sql`> 1` : sql`<= 1`}`,
  );
}

/** Takes a search literally: `%` and `_` are characters like any other. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

function placeOf(filter: RelationFilter, isByName: boolean): SQL | undefined {
  if (filter.cursor === undefined) return undefined;
  const after = decodeCursor(filter.cursor, [isByName ? 'text' : 'moment', 'id']);
  return isByName
    ? sql`(${relations.name}, ${relations.id}) > (${after[0]}::text, ${after[1]}::uuid)`
    : sql`(${relations.updatedAt}, ${relations.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
}

async function countBounded(tx: Tx, where: SQL | undefined): Promise<number | null> {
  const some = tx
    .select({ one: sql`1` })
    .from(relations)
    .where(where)
    .limit(countedMax + 1)
    .as('some');
  const count = await tx.$count(some);
  return count > countedMax ? null : count;
}

interface Details {
  readonly accounts: Map<string, RelationAccount[]>;
  readonly conflicts: Map<string, number>;
  readonly proposals: Map<string, number>;
}

async function detailsOf(tx: Tx, ids: readonly string[]): Promise<Details> {
  if (ids.length === 0) return { accounts: new Map(), conflicts: new Map(), proposals: new Map() };
  const accounts = await tx.execute<RelationAccount & Record<string, unknown>>(sql`
    select l.relation_id as "relationId", s.administration_id as "administrationId", a.name, a.code,
      s.code as "relationCode", s.is_blocked as "isBlocked", l.state, l.roles
    from (select relation_id, source_relation_id, min(state) as state, array_agg(role order by role) as roles
        from links where relation_id = any(${uuidArray(ids)}) group by relation_id, source_relation_id) l
      join source_relations s on s.id = l.source_relation_id
      join administrations a on a.id = s.administration_id
    order by a.position, a.division, s.code, s.id`);
  const disputed = await tx
    .select({ id: conflicts.relationId, count: sql<number>`count(*)::int` })
    .from(conflicts)
    .where(and(eq(conflicts.state, 'open'), isAnyOf(conflicts.relationId, ids)))
    .groupBy(conflicts.relationId);
  const asked = await tx.execute<{ id: string; count: number }>(sql`
    select r.id, count(*)::int as count
    from unnest(${uuidArray(ids)}) as r(id) join proposals p on p.state = 'open' and not p.is_aside and r.id in (p.relation_a, p.relation_b)
    group by r.id`);
  return {
    accounts: Map.groupBy(accounts, (account) => account.relationId),
    conflicts: new Map(disputed.map(({ id, count }) => [id, count])),
    proposals: new Map(asked.map(({ id, count }) => [id, count])),
  };
}
