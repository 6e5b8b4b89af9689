import { setTimeout } from 'node:timers/promises';
import { handBackStep, type HandBackCommand } from '@koppel/domain/sync';
import { classifyFailure } from '../classify-failure.js';
import type { Services } from '../services.js';

const againMs = 1_000;
/** Half a day at least; who never gave it back is taken for dead once the database is there. */
const triesMax = 43_200;

/** Does the work of a claimed step. Before an outage goes on to the queue, the claim is given back: this worker lives. */
export async function orHandBack<T>(
  services: Services,
  claim: () => HandBackCommand,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (classifyFailure(error).kind === 'later') await handBack(services, claim());
    throw error;
  }
}

/** For as long as the outage takes: until then nothing else could be done with the step either. */
async function handBack({ deps, log, stopping }: Services, claim: HandBackCommand): Promise<void> {
  for (let tries = 1; tries <= triesMax; tries += 1) {
    try {
      await handBackStep(deps, claim);
      return;
    } catch (error) {
      log.warn({ stepId: claim.stepId, err: error }, 'step not handed back yet');
      if (stopping.aborted || classifyFailure(error).kind !== 'later') return;
      await setTimeout(againMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
}
