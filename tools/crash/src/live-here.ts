import { asId, type TenantId } from '@koppel/domain/kernel';
import { CrashPoints } from './crash-points.js';
import { liveThrough } from './live-through.js';
import { openServices } from './open-services.js';
import { QueryCutter } from './query-cutter.js';
import type { VictimJob } from './victim-job.js';
import { lifeMaxMs, type VictimEnd } from './victims.js';

/**
 * A life in this very process. At its point it ends as a kill ends one: its sockets break and none of its code comes to another effect.
 * Without the seconds that a process of its own needs to start.
 */
export async function liveHere(job: VictimJob): Promise<VictimEnd> {
  const cutter = await QueryCutter.open(job.databaseUrl, undefined);
  const killed = Promise.withResolvers<VictimEnd>();
  let isKilled = false;
  const points = new CrashPoints(job.crashAt, () => {
    isKilled = true;
    killed.resolve({ kind: 'killed' });
  });
  const open = openServices({ ...job, databaseUrl: cutter.urlOf(job.databaseUrl) }, points);
  const life = { scenario: job.scenario, tenantId: asId<TenantId>(job.tenantId) };
  const lived = liveThrough(open.services, life, points).then(
    (): VictimEnd => ({ kind: 'lived', points: points.passed }),
    (error: unknown): VictimEnd => ({ kind: 'failed', why: whyOf(error) }),
  );
  const tooLong = Promise.withResolvers<VictimEnd>();
  const bound = setTimeout(() => {
    isKilled = true;
    tooLong.resolve({ kind: 'failed', why: `nothing ended it within ${String(lifeMaxMs / 1_000)} s` });
  }, lifeMaxMs);
  try {
    return await Promise.race([killed.promise, lived, tooLong.promise]);
  } finally {
    clearTimeout(bound);
    await cutter.close();
    const closed = open.close();
    // The pool of the dead waits for what never ends; its sockets are gone, which it may complain of.
    if (isKilled) closed.catch(() => undefined);
    else await closed;
  }
}

/** An error with its stack, as far as it has one. */
export function whyOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
