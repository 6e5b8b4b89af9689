import type { SyncRunId, TenantId } from '@koppel/domain/kernel';
import { compareRun } from '@koppel/domain/relations';
import { recordFailedCompare, runCompare } from '@koppel/domain/sync';
import { classifyFailure } from '../classify-failure.js';
import { done, type Handled, type Services } from '../services.js';
import { keepLease } from './keep-lease.js';

/** Compares what a run brought. A failure is written down where people can see it and tried again; outages go to the queue. */
export async function compare(
  services: Services,
  job: { readonly tenantId: TenantId; readonly runId: SyncRunId },
): Promise<Handled> {
  const { deps, config, log } = services;
  const owner = `${config.instanceId}:${deps.newId()}`;
  const { tenantId, runId } = job;
  return keepLease(services, { tenantId, owner }, async (hold) => {
    try {
      const outcome = await runCompare(
        { ...deps, compare: (command) => compareRun(deps, command) },
        { tenantId, runId, owner, onClaimed: hold },
      );
      log.debug({ runId, outcome }, 'compared');
      return done;
    } catch (error) {
      if (classifyFailure(error).kind === 'later') throw error;
      log.error({ runId, err: error }, 'comparing failed');
      const reason = error instanceof Error ? error.name : 'unknown';
      await recordFailedCompare(deps, { tenantId, runId, owner, reason });
      return done;
    }
  });
}
