import { asId, systemActor, type TenantId } from '@koppel/domain/kernel';
import { startResync } from '@koppel/domain/sync';
import { CrashPoints } from './crash-points.js';
import { openServices, type Surroundings } from './open-services.js';
import { expectOk } from './person.js';
import type { ScenarioName } from './scenario-names.js';
import { workAll } from './work-all.js';

/** A resync needs a coupling that was activated, which comes after a first run. */
export function canSettle(scenario: ScenarioName): boolean {
  return scenario !== 'initial';
}

/**
 * One more resync that nobody disturbs: whatever was written or fetched first, all has been fetched after it, and a cursor that stays behind, a
 * write made anew or a change taken for somebody's edit shows. As if a person asked for it: that one reads the lists too.
 */
export async function settle(place: Surroundings, tenant: string): Promise<void> {
  const losesNothing = new CrashPoints(undefined, () => undefined);
  const { services, close } = openServices(place, losesNothing);
  try {
    const tenantId = asId<TenantId>(tenant);
    expectOk(await startResync(services.deps, { tenantId, trigger: 'person', actor: systemActor }));
    await workAll(services, losesNothing);
  } finally {
    await close();
  }
}
