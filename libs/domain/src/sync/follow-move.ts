import {
  asId,
  err,
  ok,
  type Deps,
  type OutboxTx,
  type Result,
  type SyncStepId,
  type TenantId,
} from '../kernel/index.js';
import type { ClaimedStep } from './claim-step.js';
import { dataKinds, isProvable, type DataKind } from './data-kind.js';
import { purposeOf, sourceOf } from './call-of-step.js';
import type { RelationSource } from './relation-source.port.js';
import type { RunStepTx } from './run-step.js';
import { takeFence } from './store-page.js';
import { beginStep, hasEnded, startOfAll, type SyncStep } from './sync-step.js';

type FollowMoveDeps = Deps<RunStepTx & OutboxTx> & { readonly source: RelationSource };

export type Followed =
  /** What was read holds. `calls` is what it took to know. */
  | { readonly kind: 'stayed'; readonly calls: number }
  | { readonly kind: 'moved'; readonly claimed: ClaimedStep }
  | { readonly kind: 'lease-lost' };

interface Read {
  readonly claimed: ClaimedStep;
  /** Of the page that was read. */
  readonly calls: number;
}

/**
 * With the first page of a resync it is asked whether Exact moved the administration: a move makes all row versions anew, so that a read from
 * the old ones on finds nothing, without an error (exact-online.md 5.2). A moved one is read from the beginning, in this run. What cannot be
 * told now is left to the next run, and to the daily list.
 */
export async function followMove(
  deps: FollowMoveDeps,
  { tenantId }: { readonly tenantId: TenantId },
  { claimed, calls }: Read,
): Promise<Followed> {
  const { run, step } = claimed;
  const isFirstPage = step.kind === 'accounts' && step.cursorNext === null;
  if (run.kind !== 'resync' || !isFirstPage || step.isFullRead) return { kind: 'stayed', calls: 0 };
  const asked = await deps.source.movedAt(sourceOf(tenantId, claimed.administration), purposeOf(run));
  if (!asked.ok || !asked.value || asked.value.movedAt === step.movedAt) return { kind: 'stayed', calls: 1 };
  const { movedAt } = asked.value;
  const result = await deps.uow.run(tenantId, (tx) =>
    startAgain(tx, deps, { claimed, calls: calls + 1, movedAt }),
  );
  return result.ok ? { kind: 'moved', claimed: result.value } : result.error;
}

async function startAgain(
  tx: RunStepTx,
  deps: FollowMoveDeps,
  { claimed, calls, movedAt }: Read & { readonly movedAt: string | null },
): Promise<Result<ClaimedStep, { readonly kind: 'lease-lost' }>> {
  // With the run's lock: who cancels it ends the steps that he saw.
  const held = await takeFence(tx, claimed, true);
  if (!held) return err({ kind: 'lease-lost' });
  const step: SyncStep = { ...held.step, calls: held.step.calls + calls };
  const fromTheStart = await readEverything(tx, deps, { ...claimed, step, movedAt });
  const administration = await tx.administrations.findByIdForUpdate(claimed.administration.id);
  if (administration) await tx.administrations.save({ ...administration, movedAt });
  return ok({ ...claimed, step: fromTheStart });
}

/**
 * All kinds that are to come, those whose end proves what is gone, which a webhook did not ask for, and the lists that a schedule left out.
 * Returns the step in hand.
 */
async function readEverything(
  tx: RunStepTx,
  deps: FollowMoveDeps,
  { run, administration, step, movedAt }: ClaimedStep & { readonly movedAt: string | null },
): Promise<SyncStep> {
  const { id: administrationId } = administration;
  const present = await tx.syncSteps.findOfAdministration(run.id, administrationId);
  const byKind = new Map(present.map((each) => [each.kind, each.id === step.id ? step : each]));
  const isAll = run.trigger === 'schedule';
  const wanted = dataKinds.filter(
    (kind) => isAll || byKind.has(kind) || isProvable(kind) || kind === 'deleted',
  );
  const start = { ...startOfAll, movedAt };
  const now = deps.now();
  for (const [position, kind] of wanted.entries()) {
    const known = byKind.get(kind);
    if (known && !hasEnded(known)) await tx.syncSteps.save({ ...known, ...start, position });
    else if (!known) await tx.syncSteps.addMany([added(kind, position)]);
  }
  await tx.syncRuns.addEvent({ runId: run.id, administrationId, at: now, key: 'full-read', params: {} });
  return { ...step, ...start, position: 0 };

  function added(kind: DataKind, position: number): SyncStep {
    const part = { runId: run.id, administrationId, kind, position, ...start };
    return beginStep(asId<SyncStepId>(deps.newId()), part, now);
  }
}
