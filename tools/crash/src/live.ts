import { asId, type TenantId } from '@koppel/domain/kernel';
import { CrashPoints } from './crash-points.js';
import { openServices } from './open-services.js';
import { act } from './scenarios.js';
import type { VictimJob } from './victim-job.js';
import { workAll } from './work-all.js';

/** One life of a worker: what the person does, then all the work there is. Gives the points that it passed. */
export async function live(job: VictimJob, kill: () => void): Promise<readonly string[]> {
  const points = new CrashPoints(job.crashAt, kill);
  const { services, close } = openServices(job, points);
  try {
    await act(job.scenario, services, asId<TenantId>(job.tenantId));
    await workAll(services, points);
    return points.passed;
  } finally {
    await close();
  }
}
