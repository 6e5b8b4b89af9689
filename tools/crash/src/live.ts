import { asId, type TenantId } from '@koppel/domain/kernel';
import { CrashPoints } from './crash-points.js';
import { openServices } from './open-services.js';
import { liveThrough } from './live-through.js';
import type { VictimJob } from './victim-job.js';

/** One life of a worker: what the person does, then all the work there is. Gives the points that it passed. */
export async function live(job: VictimJob, kill: () => void): Promise<readonly string[]> {
  const points = new CrashPoints(job.crashAt, kill);
  const { services, close } = openServices(job, points);
  try {
    const { scenario } = job;
    await liveThrough(services, { scenario, tenantId: asId<TenantId>(job.tenantId) }, points);
    return points.passed;
  } finally {
    await close();
  }
}
