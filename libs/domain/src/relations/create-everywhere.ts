import { ok, systemActor, type Deps, type OutboxTx, type SyncRunId, type TenantId } from '../kernel/index.js';
import type { SyncRun, SyncRunsTx } from '../sync/index.js';
import type { FreezeTx } from './freeze.port.js';
import { loadAdministrations } from './members.js';
import {
  addCreates,
  creatingIn,
  walkCreates,
  type PlanCreatesTx,
  type PlannedCreate,
} from './plan-creates.js';
import { WritePace } from './write-pace.js';

/** New accounts that follow from one run; beyond that something else is going on, and the rest is made on first use. */
export const createsPerRunMax = 200;

/** Told once per run: whoever repeats it after that means no others. */
const boundMet = 'creates-left';

/** Another process may have started the run, by another clock. Kept short: of what a first coupling brought just before, the plan decided. */
const startSkewMs = 60_000;

/**
 * Where accounts are always made (product.md 3.4), a relation that a resync brought gets one in every active administration. Repeated after a
 * crash it means none twice. Says how many it meant.
 */
export async function createEverywhere(
  deps: Deps<PlanCreatesTx & SyncRunsTx & FreezeTx & OutboxTx>,
  { tenantId, runId }: { readonly tenantId: TenantId; readonly runId: SyncRunId },
): Promise<number> {
  const meant = await deps.uow.run<number, never>(tenantId, async (tx) => {
    const run = await tx.syncRuns.findById(runId);
    const { isActive } = await tx.syncPolicy.read();
    if (run?.kind !== 'resync' || !isActive || (await tx.freeze.isFrozen())) return ok(0);
    if (await tx.syncRuns.hasEvent(runId, boundMet)) return ok(0);
    const administrations = await loadAdministrations(tx);
    const creating = (await creatingIn(tx)).filter(({ state }) => state === 'active');
    const administrationIds = creating.map(({ id }) => id);
    if (administrationIds.length === 0) return ok(0);
    const now = deps.now();
    const found: PlannedCreate[] = [];
    const createdSince = sinceWhen(run, await tx.syncRuns.findLastCompleted());
    await walkCreates(tx, { administrationIds, now, createdSince }, async (creates) => {
      found.push(...creates);
      return Promise.resolve(found.length <= createsPerRunMax);
    });
    const creates = found.slice(0, createsPerRunMax);
    if (creates.length < found.length) await tellLeft(tx, { runId, at: now });
    const pace = new WritePace();
    await addCreates(
      tx,
      { creates, administrations, pace },
      { newId: deps.newId, now, byName: systemActor.name, purpose: 'plan' },
    );
    return ok(creates.length);
  });
  return meant.ok ? meant.value : 0; // never: no expected failure
}

/** So that somebody who counts on all of them hears of it. */
async function tellLeft(
  tx: SyncRunsTx,
  { runId, at }: { readonly runId: SyncRunId; readonly at: Date },
): Promise<void> {
  const params = { records: createsPerRunMax };
  await tx.syncRuns.addEvent({ runId, administrationId: null, at, key: boundMet, params });
}

/**
 * What came to be after the last resync had ended well: that of runs that failed or were cancelled meanwhile belongs to it, and what people took
 * apart. Not what a first coupling or an addition brought: of that the plan decided.
 */
function sinceWhen(run: SyncRun, last: SyncRun | undefined): Date {
  const ended = last?.kind === 'resync' ? (last.endedAt ?? run.startedAt) : run.startedAt;
  return new Date(Math.min(ended.getTime(), run.startedAt.getTime()) - startSkewMs);
}
