import type { TenantId } from '@koppel/domain/kernel';
import type { Services } from '@koppel/worker/handlers';
import type { CrashPoints } from './crash-points.js';
import type { ScenarioName } from './scenario-names.js';
import { act, actLater } from './scenarios.js';
import { workAll } from './work-all.js';

/** What the person does, all the work that there is, and what the person does about the outcome. May be done again from the beginning. */
export async function liveThrough(
  services: Services,
  { scenario, tenantId }: { readonly scenario: ScenarioName; readonly tenantId: TenantId },
  points: CrashPoints,
): Promise<void> {
  await act(scenario, services, tenantId);
  await workAll(services, points);
  if (await actLater(scenario, services, tenantId)) await workAll(services, points);
}
