import { and, asc, eq, gt, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import {
  asId,
  type AdministrationId,
  type RelationId,
  type SourceRelationId,
  type SyncRunId,
  type TenantId,
} from '@koppel/domain/kernel';
import type {
  Comparable,
  SharedValues,
  SourceFields,
  SourceRelation,
  SourceRelations,
} from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { sourceRelations } from '../schema/index.js';
import { isAnyOf, portionsOf, uuidArray } from './arrays.js';

const rowsPerStatement = 2_000;
const beforeAllIds = '00000000-0000-0000-0000-000000000000';

/** Accounts over Postgres, as comparing and merging see them. */
export class DrizzleSourceRelations implements SourceRelations {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  findComparables(after: SourceRelationId | null, limit: number): Promise<Comparable[]> {
    // Always a place: without one the planner sorts every account, bank accounts and all, before it takes the page.
    return this.comparables(sql`and s.id > ${after ?? beforeAllIds} order by s.id limit ${limit}`);
  }

  async findComparablesOf(ids: readonly SourceRelationId[]): Promise<Comparable[]> {
    if (ids.length === 0) return [];
    return this.comparables(sql`and s.id = any(${uuidArray(ids)}) order by s.id`);
  }

  async findMany(ids: readonly SourceRelationId[]): Promise<SourceRelation[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx
      .select()
      .from(sourceRelations)
      .where(isAnyOf(sourceRelations.id, ids))
      .orderBy(asc(sourceRelations.id));
    return rows.map(toSourceRelation);
  }

  async findManyForUpdate(ids: readonly SourceRelationId[]): Promise<SourceRelation[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx
      .select()
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
          or(eq(sourceRelations.changedInRun, runId), isNotNull(sourceRelations.base)),
          page.after === null ? undefined : gt(sourceRelations.id, page.after),
          page.also,
        ),
      )
      .orderBy(asc(sourceRelations.id))
      .limit(page.limit);
    return rows.map((row) => asId<SourceRelationId>(row.id));
  }

  private async comparables(page: SQL): Promise<Comparable[]> {
    const rows = await this.tx.execute<ComparableRow>(sql`
      select s.id, s.administration_id, s.code, s.name, f->>'tradeName' as trade_name, f->>'kvk' as kvk, f->>'vat' as vat,
        f->>'rsin' as rsin, f->>'email' as email, f->>'phone' as phone, f->>'website' as website,
        f->'address'->>'line1' as line1, f->'address'->>'postcode' as postcode, f->'address'->>'city' as city,
        f->'address'->>'country' as country, s.is_blocked, s.is_own_company,
        (select l.relation_id from links l where l.tenant_id = s.tenant_id and l.source_relation_id = s.id limit 1)
          as relation_id,
        (select string_agg(p.fields->>'iban', '|' order by p.exact_id) from source_parts p
          where p.tenant_id = s.tenant_id and p.administration_id = s.administration_id and p.account_exact_id = s.exact_id
            and p.kind = 'bank-account' and p.state = 'present') as ibans
      from source_relations s cross join lateral (select s.fields->'shared') as shared(f)
      where s.state = 'present' ${page}`);
    return rows.map(toComparable);
  }
}

interface ComparableRow extends Record<string, unknown> {
  readonly id: string;
  readonly administration_id: string;
  readonly code: string | null;
  readonly name: string;
  readonly trade_name: string | null;
  readonly kvk: string | null;
  readonly vat: string | null;
  readonly rsin: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly website: string | null;
  readonly line1: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly is_blocked: boolean;
  readonly is_own_company: boolean;
  readonly relation_id: string | null;
  /** With bars between them. */
  readonly ibans: string | null;
}

function toComparable(row: ComparableRow): Comparable {
  return {
    record: {
      id: row.id,
      administrationId: row.administration_id,
      code: row.code,
      name: row.name,
      tradeName: row.trade_name,
      kvk: row.kvk,
      vat: row.vat,
      rsin: row.rsin,
      ibans: row.ibans === null ? noIbans : row.ibans.split('|').filter((iban) => iban !== ''),
      email: row.email,
      phone: row.phone,
      website: row.website,
      addressLine1: row.line1,
      postcode: row.postcode,
      city: row.city,
      country: row.country,
      isBlocked: row.is_blocked,
      isOwnCompany: row.is_own_company,
    },
    relationId: row.relation_id === null ? null : asId<RelationId>(row.relation_id),
  };
}

const noIbans: readonly string[] = [];

/** The domain's account of a row. */
export function toSourceRelation(row: typeof sourceRelations.$inferSelect): SourceRelation {
  return {
    id: asId<SourceRelationId>(row.id),
    administrationId: asId<AdministrationId>(row.administrationId),
    exactId: row.exactId,
    rowVersion: row.rowVersion,
    fields: row.fields as SourceFields, // our own rows, here and below
    base: row.base as SharedValues | null,
    isCustomer: row.isCustomer,
    isSupplier: row.isSupplier,
    isOwnCompany: row.isOwnCompany,
    isBlocked: row.isBlocked,
    state: row.state as SourceRelation['state'],
    contentHash: row.contentHash,
    modifiedAt: row.modifiedAt,
    changedAt: row.changedAt,
  };
}
