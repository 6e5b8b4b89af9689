import { ok, systemActor, type AdministrationId, type SyncRunId } from '@koppel/domain/kernel';
import { startResync, startRun, type RunTrigger, type SyncRun, type SyncStep } from '@koppel/domain/sync';
import { aCoupledTenant, takeAll, type CoupledTenant } from './a-coupled-tenant.js';
import type { WorkerRig } from './a-worker-rig.js';

export interface FetchingTenant extends CoupledTenant {
  readonly administrations: readonly { readonly id: AdministrationId; readonly division: number }[];
  start(): Promise<SyncRunId>;
  /** By a person, when nothing else is given. */
  resync(trigger?: RunTrigger): Promise<SyncRunId>;
  run(runId: SyncRunId): Promise<SyncRun>;
  step(runId: SyncRunId, division: number, kind: SyncStep['kind']): Promise<SyncStep>;
  openIssues(): Promise<string[]>;
}

/** A tenant of a sandbox user whose administrations have been listed and taken; nothing is fetched yet. */
export async function aFetchingTenant(
  rig: WorkerRig,
  over: { state?: 'coupling' | 'active'; username?: string } = {},
): Promise<FetchingTenant> {
  const state = over.state ?? 'coupling';
  const step = state === 'active' ? 'active' : 'synchronise';
  const { username } = over;
  const tenant = await aCoupledTenant(rig, { now: rig.clock.now, step, ...(username && { username }) });
  const { tenantId, connectionId } = tenant;
  await rig.uow.run(tenantId, async (tx) =>
    ok(await tx.outbox.add({ kind: 'list-divisions', connectionId })),
  );
  await rig.drain();
  const administrations = await takeAll(rig.uow, tenantId, state);
  if (administrations.length === 0) throw new Error('somebody else has the list of administrations in hand');
  const administrationIds = administrations.map((each) => each.id);
  const { deps } = rig.services;
  const get = async <T>(work: Parameters<typeof rig.uow.run<T | undefined, never>>[1]): Promise<T> => {
    const found = await rig.uow.run<T | undefined, never>(tenantId, work);
    if (!found.ok || found.value === undefined) throw new Error('not found');
    return found.value;
  };
  return {
    ...tenant,
    administrations,
    start: async () => {
      const started = await startRun(deps, {
        tenantId,
        administrationIds,
        kind: 'initial',
        trigger: 'person',
        actor: systemActor,
      });
      if (!started.ok) throw new Error(started.error.kind);
      return started.value.runId;
    },
    resync: async (trigger = 'person') => {
      const started = await startResync(deps, { tenantId, trigger, actor: systemActor });
      if (!started.ok || started.value.runId === null) throw new Error('no resync');
      return started.value.runId;
    },
    run: (runId) => get(async (tx) => ok(await tx.syncRuns.findById(runId))),
    step: (runId, division, kind) =>
      get(async (tx) => {
        const administration = administrations.find((each) => each.division === division);
        const steps = await tx.syncSteps.findMany(runId);
        return ok(
          steps.find((each) => each.administrationId === (administration?.id ?? null) && each.kind === kind),
        );
      }),
    openIssues: () =>
      get(async (tx) =>
        ok((await tx.issues.findOpenCauseKeys('')).filter((key) => !key.startsWith('double'))),
      ),
  };
}
