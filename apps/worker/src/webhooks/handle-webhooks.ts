import type { AdministrationId, TenantId } from '@koppel/domain/kernel';
import { fetchNoticed, keepSubscriptions } from '@koppel/domain/webhooks';
import { isCoupledElsewhere } from '@koppel/persistence';
import { done, type Handled, type Services } from '../services.js';
import { callbackUrlOf } from './callback-url.js';

/** Opens a run for what Exact told of, or comes back when it is time. */
export async function fetchWhatWasNoticed({ deps, log }: Services, tenantId: TenantId): Promise<Handled> {
  const outcome = await fetchNoticed(deps, { tenantId });
  if (outcome.kind === 'waiting') return { kind: 'later', at: outcome.dueAt };
  if (outcome.kind === 'started') log.debug({ tenantId, runId: outcome.runId }, 'fetching what was noticed');
  return done;
}

/** Subscribes or unsubscribes an administration, as its state asks for. */
export async function keepItsSubscriptions(
  services: Services,
  job: { readonly tenantId: TenantId; readonly administrationId: AdministrationId },
): Promise<Handled> {
  const { deps, config, database, subscriptionSource } = services;
  const outcome = await keepSubscriptions(
    {
      ...deps,
      source: subscriptionSource,
      callbackUrlOf: (region) => callbackUrlOf(config, region),
      isNeededElsewhere: (administration) => isCoupledElsewhere(database, administration),
    },
    job,
  );
  return outcome.kind === 'waiting' ? { kind: 'later', at: outcome.dueAt } : done;
}
