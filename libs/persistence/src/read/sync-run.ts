import { asc, desc, eq, sql } from 'drizzle-orm';
import {
  noStatistics,
  stoodAside,
  type DataKind,
  type RunEventKey,
  type RunStatistics,
  type SyncRun,
  type SyncStep,
} from '@koppel/domain/sync';
import type { Tx } from '../database.js';
import { administrations, syncEvents, syncRuns, syncSteps } from '../schema/index.js';
import { readBudgets, unusedBudget, type BudgetUse } from './budgets.js';
import { cutPage, decodeCursor, pageSizeDefault } from './cursor.js';
import { estimateSecondsLeft } from './seconds-left.js';

export interface SyncPartView {
  readonly stepId: string;
  readonly kind: DataKind;
  readonly state: SyncStep['state'];
  readonly records: number;
  readonly rejected: number;
  readonly expected: number | null;
  readonly calls: number;
  readonly waitReason: SyncStep['waitReason'];
  readonly resumesAt: Date | null;
  readonly failure: SyncStep['failure'];
}

export interface SyncAdministrationView {
  readonly administrationId: string;
  readonly name: string;
  readonly state: 'pending' | 'running' | 'waiting' | 'done' | 'failed';
  readonly parts: readonly SyncPartView[];
  readonly budget: BudgetUse;
}

export interface SyncRunSummaryView {
  readonly id: string;
  readonly kind: SyncRun['kind'];
  readonly trigger: SyncRun['trigger'];
  /** One that stands aside is fetching, and its parts tell what they wait for. */
  readonly state: Exclude<SyncRun['state'], 'aside'>;
  readonly startedByName: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly statistics: RunStatistics;
}

export interface SyncRunView extends SyncRunSummaryView {
  readonly isPaused: boolean;
  readonly administrations: readonly SyncAdministrationView[];
  readonly comparing: { readonly done: number; readonly total: number };
  readonly secondsLeft: number | null;
  readonly events: readonly {
    readonly at: Date;
    readonly key: RunEventKey;
    readonly administrationName: string | null;
    readonly params: Readonly<Record<string, string | number>>;
  }[];
}

/** Events shown, newest last. */
const eventsMax = 100;

/** A run as the progress page shows it; undefined when there is none. */
export async function readSyncRun(tx: Tx, runId: string, now: Date): Promise<SyncRunView | undefined> {
  const [run] = await tx.select().from(syncRuns).where(eq(syncRuns.id, runId));
  if (!run) return undefined;
  const parts = await readAdministrations(tx, runId);
  const view = {
    ...toSummary(run),
    isPaused: run.pausedAt !== null,
    statistics: run.endedAt === null ? soFar(parts) : toSummary(run).statistics,
    administrations: parts,
    comparing: { done: run.compared, total: run.compareTotal },
    events: await readEvents(tx, runId),
  };
  return { ...view, secondsLeft: estimateSecondsLeft(view, now) };
}

/** Runs, newest first. */
export async function listSyncRuns(
  tx: Tx,
  query: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<{ items: SyncRunSummaryView[]; nextCursor: string | null; total: number }> {
  const limit = query.limit ?? pageSizeDefault;
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['moment', 'id']);
  const rows = await tx
    .select()
    .from(syncRuns)
    .where(
      after && sql`(${syncRuns.startedAt}, ${syncRuns.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    )
    .orderBy(desc(syncRuns.startedAt), desc(syncRuns.id))
    .limit(limit + 1);
  const page = cutPage(rows.map(toSummary), limit, (row) => [row.startedAt.toISOString(), row.id]);
  return { ...page, total: await tx.$count(syncRuns) };
}

async function readAdministrations(tx: Tx, runId: string): Promise<SyncAdministrationView[]> {
  const rows = await tx
    .select({ step: syncSteps, name: administrations.name })
    .from(syncSteps)
    .innerJoin(administrations, eq(administrations.id, syncSteps.administrationId))
    .where(eq(syncSteps.runId, runId))
    .orderBy(asc(administrations.position), asc(administrations.division), asc(syncSteps.position));
  const budgets = await readBudgets(tx);
  const byAdministration = new Map<string, { name: string; parts: SyncPartView[] }>();
  for (const { step, name } of rows) {
    const id = step.administrationId ?? '';
    const known = byAdministration.get(id) ?? { name, parts: [] };
    known.parts.push(toPart(step));
    byAdministration.set(id, known);
  }
  return [...byAdministration].map(([administrationId, { name, parts }]) => ({
    administrationId,
    name,
    parts,
    state: stateOf(parts),
    budget: budgets.get(administrationId) ?? unusedBudget,
  }));
}

function toPart(step: typeof syncSteps.$inferSelect): SyncPartView {
  const { records, rejected, expected, calls } = step;
  return {
    ...{ records, rejected, expected, calls },
    stepId: step.id,
    kind: step.kind as DataKind, // our own rows
    state: step.state as SyncStep['state'],
    waitReason: step.waitReason as SyncStep['waitReason'],
    resumesAt: step.state === 'waiting' && step.waitReason !== 'paused' ? step.dueAt : null,
    failure: step.failure as SyncStep['failure'],
  };
}

function stateOf(parts: readonly SyncPartView[]): SyncAdministrationView['state'] {
  const has = (state: SyncStep['state']) => parts.some((part) => part.state === state);
  if (has('running')) return 'running';
  if (has('waiting')) return 'waiting';
  if (has('pending')) return parts.every((part) => part.state === 'pending') ? 'pending' : 'running';
  if (has('failed')) return 'failed';
  // It stood aside: the next resync goes on with it.
  return parts.some(({ failure }) => failure?.kind === stoodAside) ? 'waiting' : 'done';
}

/** Statistics of a run under way: what was fetched; the rest is known when it has compared. */
function soFar(administrationViews: readonly SyncAdministrationView[]): RunStatistics {
  const parts = administrationViews.flatMap((view) => view.parts);
  const accounts = parts.filter((part) => part.kind === 'accounts');
  return {
    ...noStatistics,
    fetched: accounts.reduce((sum, part) => sum + part.records, 0),
    rejected: accounts.reduce((sum, part) => sum + part.rejected, 0),
    calls: parts.reduce((sum, part) => sum + part.calls, 0),
  };
}

async function readEvents(tx: Tx, runId: string): Promise<SyncRunView['events']> {
  const rows = await tx
    .select({
      at: syncEvents.at,
      key: syncEvents.key,
      administrationName: administrations.name,
      params: syncEvents.params,
    })
    .from(syncEvents)
    .leftJoin(administrations, eq(administrations.id, syncEvents.administrationId))
    .where(eq(syncEvents.runId, runId))
    .orderBy(desc(syncEvents.id))
    .limit(eventsMax);
  return rows.reverse().map((row) => ({
    ...row,
    key: row.key as RunEventKey, // our own rows
    params: row.params as Readonly<Record<string, string | number>>,
  }));
}

function toSummary(row: typeof syncRuns.$inferSelect): SyncRunSummaryView {
  const { id, startedByName, startedAt, endedAt } = row;
  return {
    ...{ id, startedByName, startedAt, endedAt },
    kind: row.kind as SyncRun['kind'], // our own rows
    trigger: row.trigger as SyncRun['trigger'],
    state: row.state === 'aside' ? 'fetching' : (row.state as SyncRunSummaryView['state']),
    statistics: row.statistics as RunStatistics,
  };
}
