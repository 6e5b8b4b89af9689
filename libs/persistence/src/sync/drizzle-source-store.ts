import { and, eq, inArray, ne, sql, type SQL } from 'drizzle-orm';
import {
  invariant,
  type AdministrationId,
  type SourceRelationId,
  type SyncRunId,
  type TenantId,
} from '@koppel/domain/kernel';
import type { SourceRelation } from '@koppel/domain/relations';
import type {
  DeletedRow,
  MasterKind,
  MasterRow,
  PartKind,
  PartRow,
  AccountAt,
  AccountReadBack,
  SourceStore,
  StoreContext,
  StoredAccount,
  StoredCounts,
} from '@koppel/domain/sync';
import type { Tx } from '../database.js';
import { executePrepared } from '../prepared.js';
import { masters, sourceParts, sourceRelations, syncRuns } from '../schema/index.js';
import { moveAccountsStatement } from './moved-accounts.js';
import { partUnseenIn, presentIn, presentParts, unseenIn } from './present-rows.js';
import { rowOfAccount, toSourceRelation } from '../account-row.js';
import { storeInChunks } from './store-in-chunks.js';
import { upsertAccountsStatement } from './upsert-accounts.js';
import { upsertMastersStatement, upsertPartsStatement } from './upsert-details.js';
import { valueDatesAfter } from './value-dates.js';

/** About a hundred kilobytes of JSON: what is larger gets fresh memory from the kernel each time, here and in Postgres. */
const accountsPerStatement = 100;
const detailsPerStatement = 400;

/** What Exact has, over Postgres; set-based. */
export class DrizzleSourceStore implements SourceStore {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async upsertAccounts(context: StoreContext, rows: readonly StoredAccount[]): Promise<StoredCounts> {
    const { counts } = await storeInChunks(
      this.tx,
      { rows, rowsPerStatement: accountsPerStatement },
      (chunk) => upsertAccountsStatement(this.tenantId, context, chunk),
    );
    return counts;
  }

  async upsertParts(context: StoreContext, kind: PartKind, rows: readonly PartRow[]): Promise<StoredCounts> {
    const { tenantId } = this;
    const { counts, moved } = await storeInChunks(
      this.tx,
      { rows, rowsPerStatement: detailsPerStatement },
      (chunk) => upsertPartsStatement({ tenantId, context, kind, rows: chunk }),
    );
    if (moved.length > 0) await executePrepared(this.tx, moveAccountsStatement(tenantId, context, moved));
    return counts;
  }

  async upsertMasters(
    context: StoreContext,
    kind: MasterKind,
    rows: readonly MasterRow[],
  ): Promise<StoredCounts> {
    const { tenantId } = this;
    const { counts } = await storeInChunks(
      this.tx,
      { rows, rowsPerStatement: detailsPerStatement },
      (chunk) => upsertMastersStatement({ tenantId, context, kind, rows: chunk }),
    );
    return counts;
  }

  async markDeleted(context: StoreContext, rows: readonly DeletedRow[]): Promise<number> {
    const idsOf = (entity: DeletedRow['entity']) =>
      rows.filter((row) => row.entity === entity).map((row) => row.exactId);
    for (const kind of ['contact', 'address', 'bank-account'] as const)
      await this.markPartsDeleted(context, kind, idsOf(kind));
    await this.removeLedgerAccounts(context.administrationId, idsOf('gl-account'));
    const ids = idsOf('account');
    if (ids.length === 0) return 0;
    return this.markAccountsDeleted(context, inArray(sourceRelations.exactId, ids));
  }

  async countPresent(administrationId: AdministrationId): Promise<number> {
    return this.tx.$count(sourceRelations, presentIn(administrationId));
  }

  async markMet({ administrationId, runId }: StoreContext, exactIds: readonly string[]): Promise<void> {
    if (exactIds.length === 0) return;
    await this.tx
      .update(sourceRelations)
      .set({ seenInRun: runId })
      .where(and(presentIn(administrationId), inArray(sourceRelations.exactId, [...exactIds])));
  }

  async countUnseen(context: Pick<StoreContext, 'administrationId' | 'runId'>): Promise<number> {
    return this.tx.$count(sourceRelations, and(presentIn(context.administrationId), unseenIn(context.runId)));
  }

  async markUnseenDeleted(context: StoreContext): Promise<number> {
    return this.markAccountsDeleted(context, unseenIn(context.runId));
  }

  async countPresentParts(administrationId: AdministrationId, kind: PartKind): Promise<number> {
    return this.tx.$count(sourceParts, presentParts({ administrationId }, kind));
  }

  async countUnseenParts(
    context: Pick<StoreContext, 'administrationId' | 'runId'>,
    kind: PartKind,
  ): Promise<number> {
    return this.tx.$count(sourceParts, and(presentParts(context, kind), partUnseenIn(context.runId)));
  }

  async markUnseenPartsDeleted(context: StoreContext, kind: PartKind): Promise<number> {
    const marked = await this.tx
      .update(sourceParts)
      .set({ state: 'deleted', base: null, changedAt: context.now })
      .where(and(presentParts(context, kind), partUnseenIn(context.runId)))
      .returning({ id: sourceParts.exactId });
    return marked.length;
  }

  async removeUnseenMasters(context: StoreContext, kind: MasterKind): Promise<number> {
    const removed = await this.tx
      .delete(masters)
      .where(
        and(
          eq(masters.administrationId, context.administrationId),
          eq(masters.kind, kind),
          sql`${masters.seenInRun} is distinct from ${context.runId}::uuid`,
        ),
      )
      .returning({ exactId: masters.exactId });
    return removed.length;
  }

  async adoptUncompared(runId: SyncRunId): Promise<void> {
    const ended = this.tx
      .select({ id: syncRuns.id })
      .from(syncRuns)
      .where(inArray(syncRuns.state, ['failed', 'cancelled']));
    await this.tx
      .update(sourceRelations)
      .set({ changedInRun: runId })
      .where(inArray(sourceRelations.changedInRun, ended));
    // A base that stands is a change that waits; those of open runs are this run's own, since one run is open at a time.
    await this.tx.execute(sql`update source_relations set changed_in_run = ${runId}::uuid
      where base is not null and base <> fields->'shared' and changed_in_run is distinct from ${runId}::uuid`);
  }

  async findRelation(id: SourceRelationId): Promise<SourceRelation | undefined> {
    const [row] = await this.tx.select().from(sourceRelations).where(eq(sourceRelations.id, id));
    return row && toSourceRelation(row);
  }

  async findAccount(at: AccountAt): Promise<SourceRelation | undefined> {
    const [row] = await this.tx.select().from(sourceRelations).where(rowOfAccount(at));
    return row && toSourceRelation(row);
  }

  async findRelationForUpdate(id: SourceRelationId): Promise<SourceRelation | undefined> {
    const found = this.tx.select().from(sourceRelations).where(eq(sourceRelations.id, id));
    const [row] = await found.for('update');
    return row && toSourceRelation(row);
  }

  async storeReadBack(id: SourceRelationId, row: AccountReadBack, now: Date): Promise<void> {
    const { name } = row.fields.shared;
    const { code, isBlocked, isSupplier, endsOn } = row.fields.local;
    const shared = sql`${JSON.stringify(row.fields.shared)}::text::jsonb`;
    const at = sql`${(row.modifiedAt ?? now).toISOString()}::timestamptz`;
    const valueDates = valueDatesAfter(sql`source_relations`, { shared, at });
    await this.tx
      .update(sourceRelations)
      .set({ ...row, name, code, isBlocked, isSupplier, endsOn, valueDates, changedAt: now, writtenAt: now })
      .where(eq(sourceRelations.id, id));
  }

  async keepAccount(
    administrationId: AdministrationId,
    row: StoredAccount,
    now: Date,
  ): Promise<SourceRelation> {
    const { isDivisionAccount: _, fields, ...columns } = row;
    const { code, endsOn } = fields.local;
    await this.tx
      .insert(sourceRelations)
      .values({
        ...columns,
        ...{ tenantId: this.tenantId, administrationId, fields, code, endsOn, state: 'present' },
        ...{ name: fields.shared.name, firstSeenAt: now, changedAt: now },
      })
      .onConflictDoNothing();
    const found = this.tx
      .select()
      .from(sourceRelations)
      .where(rowOfAccount({ administrationId, exactId: row.exactId }));
    const [kept] = await found.for('update');
    invariant(kept, 'an account that was kept is there');
    return toSourceRelation(kept);
  }

  private async markAccountsDeleted(context: StoreContext, which: SQL): Promise<number> {
    const marked = await this.tx
      .update(sourceRelations)
      .set({ state: 'deleted', changedAt: context.now, changedInRun: context.runId })
      .where(and(presentIn(context.administrationId), which))
      .returning({ id: sourceRelations.id });
    return marked.length;
  }

  private async markPartsDeleted(
    context: StoreContext,
    kind: PartKind,
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length === 0) return;
    await this.tx
      .update(sourceParts)
      .set({ state: 'deleted', base: null, changedAt: context.now })
      .where(
        and(
          eq(sourceParts.administrationId, context.administrationId),
          eq(sourceParts.kind, kind),
          inArray(sourceParts.exactId, [...ids]),
          ne(sourceParts.state, 'deleted'),
        ),
      );
  }

  private async removeLedgerAccounts(
    administrationId: AdministrationId,
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length === 0) return;
    await this.tx
      .delete(masters)
      .where(
        and(
          eq(masters.administrationId, administrationId),
          eq(masters.kind, 'gl-accounts'),
          inArray(masters.exactId, [...ids]),
        ),
      );
  }
}
