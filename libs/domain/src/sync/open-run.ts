import {
  asId,
  err,
  ok,
  type Actor,
  type AdministrationId,
  type OutboxTx,
  type Result,
} from '../kernel/index.js';
import type { SyncRunId, SyncStepId } from '../kernel/index.js';
import type { Administration, AdministrationsTx } from '../administrations/index.js';
import type { Cursor, CursorsTx } from './cursors.port.js';
import { dataKinds, isProvable, isWholeList, type DataKind } from './data-kind.js';
import { beginRun, type RunKind, type RunTrigger, type SyncRun } from './sync-run.js';
import { startAt } from './overlap.js';
import { beginStep, startOfAll, type StepStart, type SyncStep } from './sync-step.js';
import type { SyncRunsTx } from './sync-runs.port.js';
import type { SyncStepsTx } from './sync-steps.port.js';
import { forgetLists, listsReadLately } from './whole-lists.js';

/** Exact keeps its log of deletions two months; a log that may have lost its beginning is not trusted (E11). */
export const deletionLogTrustedMs = 55 * 24 * 3_600_000;

export type OpenRunTx = SyncRunsTx & SyncStepsTx & CursorsTx & AdministrationsTx & OutboxTx;

export interface OpenRunCommand {
  readonly kind: RunKind;
  readonly trigger: RunTrigger;
  readonly actor: Actor;
  /** The administrations to fetch; at least one. */
  readonly administrationIds: readonly AdministrationId[];
  /**
   * The kinds to fetch per administration, in the order of `dataKinds` and with accounts; all kinds when left out. Where all
   * accounts have to be read again, so have all their parts. A schedule leaves out the whole lists that were read within a day.
   */
  readonly kinds?: ReadonlyMap<AdministrationId, readonly DataKind[]>;
}

export type OpenRunError =
  | { readonly kind: 'feature-not-enabled' }
  | { readonly kind: 'sync-already-running'; readonly syncRunId: SyncRunId }
  | { readonly kind: 'administration-unknown' };

/**
 * Adds a run with its steps and sends the first message of each administration, inside the caller's transaction.
 * One open run per tenant: a second one is `sync-already-running` with the id of the first, whoever was quicker (J01). None starts for an
 * organisation that is switched off, also when that happens at the same moment (F82).
 */
export async function openRun(
  tx: OpenRunTx,
  deps: { readonly now: () => Date; readonly newId: () => string },
  command: OpenRunCommand,
): Promise<Result<SyncRun, OpenRunError>> {
  if ((await tx.syncRuns.holdSwitch()) === 'off') return err({ kind: 'feature-not-enabled' });
  const now = deps.now();
  const run = beginRun(asId<SyncRunId>(deps.newId()), command, now);
  const other = await findInTheWay(tx, run.kind);
  if (other || (await tx.syncRuns.add(run)) === 'other-open') {
    const open = other ?? (await tx.syncRuns.findOpen());
    return err({ kind: 'sync-already-running', syncRunId: open?.id ?? run.id });
  }
  for (const id of new Set(command.administrationIds)) {
    const administration = await tx.administrations.findById(id);
    if (!administration) return err({ kind: 'administration-unknown' });
    await addSteps(tx, deps, { run, administration, kinds: command.kinds?.get(id) ?? dataKinds });
  }
  await tx.syncSteps.addMany([compareStep(run, deps.newId(), now)]);
  const administrations = command.administrationIds.length;
  await tx.syncRuns.addEvent({
    runId: run.id,
    administrationId: null,
    at: now,
    key: 'run-started',
    params: { administrations },
  });
  return ok(run);
}

/** The run that keeps another one from being open: of additions there is one at a time, also while it stands aside. */
export async function findInTheWay(tx: SyncRunsTx, kind: RunKind): Promise<SyncRun | undefined> {
  const open = await tx.syncRuns.findOpen();
  return open ?? (kind === 'addition' ? (await tx.syncRuns.findAside())[0] : undefined);
}

async function addSteps(
  tx: OpenRunTx,
  deps: { readonly now: () => Date; readonly newId: () => string },
  {
    run,
    administration,
    kinds,
  }: { run: SyncRun; administration: Administration; kinds: readonly DataKind[] },
): Promise<void> {
  const now = deps.now();
  const { movedAt } = administration;
  const cursors = await tx.cursors.findMany(administration.id);
  const usable = cursors.filter((cursor) => cursor.movedAt === movedAt);
  const found = startsOf(usable, now);
  // Its end proves what is gone: only of kinds that it reads, and no later run reads everything again.
  const isProving = found('accounts').isFullRead;
  const leftOut = run.trigger === 'schedule' && !isProving ? listsReadLately(usable, now) : none;
  const isWanted = (kind: DataKind) => kinds.includes(kind) && !leftOut.has(kind);
  const all = dataKinds.filter((kind) => isWanted(kind) || (isProving && isProvable(kind)));
  const known = new Set(cursors.map(({ kind }) => kind));
  await forgetLists(
    tx,
    administration.id,
    all.filter((kind) => known.has(kind)),
  );
  const starts = (kind: DataKind): StepStart =>
    kind === 'deleted' && all.some((each) => isProvable(each) && found(each).isFullRead)
      ? startOfAll
      : found(kind);
  const steps = all.map((kind, position) =>
    beginStep(
      asId<SyncStepId>(deps.newId()),
      { runId: run.id, administrationId: administration.id, kind, position, movedAt, ...starts(kind) },
      now,
    ),
  );
  await tx.syncSteps.addMany(steps);
  if (run.kind === 'resync' && steps[0]?.isFullRead) {
    const administrationId = administration.id;
    await tx.syncRuns.addEvent({ runId: run.id, administrationId, at: now, key: 'full-read', params: {} });
  }
  await tx.outbox.add({ kind: 'run-step', runId: run.id, stepId: steps[0]!.id }); // kinds are not empty
}

const none: ReadonlySet<DataKind> = new Set();

/** Where each kind starts: at its cursor, or at the beginning when that cannot be trusted any more (E10, E11). */
function startsOf(usable: readonly Cursor[], now: Date): (kind: DataKind) => StepStart {
  const byKind = new Map(usable.map((cursor) => [cursor.kind, cursor]));
  const relevant = [byKind.get('accounts'), byKind.get('deleted')].flatMap(
    (cursor) => cursor?.updatedAt.getTime() ?? [],
  );
  const oldest = Math.min(...relevant);
  const isLogTrusted = now.getTime() - oldest <= deletionLogTrustedMs;
  const isFullRead = !byKind.has('accounts') || !isLogTrusted;
  return (kind) => {
    const cursor = byKind.get(kind);
    if (isFullRead || isWholeList(kind) || !cursor)
      return { ...startOfAll, isFullRead: isFullRead || kind !== 'deleted' };
    return { isFullRead: false, ...startAt(cursor) };
  };
}

function compareStep(run: SyncRun, id: string, now: Date): SyncStep {
  const part = {
    runId: run.id,
    administrationId: null,
    kind: 'compare',
    position: dataKinds.length,
  } as const;
  return beginStep(asId<SyncStepId>(id), { ...part, ...startOfAll, isFullRead: false, movedAt: null }, now);
}
