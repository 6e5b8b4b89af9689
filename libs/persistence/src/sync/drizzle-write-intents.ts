import { and, asc, desc, eq, gt, inArray, isNotNull, lte, ne, sql, type SQL } from 'drizzle-orm';
import {
  asId,
  type AdministrationId,
  type RelationId,
  type SourceRelationId,
  type TenantId,
  type WriteIntentId,
} from '@koppel/domain/kernel';
import { awaitingAnswer } from '@koppel/domain/relations';
import {
  dueOnReturn,
  type AccountWrite,
  type OpenOfPlans,
  type PartWrite,
  type WriteIntent,
  type WriteIntents,
} from '@koppel/domain/sync';
import type { Tx } from '../database.js';
import { column, jsonColumn, jsonElements, momentColumn } from '../array-parameter.js';
import { executeInPortions } from '../prepared.js';
import { isAnyOf, portionsOf } from '../relations/arrays.js';
import { writeIntents } from '../schema/index.js';

/** Rows per insert statement. */
const rowsPerInsert = 500;
/** Spelled as in the index that makes it quick. */
const isOpen = sql`${writeIntents.state} in ('planned', 'sent', 'uncertain')`;
const isFailed = sql`${writeIntents.state} = 'failed'`;
const isAddressCreate = sql`${writeIntents.kind} = 'create' and ${writeIntents.part} ->> 'kind' = 'address'`;
const isAccountCreate = sql`${writeIntents.kind} = 'create' and ${writeIntents.part} is null`;

/** Write intents over Postgres. */
export class DrizzleWriteIntents implements WriteIntents {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async addMany(intents: readonly WriteIntent[]): Promise<void> {
    await executeInPortions(
      this.tx,
      portionsOf(intents, rowsPerInsert),
      (portion) => sql`
        insert into write_intents (tenant_id, id, administration_id, relation_id, source_relation_id, kind, roles, part, patch, state,
          attempts, tries_before, failure, purpose, created_by, created_at, due_at, sent_at, settled_at)
        select ${this.tenantId}::uuid, w.id, w.administration_id, w.relation_id, w.source_relation_id, w.kind,
          string_to_array(w.roles, ' '), w.part::jsonb, w.patch, w.state, w.attempts, w.tries_before, w.failure::jsonb, w.purpose,
          w.created_by, w.created_at, w.due_at, w.sent_at, w.settled_at
        from ${rowsOf(portion)}`,
    );
  }

  async findById(id: WriteIntentId): Promise<WriteIntent | undefined> {
    const [row] = await this.tx.select().from(writeIntents).where(eq(writeIntents.id, id));
    return row && toIntent(row);
  }

  async findMany(ids: readonly WriteIntentId[]): Promise<WriteIntent[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx
      .select()
      .from(writeIntents)
      .where(isAnyOf(writeIntents.id, ids))
      .orderBy(asc(writeIntents.id));
    return rows.map(toIntent);
  }

  async findByIdForUpdate(id: WriteIntentId): Promise<WriteIntent | undefined> {
    const [row] = await this.tx.select().from(writeIntents).where(eq(writeIntents.id, id)).for('update');
    return row && toIntent(row);
  }

  async findOpenOf(ids: readonly SourceRelationId[]): Promise<WriteIntent[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx
      .select()
      .from(writeIntents)
      .where(and(isAnyOf(writeIntents.sourceRelationId, ids), isOpen))
      .orderBy(asc(writeIntents.createdAt), asc(writeIntents.id));
    return rows.map(toIntent);
  }

  async findFailedOf(ids: readonly SourceRelationId[], limit: number): Promise<WriteIntent[]> {
    if (ids.length === 0) return [];
    const { id, sourceRelationId, createdAt } = writeIntents;
    const ranked = this.tx
      .select({
        id,
        rank: sql<number>`row_number() over (partition by ${sourceRelationId} order by ${createdAt} desc, ${id} desc)`.as(
          'rank',
        ),
      })
      .from(writeIntents)
      .where(and(isAnyOf(sourceRelationId, ids), isFailed))
      .as('ranked');
    const last = this.tx.select({ id: ranked.id }).from(ranked).where(lte(ranked.rank, limit));
    const rows = await this.tx
      .select()
      .from(writeIntents)
      .where(inArray(id, last))
      .orderBy(asc(createdAt), asc(id));
    return rows.map(toIntent);
  }

  async findOpenCreate(
    relationId: RelationId,
    administrationId: AdministrationId,
  ): Promise<AccountWrite | undefined> {
    const [row] = await this.tx
      .select()
      .from(writeIntents)
      .where(
        and(
          eq(writeIntents.relationId, relationId),
          eq(writeIntents.administrationId, administrationId),
          isAccountCreate,
          isOpen,
        ),
      );
    return row && (toIntent(row) as AccountWrite); // it has no part
  }

  async findOpenCreatesOf(relationIds: readonly RelationId[]): Promise<AccountWrite[]> {
    if (relationIds.length === 0) return [];
    const rows = await this.tx
      .select()
      .from(writeIntents)
      .where(and(isAnyOf(writeIntents.relationId, relationIds), isAccountCreate, isOpen))
      .orderBy(asc(writeIntents.id));
    return rows.map((row) => toIntent(row) as AccountWrite); // they have no part
  }

  async findLastAddressCreatesOf(relationIds: readonly RelationId[]): Promise<PartWrite[]> {
    if (relationIds.length === 0) return [];
    const type = sql`${writeIntents.patch} ->> 'type'`;
    const rows = await this.tx
      .selectDistinctOn([writeIntents.sourceRelationId, type])
      .from(writeIntents)
      .where(and(isAnyOf(writeIntents.relationId, relationIds), isAddressCreate))
      .orderBy(writeIntents.sourceRelationId, type, desc(writeIntents.createdAt), desc(writeIntents.id));
    return rows.map((row) => toIntent(row) as PartWrite); // they have a part
  }

  async countOpenOfPlans(): Promise<OpenOfPlans[]> {
    const rows = await this.tx.execute<{ id: string; creates: number; others: number }>(sql`
      select administration_id as id, count(*) filter (where kind = 'create' and part is null)::int as creates,
        count(*) filter (where kind <> 'create' or part is not null)::int as others
      from write_intents
      where tenant_id = ${this.tenantId}::uuid and state in ('planned', 'sent', 'uncertain') and purpose = 'plan'
        and due_at < ${dueOnReturn.toISOString()}::timestamptz
        and not (state = 'planned' and coalesce(failure ->> 'kind', '') = ${awaitingAnswer.kind})
      group by administration_id`);
    return rows.map(({ id, creates, others }) => {
      return { administrationId: asId<AdministrationId>(id), creates, others };
    });
  }

  async findOpenPartsIn(
    administrationIds: readonly AdministrationId[],
    after: WriteIntentId | null,
    limit: number,
  ): Promise<PartWrite[]> {
    if (administrationIds.length === 0) return [];
    const { id, administrationId, part } = writeIntents;
    const rows = await this.tx
      .select()
      .from(writeIntents)
      .where(
        and(
          isAnyOf(administrationId, administrationIds),
          isNotNull(part),
          isOpen,
          after === null ? undefined : gt(id, after),
        ),
      )
      .orderBy(asc(id))
      .limit(limit);
    return rows.map((row) => toIntent(row) as PartWrite); // they have a part
  }

  async makeDue(
    administrationIds: readonly AdministrationId[],
    { now, until }: { readonly now: Date; readonly until: Date },
  ): Promise<WriteIntentId[]> {
    if (administrationIds.length === 0) return [];
    const isTheirs = isAnyOf(writeIntents.administrationId, administrationIds);
    const isWaiting = inArray(writeIntents.state, ['planned', 'uncertain']);
    return this.makeDueNow(and(isTheirs, isWaiting), { now, until });
  }

  async makeTurnsDue(
    account: SourceRelationId,
    of: { readonly now: Date; readonly until: Date },
  ): Promise<WriteIntentId[]> {
    const { sourceRelationId, state, attempts, purpose } = writeIntents;
    const isUntried = and(eq(state, 'planned'), eq(attempts, 0), ne(purpose, 'plan'));
    return this.makeDueNow(and(eq(sourceRelationId, account), isUntried), of);
  }

  private async makeDueNow(
    which: SQL | undefined,
    { now, until }: { readonly now: Date; readonly until: Date },
  ): Promise<WriteIntentId[]> {
    const waiting = this.tx
      .select({ id: writeIntents.id })
      .from(writeIntents)
      .where(and(which, gt(writeIntents.dueAt, now), lte(writeIntents.dueAt, until), isOpen))
      .for('update', { skipLocked: true });
    const woken = await this.tx
      .update(writeIntents)
      .set({ dueAt: now })
      .where(inArray(writeIntents.id, waiting))
      .returning({ id: writeIntents.id });
    return woken.map(({ id }) => asId<WriteIntentId>(id));
  }

  async save(intent: WriteIntent): Promise<void> {
    const { id, roles, ...columns } = intent;
    await this.tx
      .update(writeIntents)
      .set({ ...columns, roles: [...roles] })
      .where(eq(writeIntents.id, id));
  }
}

function rowsOf(rows: readonly WriteIntent[]): SQL {
  return sql`rows from (unnest(${column(rows, ({ id }) => id)}::uuid[], ${column(rows, (row) => row.administrationId)}::uuid[],
      ${column(rows, (row) => row.relationId)}::uuid[], ${column(rows, (row) => row.sourceRelationId)}::uuid[],
      ${column(rows, ({ kind }) => kind)}::text[], ${column(rows, ({ roles }) => roles.join(' '))}::text[],
      ${jsonColumn(rows, ({ part }) => part)}::text[], ${column(rows, ({ state }) => state)}::text[],
      ${column(rows, ({ attempts }) => attempts)}::int[], ${column(rows, ({ triesBefore }) => triesBefore)}::int[],
      ${jsonColumn(rows, ({ failure }) => failure)}::text[], ${column(rows, ({ purpose }) => purpose)}::text[],
      ${column(rows, ({ createdBy }) => createdBy)}::text[], ${momentColumn(rows, ({ createdAt }) => createdAt)}::timestamptz[],
      ${momentColumn(rows, ({ dueAt }) => dueAt)}::timestamptz[], ${momentColumn(rows, ({ sentAt }) => sentAt)}::timestamptz[],
      ${momentColumn(rows, ({ settledAt }) => settledAt)}::timestamptz[]),
    jsonb_array_elements(${jsonElements(rows, ({ patch }) => patch)}::jsonb))
    as w(id, administration_id, relation_id, source_relation_id, kind, roles, part, state, attempts, tries_before, failure, purpose,
      created_by, created_at, due_at, sent_at, settled_at, patch)`;
}

function toIntent(row: typeof writeIntents.$inferSelect): WriteIntent {
  const { tenantId: _, ...columns } = row;
  const intent = {
    ...columns,
    id: asId(row.id),
    administrationId: asId(row.administrationId),
    relationId: asId(row.relationId),
    sourceRelationId: row.sourceRelationId === null ? null : asId(row.sourceRelationId),
    kind: row.kind as WriteIntent['kind'], // our own rows
    roles: row.roles as WriteIntent['roles'][number][],
    state: row.state as WriteIntent['state'],
    purpose: row.purpose as WriteIntent['purpose'],
    failure: row.failure as WriteIntent['failure'],
  };
  return intent as WriteIntent; // `part` says which of the two `patch` is: our own rows
}
