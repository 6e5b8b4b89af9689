import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm';
import {
  asId,
  type AdministrationId,
  type RelationId,
  type SourceRelationId,
  type SyncRunId,
  type TenantId,
} from '@koppel/domain/kernel';
import type { MatchRecord } from '@koppel/domain/matching';
import type {
  AccountScope,
  Comparable,
  SharedValues,
  SourceRelation,
  SourceRelations,
} from '@koppel/domain/relations';
import { accountColumns, toSourceRelation } from '../account-row.js';
import type { Tx } from '../database.js';
import { sourceRelations } from '../schema/index.js';
import { beforeAllIds, isAnyOf, portionsOf, uuidArray } from './arrays.js';
import { isInScope } from './in-scope.js';

const rowsPerStatement = 2_000;

/** Accounts over Postgres, as comparing and merging see them. */
export class DrizzleSourceRelations implements SourceRelations {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async countPresent(): Promise<ReadonlyMap<AdministrationId, number>> {
    const rows = await this.tx.execute<{ administration_id: string; count: number }>(sql`
      select administration_id, count(*)::int from source_relations where state = 'present' group by administration_id`);
    return new Map(rows.map((row) => [asId<AdministrationId>(row.administration_id), row.count]));
  }

  async findNth(administrationId: AdministrationId, nth: number): Promise<SourceRelationId | undefined> {
    const [row] = await this.tx.execute<{ id: string }>(sql`
      select id from source_relations where state = 'present' and administration_id = ${administrationId}
      order by id offset ${nth - 1} limit 1`);
    return row && asId<SourceRelationId>(row.id);
  }

  async findRecords(
    after: SourceRelationId | null,
    limit: number,
    scope: AccountScope | null = null,
  ): Promise<MatchRecord[]> {
    return this.records(isInScope(scope), { after, limit });
  }

  async findUnlinkedRecords(after: SourceRelationId | null, limit: number): Promise<MatchRecord[]> {
    return this.records(this.isUnlinked(), { after, limit });
  }

  async findUnlinkedByName(after: SourceRelationId | null, limit: number): Promise<SourceRelationId[]> {
    const isAfter = after
      ? sql`and (${lettersOfName}, id) > (select ${lettersOfName}, id from source_relations where id = ${after})`
      : sql``;
    const rows = await this.tx.execute<{ id: string }>(sql`
      select id from source_relations where state = 'present' and ${this.isUnlinked()} ${isAfter}
      order by ${lettersOfName}, id limit ${limit}`);
    return rows.map(({ id }) => asId<SourceRelationId>(id));
  }

  async findComparablesOf(ids: readonly SourceRelationId[]): Promise<Comparable[]> {
    const found: Comparable[] = [];
    for (const portion of portionsOf([...ids].sort(), rowsPerStatement))
      found.push(...(await this.comparables(sql`and id = any(${uuidArray(portion)}) order by id`)));
    return found;
  }

  async countUnlinked(): Promise<number> {
    return this.tx.$count(sourceRelations, and(eq(sourceRelations.state, 'present'), this.isUnlinked()));
  }

  async findUnlinked(after: SourceRelationId | null, limit: number): Promise<SourceRelation[]> {
    const rows = await this.tx
      .select(accountColumns)
      .from(sourceRelations)
      .where(
        and(
          eq(sourceRelations.state, 'present'),
          gt(sourceRelations.id, after ?? beforeAllIds),
          this.isUnlinked(),
        ),
      )
      .orderBy(asc(sourceRelations.id))
      .limit(limit);
    return rows.map(toSourceRelation);
  }

  async findMany(ids: readonly SourceRelationId[]): Promise<SourceRelation[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx
      .select(accountColumns)
      .from(sourceRelations)
      .where(isAnyOf(sourceRelations.id, ids))
      .orderBy(asc(sourceRelations.id));
    return rows.map(toSourceRelation);
  }

  async findManyForUpdate(ids: readonly SourceRelationId[]): Promise<SourceRelation[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx
      .select(accountColumns)
      .from(sourceRelations)
      .where(isAnyOf(sourceRelations.id, ids))
      .orderBy(asc(sourceRelations.id))
      .for('update');
    return rows.map(toSourceRelation);
  }

  findChangedIn(
    runId: SyncRunId,
    after: SourceRelationId | null,
    limit: number,
  ): Promise<SourceRelationId[]> {
    return this.changed(runId, { after, limit });
  }

  findUnmergedIn(
    runId: SyncRunId,
    after: SourceRelationId | null,
    limit: number,
  ): Promise<SourceRelationId[]> {
    const s = sourceRelations;
    const isUnmerged = sql`(
      (${s.base} is not null and ${s.base} <> ${s.fields}->'shared' or ${s.state} = 'deleted')
        and exists (select from links l where l.tenant_id = ${s.tenantId} and l.source_relation_id = ${s.id} and l.state = 'linked')
      or ${s.state} = 'present'
        and ${s.id} in (select l.source_relation_id from links l where l.tenant_id = ${this.tenantId} and l.state = 'deleted'))`;
    return this.changed(runId, { after, limit, also: isUnmerged });
  }

  async findWithNewNumbers(after: SourceRelationId | null, limit: number): Promise<SourceRelationId[]> {
    const rows = await this.tx.execute<{ id: string }>(sql`
      select distinct s.id from source_parts p
      join source_relations s on s.tenant_id = p.tenant_id and s.administration_id = p.administration_id
        and s.exact_id = p.account_exact_id
      where p.tenant_id = ${this.tenantId}::uuid and p.base is not null and p.kind = 'bank-account'
        and s.state = 'present' and s.id > ${after ?? beforeAllIds}
        and exists (select from links l
          where l.tenant_id = s.tenant_id and l.source_relation_id = s.id and l.state = 'linked')
      order by s.id limit ${limit}`);
    return rows.map(({ id }) => asId<SourceRelationId>(id));
  }

  async acceptAsBase(ids: readonly SourceRelationId[]): Promise<void> {
    for (const portion of portionsOf(ids, rowsPerStatement))
      await this.tx.execute(sql`
        update source_relations set base = null where id = any(${uuidArray(portion)}) and base is not null`);
  }

  private async changed(
    runId: SyncRunId,
    page: { readonly after: SourceRelationId | null; readonly limit: number; readonly also?: SQL },
  ): Promise<SourceRelationId[]> {
    const rows = await this.tx
      .select({ id: sourceRelations.id })
      .from(sourceRelations)
      .where(
        and(
          eq(sourceRelations.tenantId, this.tenantId),
          // Each by its own index: as one condition with "or" every account is looked at.
          sql`${sourceRelations.id} in (
            select id from source_relations where tenant_id = ${this.tenantId}::uuid and changed_in_run = ${runId}::uuid
            union all
            select id from source_relations where tenant_id = ${this.tenantId}::uuid and base is not null)`,
          page.after === null ? undefined : gt(sourceRelations.id, page.after),
          page.also,
        ),
      )
      .orderBy(asc(sourceRelations.id))
      .limit(page.limit);
    return rows.map((row) => asId<SourceRelationId>(row.id));
  }

  private async records(
    condition: SQL,
    { after, limit }: { readonly after: SourceRelationId | null; readonly limit: number },
  ): Promise<MatchRecord[]> {
    // Always a place: without one the planner sorts every account, bank accounts and all, before it takes the page.
    const rows = await this.tx.execute<RecordRow>(sql`
      select ${recordColumns} from source_relations
      where state = 'present' and id > ${after ?? beforeAllIds} and ${condition} order by id limit ${limit}`);
    return rows.map(toRecord);
  }

  /** Looked up account by account: as a join of everything it is done again for each page. */
  private isUnlinked(): SQL {
    return sql`(select l.relation_id from links l
      where l.tenant_id = ${this.tenantId}::uuid and l.source_relation_id = ${sourceRelations.id} limit 1) is null`;
  }

  private async comparables(page: SQL): Promise<Comparable[]> {
    const rows = await this.tx.execute<RecordRow & { readonly relation_id: string | null }>(sql`
      select ${recordColumns},
        (select l.relation_id from links l
          where l.tenant_id = source_relations.tenant_id and l.source_relation_id = source_relations.id limit 1) as relation_id
      from source_relations
      where state = 'present' ${page}`);
    return rows.map((row) => ({
      record: toRecord(row),
      relationId: row.relation_id === null ? null : asId<RelationId>(row.relation_id),
    }));
  }
}

const lettersOfName = sql`regexp_replace(lower(name), '[^a-z0-9]+', '', 'g') collate "C"`;

const recordColumns = sql`id, administration_id, code, fields->'shared' as shared, is_blocked, is_own_company,
  (select string_agg(p.exact_id || ' ' || (p.fields->>'iban'), '|') from source_parts p
    where p.tenant_id = source_relations.tenant_id and p.administration_id = source_relations.administration_id
      and p.account_exact_id = source_relations.exact_id and p.kind = 'bank-account' and p.state = 'present') as ibans`;

interface RecordRow extends Record<string, unknown> {
  readonly id: string;
  readonly administration_id: string;
  readonly code: string | null;
  readonly shared: SharedValues;
  readonly is_blocked: boolean;
  readonly is_own_company: boolean;
  /** Each behind its id, with bars between them. */
  readonly ibans: string | null;
}

function toRecord(row: RecordRow): MatchRecord {
  const { address, ...shared } = row.shared;
  return {
    ...shared,
    id: row.id,
    administrationId: row.administration_id,
    code: row.code,
    ibans: row.ibans === null ? noIbans : ibansOf(row.ibans),
    addressLine1: address?.line1 ?? null,
    postcode: address?.postcode ?? null,
    city: address?.city ?? null,
    country: address?.country ?? null,
    isBlocked: row.is_blocked,
    isOwnCompany: row.is_own_company,
  };
}

const noIbans: readonly string[] = [];
const idLength = 36;

/** By the ids of their accounts; putting in order one row's few in the database costs more than all else of the row. */
function ibansOf(text: string): string[] {
  const inOrder = text.split('|').sort();
  return inOrder.map((one) => one.slice(idLength + 1)).filter((iban) => iban !== '');
}
