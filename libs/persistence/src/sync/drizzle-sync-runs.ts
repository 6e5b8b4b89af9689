import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { eventsOfRun } from '@koppel/domain/outgoing-events';
import { asId, type SyncRunId, type TenantId } from '@koppel/domain/kernel';
import {
  addComparisons,
  noComparison,
  type Comparison,
  type RunEvent,
  type SyncRun,
  type SyncRuns,
} from '@koppel/domain/sync';
import type { Tx } from '../database.js';
import { silentEvents, type Events } from '../events/drizzle-events.js';
import { syncComparisons, syncEvents, syncRuns, tenants } from '../schema/index.js';
import { isViolationOf } from '../violation.js';

/** Those that hold the place of the open run; spelled out in its index. */
const placeStates = ['fetching', 'comparing'];

/** Runs over Postgres. The partial unique index is the guard of J01; no answer of it ends the transaction. */
export class DrizzleSyncRuns implements SyncRuns {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
    private readonly events: Events = silentEvents,
  ) {}

  async holdSwitch(): Promise<'on' | 'off'> {
    const [row] = await this.tx
      .select({ enabledAt: tenants.featureEnabledAt })
      .from(tenants)
      .where(eq(tenants.id, this.tenantId))
      .for('share');
    return row?.enabledAt ? 'on' : 'off';
  }

  async add(run: SyncRun): Promise<'added' | 'other-open'> {
    const added = await this.tx
      .insert(syncRuns)
      .values({ ...run, tenantId: this.tenantId })
      .onConflictDoNothing({ target: syncRuns.tenantId, where: sql`state in ('fetching', 'comparing')` })
      .returning({ id: syncRuns.id });
    return added.length > 0 ? 'added' : 'other-open';
  }

  async findOpen(): Promise<SyncRun | undefined> {
    const [row] = await this.tx.select().from(syncRuns).where(inArray(syncRuns.state, placeStates));
    return row && toRun(row);
  }

  async findAside(): Promise<SyncRun[]> {
    const rows = await this.tx
      .select()
      .from(syncRuns)
      .where(eq(syncRuns.state, 'aside'))
      .orderBy(asc(syncRuns.startedAt), asc(syncRuns.id));
    return rows.map(toRun);
  }

  async findById(id: SyncRunId): Promise<SyncRun | undefined> {
    const [row] = await this.tx.select().from(syncRuns).where(eq(syncRuns.id, id));
    return row && toRun(row);
  }

  async findLastCompleted(): Promise<SyncRun | undefined> {
    const [row] = await this.tx
      .select()
      .from(syncRuns)
      .where(eq(syncRuns.state, 'completed'))
      .orderBy(desc(syncRuns.startedAt))
      .limit(1);
    return row && toRun(row);
  }

  async findByIdForUpdate(id: SyncRunId): Promise<SyncRun | undefined> {
    const [row] = await this.tx.select().from(syncRuns).where(eq(syncRuns.id, id)).for('update');
    return row && toRun(row);
  }

  async save(run: SyncRun): Promise<'saved' | 'other-open'> {
    const { id, ...columns } = run;
    try {
      // A savepoint: a refused row must not end the caller's transaction.
      await this.tx.transaction((inner) => inner.update(syncRuns).set(columns).where(eq(syncRuns.id, id)));
      await this.events.add(eventsOfRun(run));
      return 'saved';
    } catch (error) {
      if (isViolationOf(error, 'sync_runs_one_open')) return 'other-open';
      throw error;
    }
  }

  async addComparison(runId: SyncRunId, counts: Comparison): Promise<void> {
    await this.tx.insert(syncComparisons).values({ tenantId: this.tenantId, runId, counts });
  }

  async takeComparison(runId: SyncRunId): Promise<Comparison> {
    const parts = await this.tx
      .delete(syncComparisons)
      .where(eq(syncComparisons.runId, runId))
      .returning({ counts: syncComparisons.counts });
    return parts.map(({ counts }) => counts as Comparison).reduce(addComparisons, noComparison); // our own rows
  }

  async addEvent(event: RunEvent): Promise<void> {
    await this.tx.insert(syncEvents).values({ ...event, tenantId: this.tenantId });
  }

  async hasEvent(runId: SyncRunId, key: RunEvent['key']): Promise<boolean> {
    const { tenantId, runId: ofRun, key: named } = syncEvents;
    const isIt = and(eq(tenantId, this.tenantId), eq(ofRun, runId), eq(named, key));
    const found = await this.tx.select({ id: syncEvents.id }).from(syncEvents).where(isIt).limit(1);
    return found.length > 0;
  }
}

function toRun(row: typeof syncRuns.$inferSelect): SyncRun {
  const { tenantId: _, ...columns } = row;
  return {
    ...columns,
    id: asId<SyncRunId>(row.id),
    kind: row.kind as SyncRun['kind'], // our own rows
    trigger: row.trigger as SyncRun['trigger'],
    state: row.state as SyncRun['state'],
    failure: row.failure as SyncRun['failure'],
    statistics: row.statistics as SyncRun['statistics'],
  };
}
