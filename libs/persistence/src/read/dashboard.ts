import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Tx } from '../database.js';
import {
  conflicts,
  issues,
  links,
  proposals,
  relations,
  sourceRelations,
  syncRuns,
  syncSteps,
  writeIntents,
} from '../schema/index.js';

export interface DashboardCounts {
  readonly waiting: {
    readonly blockingIssues: number;
    readonly issues: number;
    readonly proposals: number;
    readonly doubles: number;
    readonly conflicts: number;
  };
  readonly totals: {
    readonly relations: number;
    readonly sourceRelations: number;
    readonly mergedRelations: number;
  };
  readonly openRunId: string | null;
  /** Administrations that the open run still works on. */
  readonly busyAdministrationIds: ReadonlySet<string>;
  readonly recordsByAdministration: ReadonlyMap<string, number>;
  /** Writes into Exact that are planned or under way. */
  readonly writesByAdministration: ReadonlyMap<string, number>;
}

/** The counts of the overview page. */
export async function countForDashboard(tx: Tx): Promise<DashboardCounts> {
  const openRun = await findOpenRun(tx);
  const records = await countRecords(tx);
  return {
    waiting: await countWaiting(tx),
    totals: {
      relations: await tx.$count(relations, eq(relations.state, 'active')),
      sourceRelations: [...records.values()].reduce((sum, count) => sum + count, 0),
      mergedRelations: await countMerged(tx),
    },
    openRunId: openRun?.id ?? null,
    busyAdministrationIds: openRun ? await findBusy(tx, openRun.id) : new Set(),
    recordsByAdministration: records,
    writesByAdministration: await countWrites(tx),
  };
}

async function findOpenRun(tx: Tx): Promise<{ id: string } | undefined> {
  const [run] = await tx
    .select({ id: syncRuns.id })
    .from(syncRuns)
    .where(inArray(syncRuns.state, ['fetching', 'comparing']));
  return run;
}

async function countWaiting(tx: Tx): Promise<DashboardCounts['waiting']> {
  const open = eq(proposals.state, 'open');
  const openIssue = eq(issues.state, 'open');
  return {
    blockingIssues: await tx.$count(issues, and(openIssue, eq(issues.isBlocking, true))),
    // Doubles wait as pairs.
    issues: await tx.$count(issues, and(openIssue, ne(issues.cause, 'double-in-administration'))),
    proposals: await tx.$count(proposals, and(open, eq(proposals.kind, 'match'))),
    doubles: await tx.$count(proposals, and(open, eq(proposals.kind, 'double'))),
    conflicts: await tx.$count(conflicts, eq(conflicts.state, 'open')),
  };
}

/** Relations that hold accounts of at least two administrations. */
async function countMerged(tx: Tx): Promise<number> {
  const rows = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select ${links.relationId} from ${links}
      join ${sourceRelations} on ${sourceRelations.id} = ${links.sourceRelationId}
      group by ${links.relationId} having count(distinct ${sourceRelations.administrationId}) > 1
    ) as merged`);
  return rows[0]?.count ?? 0;
}

async function findBusy(tx: Tx, runId: string): Promise<Set<string>> {
  const rows = await tx
    .selectDistinct({ id: syncSteps.administrationId })
    .from(syncSteps)
    .where(and(eq(syncSteps.runId, runId), inArray(syncSteps.state, ['pending', 'running', 'waiting'])));
  return new Set(rows.flatMap((row) => (row.id === null ? [] : [row.id])));
}

async function countRecords(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx
    .select({ id: sourceRelations.administrationId, count: sql<number>`count(*)::int` })
    .from(sourceRelations)
    .where(eq(sourceRelations.state, 'present'))
    .groupBy(sourceRelations.administrationId);
  return new Map(rows.map((row) => [row.id, row.count]));
}

async function countWrites(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx
    .select({ id: writeIntents.administrationId, count: sql<number>`count(*)::int` })
    .from(writeIntents)
    .where(sql`${writeIntents.state} in ('planned', 'sent', 'uncertain')`)
    .groupBy(writeIntents.administrationId);
  return new Map(rows.map((row) => [row.id, row.count]));
}
