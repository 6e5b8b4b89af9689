import { stateOnReturn, wakeWrites } from '../administrations/index.js';
import { err, invariant, ok, type AdministrationId, type Result } from '../kernel/index.js';
import { advanceRun } from './advance-run.js';
import { closeDeletedRejections, closeUnmetRejections } from './gone-rejections.js';
import {
  endShort,
  missedAccountsKey,
  readSoFar,
  settleSanity,
  type CountedEnd,
} from './count-against-exact.js';
import type { ClaimedStep } from './claim-step.js';
import { clockSkewMs } from './clock-skew.js';
import type { CursorsTx } from './cursors.port.js';
import { isWholeList } from './data-kind.js';
import type { EndVerdict } from './examine-end.js';
import { endOfRead } from './overlap.js';
import type { SourcePage } from './relation-source.port.js';
import { wasReadBefore } from './read-whole-again.js';
import type { RunStepCommand, RunStepDeps, RunStepTx, StepOutcome } from './run-step.js';
import { causeKeysOver, failed } from './settle-fault.js';
import { settleFullRead } from './settle-full-read.js';
import { openRejections, rejectedIds, settleRejections, storeRows, untold } from './store-rows.js';
import type { StoreContext } from './source-store.port.js';
import { endedStep, recordedStep, releasedStep, type SyncStep } from './sync-step.js';
import { isReadWhole } from './whole-lists.js';

export interface FetchedPage {
  readonly claimed: ClaimedStep;
  readonly page: SourcePage;
  readonly expected: number | null;
  /** What the last page's end means; null on pages in between. */
  readonly verdict: EndVerdict | null;
  readonly calls: number;
  /** Before the page was asked for. */
  readonly askedAt: Date;
}

export interface Stored {
  readonly kind: 'stored';
  readonly step: SyncStep;
  readonly openKeys: ReadonlySet<string> | null;
}

/** Stores a page, its cursor and its counts in one transaction, behind the fence. */
export async function storePage(
  deps: RunStepDeps,
  command: RunStepCommand,
  fetched: FetchedPage,
): Promise<Stored | StepOutcome> {
  const result = await deps.uow.run(command.tenantId, (tx) => store(tx, deps, fetched));
  return result.ok ? result.value : result.error;
}

async function store(
  tx: RunStepTx,
  deps: RunStepDeps,
  fetched: FetchedPage,
): Promise<Result<Stored | StepOutcome, { readonly kind: 'lease-lost' }>> {
  const { claimed, page } = fetched;
  const now = deps.now();
  const held = await takeFence(tx, claimed, fetched.verdict !== null && claimed.isLast);
  if (!held) return err({ kind: 'lease-lost' });
  const context = await contextOf(tx, fetched, now);
  const { isOwnCompany } = claimed;
  const records = await storeRows(tx, context, {
    rows: page.rows,
    knownUntil: held.step.knownUntil,
    deps: { newId: deps.newId, isOwnCompany },
  });
  const accepted = page.rows.rows.map((row) => row.exactId);
  const isTelling = accepted.length > 0 || (held.step.knownUntil !== null && page.rejected.length > 0);
  const isLookedUp = claimed.openKeys !== null || !isTelling;
  const openKeys = isLookedUp ? claimed.openKeys : await openRejections(tx, held.step);
  const rejected = untold(held.step, page.rejected, openKeys ?? new Set());
  await settleRejections(tx, held.step, {
    rejected,
    accepted,
    openKeys: openKeys ?? new Set(),
    now,
  });
  const { administrationId } = context;
  if (page.rows.kind === 'deleted')
    await closeDeletedRejections(tx, { administrationId, rows: page.rows.rows }, now);
  if (claimed.isFresh) await closeIssues(tx, claimed, now);
  const { next, timestamp } = page;
  const recorded = recordedStep(held.step, { records, rejected: rejected.length, next, timestamp });
  const expected = fetched.verdict?.kind === 'counted' ? fetched.verdict.counted : fetched.expected;
  const step = { ...recorded, expected, calls: held.step.calls + fetched.calls };
  const end = endOf(fetched, { before: held.step, step });
  const soFar = end ? await readSoFar(tx, context, end) : 'all';
  if (fetched.verdict === null || soFar === 'read-on') {
    if (held.step.waitReason === 'paused') {
      await tx.syncSteps.save(releasedStep(step, { reason: 'paused', dueAt: now }));
      return ok({ kind: 'paused' });
    }
    await tx.syncSteps.save(step);
    return ok({ kind: 'stored', step, openKeys });
  }
  if (step.rejected > 0) await tellRejected(tx, step, now);
  const ended =
    end && soFar === 'short'
      ? await endShort(tx, context, end)
      : await endStep(tx, context, { claimed, step, verdict: fetched.verdict });
  await tx.syncSteps.save(ended);
  return ok({ kind: 'ended', nextStepId: await advanceRun(tx, held.run, ended) });
}

/**
 * The run and the step as they are now, or undefined when the step is no longer ours. The run's lock comes first, always, and only
 * where the run may change: while it is held no other administration starts or ends a step. Without it the run is the one of the
 * claim: a cancel ends the steps too, and that is seen here.
 */
export async function takeFence(
  tx: RunStepTx,
  { run: claimed, step: mine }: ClaimedStep,
  mayChangeRun: boolean,
) {
  const run = mayChangeRun ? await tx.syncRuns.findByIdForUpdate(claimed.id) : claimed;
  const step = await tx.syncSteps.findByIdForUpdate(mine.id);
  if (run?.state !== 'fetching' || step?.state !== 'running' || step.epoch !== mine.epoch) return undefined;
  return { run, step };
}

function endOf(
  { verdict, expected }: FetchedPage,
  steps: Pick<CountedEnd, 'before' | 'step'>,
): CountedEnd | undefined {
  return verdict?.kind === 'counted' ? { ...steps, expected, counted: verdict.counted } : undefined;
}

async function contextOf(
  tx: CursorsTx,
  { claimed, askedAt, page }: FetchedPage,
  now: Date,
): Promise<StoreContext> {
  const { run, step, administration } = claimed;
  const mayBeReread = step.isFullRead && page.rows.kind === 'parts';
  return {
    administrationId: administration.id,
    runId: run.id,
    now,
    writtenSince: new Date(askedAt.getTime() - clockSkewMs),
    isFullRead: step.isFullRead,
    isReread: mayBeReread && (await wasReadBefore(tx, administration.id, step.kind)),
  };
}

/** A stored page proves that what stood in the way is over; an administration whose access came back goes on. */
async function closeIssues(tx: RunStepTx, { step, administration }: ClaimedStep, now: Date): Promise<void> {
  const accounts = step.kind === 'accounts' ? [`no-relations-returned:${administration.id}`] : [];
  const wasLost = administration.state === 'access-lost';
  // Before its issues, as all lock them.
  const locked = wasLost ? await tx.administrations.findByIdForUpdate(administration.id) : undefined;
  await tx.issues.resolve([...causeKeysOver(step), ...accounts], now, 'Koppel');
  if (locked?.state !== 'access-lost') return;
  await tx.administrations.save({ ...locked, state: await stateOnReturn(tx, locked), stateReason: null });
  await wakeWrites(tx, [locked.id], now);
}

async function tellRejected(tx: RunStepTx, step: SyncStep, now: Date): Promise<void> {
  const { runId, administrationId, kind, rejected } = step;
  const params = { kind, records: rejected };
  await tx.syncRuns.addEvent({ runId, administrationId, at: now, key: 'records-rejected', params });
}

async function endStep(
  tx: RunStepTx,
  context: StoreContext,
  end: { claimed: ClaimedStep; step: SyncStep; verdict: EndVerdict },
): Promise<SyncStep> {
  const { claimed, step, verdict } = end;
  const { now, administrationId } = context;
  invariant(step.kind !== 'compare', 'compare has no pages');
  if (verdict.kind === 'nothing-returned')
    return nothingReturned(tx, claimed, { step, mayRead: verdict.mayRead, now });
  // An empty list proves nothing: Exact gives it to users without the right.
  if (step.isFullRead && step.startedAt && step.records + step.rejected > 0)
    await closeUnmetRejections(tx, { administrationId, kind: step.kind, begunAt: step.startedAt }, now);
  const { kind, movedAt } = step;
  const isList = isWholeList(kind);
  if (isList && step.records > 0) await tx.sourceStore.removeUnseenMasters(context, kind);
  if (kind === 'deleted' && !step.isFullRead) await proveLater(tx, administrationId, movedAt);
  if (!isList || isReadWhole(step))
    await tx.cursors.put({
      ...{ administrationId, kind, movedAt, updatedAt: now },
      ...endOfRead({ ...step, kind }, claimed.step.cursorTimestamp),
    });
  if (verdict.kind === 'counted') {
    await tx.issues.resolve([missedAccountsKey(administrationId)], now, 'Koppel');
    // What could not be taken over is not what vanished.
    await tx.sourceStore.markMet(context, await rejectedIds(tx, step));
  }
  if (verdict.kind === 'sanity') await settleSanity(tx, context, { step, counted: verdict.counted });
  if (verdict.kind === 'full-read') await settleFullRead(tx, context, verdict);
  return endedStep(step, { state: 'done' }, now);
}

/**
 * The log of deletions could not be read when everything was, for want of a right: what had vanished before it is unproven yet. The next run
 * reads everything again; not before, since that would be in vain at every run.
 */
async function proveLater(
  tx: CursorsTx,
  administrationId: AdministrationId,
  movedAt: string | null,
): Promise<void> {
  const cursors = await tx.cursors.findMany(administrationId);
  const isRead = cursors.some((cursor) => cursor.kind === 'deleted' && cursor.movedAt === movedAt);
  if (!isRead) await tx.cursors.remove(administrationId, 'accounts');
}

async function nothingReturned(
  tx: RunStepTx,
  { administration }: ClaimedStep,
  at: { step: SyncStep; mayRead: boolean; now: Date },
): Promise<SyncStep> {
  const cause = at.mayRead ? 'no-relations-returned' : 'right-missing';
  const reason = at.mayRead ? 'Exact returned no relations' : 'the user may not read relations';
  const settled = failed(at.step, { administration, now: at.now, chance: 0 }, { cause, reason });
  await tx.issues.report(settled.troubles, at.now);
  return settled.step;
}
