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
import { isAsked } from './proposals.js';
import type { OpenWrites } from './seconds-left.js';
import { isWaitingForAnswer } from './waiting-for-answer.js';

export interface DashboardCounts {
  readonly waiting: {
    readonly blockingIssues: number;
    readonly issues: number;
    readonly proposals: number;
    /** Pairs in groups whose issue nobody ignored. */
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
  readonly writesByAdministration: ReadonlyMap<string, OpenWrites>;
  /** Doubles that wait, as in `waiting`. */
  readonly doublesByAdministration: ReadonlyMap<string, number>;
}

/** The counts of the overview page. */
export async function countForDashboard(tx: Tx): Promise<DashboardCounts> {
  const openRun = await findOpenRun(tx);
  const records = await countRecords(tx);
  const doubles = await countDoubles(tx);
  return {
    waiting: { ...(await countWaiting(tx)), doubles: sumOf(doubles) },
    doublesByAdministration: doubles,
    totals: {
      relations: await tx.$count(relations, eq(relations.state, 'active')),
      sourceRelations: sumOf(records),
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

const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

async function countWaiting(tx: Tx): Promise<Omit<DashboardCounts['waiting'], 'doubles'>> {
  const open = isAsked;
  const openIssue = eq(issues.state, 'open');
  return {
    blockingIssues: await tx.$count(issues, and(openIssue, eq(issues.isBlocking, true))),
    // Doubles wait as pairs.
    issues: await tx.$count(issues, and(openIssue, ne(issues.cause, 'double-in-administration'))),
    proposals: await tx.$count(proposals, and(open, eq(proposals.kind, 'match'))),
    conflicts: await tx.$count(conflicts, eq(conflicts.state, 'open')),
  };
}

/** Doubles wait until somebody decides on them or ignores the issue of their group. */
async function countDoubles(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.execute<{ id: string; count: number }>(sql`
    select p.administration_id as id, count(*)::int as count from ${proposals} p
    where p.state = 'open' and p.kind = 'double' and not exists (
      select from ${issues} i
      where i.tenant_id = p.tenant_id and i.state = 'ignored' and i.cause_key = p.group_key)
    group by p.administration_id`);
  return new Map(rows.map(({ id, count }) => [id, count]));
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

async function countWrites(tx: Tx): Promise<Map<string, OpenWrites>> {
  const secondsToLast = sql<number>`coalesce(greatest(0, extract(epoch from
    max(${writeIntents.dueAt}) filter (where ${writeIntents.state} = 'planned') - now())), 0)::float8`;
  const rows = await tx
    .select({ id: writeIntents.administrationId, writes: sql<number>`count(*)::int`, secondsToLast })
    .from(writeIntents)
    .where(sql`${writeIntents.state} in ('planned', 'sent', 'uncertain') and not (${isWaitingForAnswer})`)
    .groupBy(writeIntents.administrationId);
  return new Map(rows.map(({ id, ...open }) => [id, open]));
}
