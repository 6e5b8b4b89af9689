import type { AdministrationsTx } from '../administrations/index.js';
import type { CursorsTx } from './cursors.port.js';
import { skipStep } from './skip-step.js';
import { hasEnded, type SyncStep } from './sync-step.js';
import type { SyncRun } from './sync-run.js';
import type { SyncRunsTx } from './sync-runs.port.js';
import type { SyncStepsTx } from './sync-steps.port.js';

/** What is over sooner is waited for: the limit of a minute, and the first tries after a fault. */
export const standsAsideAfterMs = 2 * 60_000;

/** The failure of a part that stood aside. */
export const stoodAside = 'stood-aside';

/**
 * Whether fetching of a resync is over because all that is left waits long: for a limit of the day, a closed endpoint, an outage or a new
 * consent. These stand aside, and the next resync goes on at their cursors; otherwise they would hold up comparing and every later resync of
 * the others (F30, F31, F45, F80: other administrations go on). Where nobody else is held up the run waits for them.
 */
export async function standAside(
  tx: SyncStepsTx & SyncRunsTx & CursorsTx & AdministrationsTx,
  run: Pick<SyncRun, 'id' | 'kind'>,
  now: Date,
): Promise<boolean> {
  if (run.kind !== 'resync') return false;
  const steps = (await tx.syncSteps.findMany(run.id)).filter(({ kind }) => kind !== 'compare');
  const open = steps.filter((step) => !hasEnded(step));
  if (open.length === 0 || !waitAllLong(open, now)) return false;
  const isAnythingFetched = steps.some(({ kind, state }) => kind === 'accounts' && state === 'done');
  if (!isAnythingFetched && !(await isAnybodyHeldUp(tx, steps))) return false;
  for (const { id } of open) {
    const step = await tx.syncSteps.findByIdForUpdate(id);
    if (!step || hasEnded(step)) continue;
    const failure = { kind: stoodAside, message: step.failure?.message ?? step.waitReason ?? '' };
    await skipStep(tx, step, { now, failure });
  }
  for (const administrationId of new Set(open.map((step) => step.administrationId)))
    await tx.syncRuns.addEvent({ runId: run.id, administrationId, at: now, key: 'stood-aside', params: {} });
  return true;
}

/**
 * Whether an addition gives up the place of the open run: all that is left of it waits long, and others could be resynced meanwhile (F30, F31,
 * F45). Unlike a resync it needs all of its parts, so that it is not over: it takes the place back when one of them is due (claimStep). During
 * a first coupling nobody else is active.
 */
export async function giveUpPlace(
  tx: SyncStepsTx & SyncRunsTx & AdministrationsTx,
  run: SyncRun,
  now: Date,
): Promise<void> {
  if (run.kind !== 'addition' || run.state !== 'fetching' || run.pausedAt !== null) return;
  const steps = (await tx.syncSteps.findMany(run.id)).filter(({ kind }) => kind !== 'compare');
  const open = steps.filter((step) => !hasEnded(step));
  if (open.length === 0 || !waitAllLong(open, now) || !(await isAnybodyHeldUp(tx, steps))) return;
  await tx.syncRuns.save({ ...run, state: 'aside' });
}

/** The first open step of each administration: the others wait behind it. */
function waitAllLong(open: readonly SyncStep[], now: Date): boolean {
  const firsts = new Map<string, SyncStep>();
  for (const step of open) {
    const first = firsts.get(step.administrationId ?? '');
    if (!first || step.position < first.position) firsts.set(step.administrationId ?? '', step);
  }
  return [...firsts.values()].every(
    ({ state, waitReason, dueAt }) =>
      state === 'waiting' && waitReason !== 'paused' && dueAt.getTime() - now.getTime() >= standsAsideAfterMs,
  );
}

/** An active administration that the run does not fetch: a tenant has one run at a time. */
async function isAnybodyHeldUp(tx: AdministrationsTx, steps: readonly SyncStep[]): Promise<boolean> {
  const fetched = new Set(steps.map(({ administrationId }) => administrationId));
  return (await tx.administrations.findMany()).some(
    ({ id, state }) => state === 'active' && !fetched.has(id),
  );
}
