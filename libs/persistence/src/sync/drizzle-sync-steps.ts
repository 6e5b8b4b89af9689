import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import {
  asId,
  type AdministrationId,
  type SyncRunId,
  type SyncStepId,
  type TenantId,
} from '@koppel/domain/kernel';
import type { Renewal, SyncStep, SyncSteps } from '@koppel/domain/sync';
import type { Tx } from '../database.js';
import { syncSteps } from '../schema/index.js';

/** Rows per insert statement. */
const rowsPerInsert = 500;

/** By the database's clock, also inside a long transaction: workers' clocks may differ (F60). */
const isLeaseLive = sql<boolean>`coalesce(${syncSteps.leaseUntil} > clock_timestamp(), false)`;

const columns = {
  id: syncSteps.id,
  runId: syncSteps.runId,
  administrationId: syncSteps.administrationId,
  kind: syncSteps.kind,
  position: syncSteps.position,
  isFullRead: syncSteps.isFullRead,
  state: syncSteps.state,
  cursorNext: syncSteps.cursorNext,
  cursorTimestamp: syncSteps.cursorTimestamp,
  knownUntil: syncSteps.knownUntil,
  movedAt: syncSteps.movedAt,
  records: syncSteps.records,
  rejected: syncSteps.rejected,
  expected: syncSteps.expected,
  calls: syncSteps.calls,
  leaseOwner: syncSteps.leaseOwner,
  isLeaseLive,
  epoch: syncSteps.epoch,
  crashCount: syncSteps.crashCount,
  attempts: syncSteps.attempts,
  dueAt: syncSteps.dueAt,
  waitReason: syncSteps.waitReason,
  failure: syncSteps.failure,
  startedAt: syncSteps.startedAt,
  endedAt: syncSteps.endedAt,
};

/** Steps over Postgres. */
export class DrizzleSyncSteps implements SyncSteps {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async addMany(steps: readonly SyncStep[]): Promise<void> {
    const rows = steps.map(({ isLeaseLive: _, ...step }) => ({ ...step, tenantId: this.tenantId }));
    for (let start = 0; start < rows.length; start += rowsPerInsert)
      await this.tx.insert(syncSteps).values(rows.slice(start, start + rowsPerInsert));
  }

  async findMany(runId: SyncRunId): Promise<SyncStep[]> {
    const rows = await this.tx
      .select(columns)
      .from(syncSteps)
      .where(eq(syncSteps.runId, runId))
      .orderBy(asc(syncSteps.administrationId), asc(syncSteps.position));
    return rows.map(toStep);
  }

  async findOfAdministration(runId: SyncRunId, administrationId: AdministrationId): Promise<SyncStep[]> {
    const rows = await this.tx
      .select(columns)
      .from(syncSteps)
      .where(and(eq(syncSteps.runId, runId), eq(syncSteps.administrationId, administrationId)))
      .orderBy(asc(syncSteps.position));
    return rows.map(toStep);
  }

  async countOpen(runId: SyncRunId): Promise<number> {
    const isOpen = inArray(syncSteps.state, ['pending', 'running', 'waiting']);
    return this.tx.$count(syncSteps, and(eq(syncSteps.runId, runId), ne(syncSteps.kind, 'compare'), isOpen));
  }

  async findById(id: SyncStepId): Promise<SyncStep | undefined> {
    const [row] = await this.tx.select(columns).from(syncSteps).where(eq(syncSteps.id, id));
    return row && toStep(row);
  }

  async findByIdForUpdate(id: SyncStepId): Promise<SyncStep | undefined> {
    const [row] = await this.tx
      .select(columns)
      .from(syncSteps)
      .where(eq(syncSteps.id, id))
      .for('update')
      .prepare('lock-step')
      .execute();
    return row && toStep(row);
  }

  async save(step: SyncStep): Promise<void> {
    const { id, isLeaseLive: _, ...rest } = step;
    const lease = step.leaseOwner === null ? { leaseUntil: null } : {};
    await this.tx
      .update(syncSteps)
      .set({ ...rest, ...lease })
      .where(eq(syncSteps.id, id))
      .prepare('save-step')
      .execute();
  }

  async takeLease(id: SyncStepId, owner: string, forMs: number): Promise<void> {
    await this.tx
      .update(syncSteps)
      .set({ leaseOwner: owner, leaseUntil: untilIn(forMs) })
      .where(eq(syncSteps.id, id));
  }

  async renewLease(id: SyncStepId, owner: string, { forMs, ifLocked }: Renewal): Promise<boolean> {
    const mine = and(eq(syncSteps.id, id), eq(syncSteps.leaseOwner, owner), eq(syncSteps.state, 'running'));
    const free = this.tx
      .select({ id: syncSteps.id })
      .from(syncSteps)
      .where(mine)
      .for('update', { skipLocked: true });
    const renewed = await this.tx
      .update(syncSteps)
      .set({ leaseUntil: untilIn(forMs) })
      .where(ifLocked === 'skip' ? inArray(syncSteps.id, free) : mine)
      .returning({ id: syncSteps.id });
    return renewed.length > 0;
  }
}

function untilIn(ms: number) {
  return sql`clock_timestamp() + ${ms} * interval '1 millisecond'`;
}

type Row = {
  [Name in keyof typeof columns]: Name extends 'isLeaseLive'
    ? boolean
    : (typeof syncSteps.$inferSelect)[Name & keyof typeof syncSteps.$inferSelect];
};

function toStep(row: Row): SyncStep {
  return {
    ...row,
    id: asId<SyncStepId>(row.id),
    runId: asId<SyncRunId>(row.runId),
    administrationId: row.administrationId === null ? null : asId<AdministrationId>(row.administrationId),
    kind: row.kind as SyncStep['kind'], // our own rows
    state: row.state as SyncStep['state'],
    waitReason: row.waitReason as SyncStep['waitReason'],
    failure: row.failure as SyncStep['failure'],
  };
}
