import { setImmediate } from 'node:timers/promises';
import type { SyncRunId, TenantId } from '@koppel/domain/kernel';
import {
  atOnceByDefault,
  closeSettledWrites,
  compareParts,
  compareRun,
  createEverywhere,
} from '@koppel/domain/relations';
import {
  recordFailedCompare,
  runCompare,
  type RunCompareCommand,
  type RunCompareDeps,
} from '@koppel/domain/sync';
import { refreshStatistics } from '@koppel/persistence';
import { classifyFailure } from '../classify-failure.js';
import { withGarbage } from '../compare/memory.js';
import { depsGivingWay } from '../precedence/give-way.js';
import { done, type Handled, type Services } from '../services.js';
import { orHandBack } from './hand-back.js';
import { keepLease, type Hold } from './keep-lease.js';

/** Compares what a run brought. A failure is written down where people can see it and tried again; outages go to the queue. */
export function compareFetched(
  services: Services,
  job: { readonly tenantId: TenantId; readonly runId: SyncRunId },
): Promise<Handled> {
  const { deps, config, database, compareAccounts, precedence, log } = services;
  const owner = `${config.instanceId}:${deps.newId()}`;
  const { tenantId, runId } = job;
  const allUpTo = config.timings.compareAtOnce;
  const accountsAtOnce = { ...atOnceByDefault, allUpTo, elseUpTo: Math.ceil(allUpTo / 2) };
  const compare: RunCompareDeps['compare'] = async (command) => {
    const isFirst = command.runKind !== 'resync';
    if (isFirst) await refreshStatistics(database);
    const turns = isFirst ? depsGivingWay(deps, precedence) : deps;
    await withGarbage(({ keepLittle }) => {
      const ways = { compareAccounts, accountsAtOnce, pause: setImmediate, beforeParties: keepLittle };
      return compareRun({ ...turns, ...ways }, command);
    });
    // After the accounts: new ones have their relation by then.
    await compareParts(turns, command);
    await closeSettledWrites(turns, command);
    await createEverywhere(turns, command);
  };
  let epoch: number | null = null;
  const work = async (hold: Hold): Promise<Handled> => {
    const onClaimed: RunCompareCommand['onClaimed'] = (step, forMs) => {
      epoch = step.epoch;
      hold(step.id, forMs);
    };
    try {
      const outcome = await runCompare({ ...deps, compare }, { tenantId, runId, owner, onClaimed });
      if (outcome === 'lease-lost') services.survivedFaults.countFenced('compare');
      log.debug({ runId, outcome }, 'compared');
      return done;
    } catch (error) {
      if (classifyFailure(error).kind === 'later') throw error;
      log.error({ runId, err: error }, 'comparing failed');
      const reason = error instanceof Error ? error.name : 'unknown';
      await recordFailedCompare(deps, { tenantId, runId, owner, reason });
      return done;
    }
  };
  const claim = () => ({ tenantId, runId, stepId: null, owner, epoch });
  return orHandBack(services, claim, () => keepLease(services, { tenantId, owner }, work));
}
