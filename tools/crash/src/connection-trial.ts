import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { isByLostConnection } from '@koppel/persistence';
import { CrashPoints } from './crash-points.js';
import { openServices, type OpenServices } from './open-services.js';
import { QueryCutter } from './query-cutter.js';
import { whyOf } from './live-here.js';
import { liveThrough } from './live-through.js';
import { noScenes, scenesOf } from './scene.js';
import { resyncAt, startExact, type Stage } from './stage.js';
import { laterMs, letLeasesRunOut, settlesAt, type TrialEnd, type Trying } from './trial.js';

const losesNothing = new CrashPoints(undefined, () => undefined);

/** Breaks the connection to the database at the given point (none = undisturbed); the same process goes on, with the same pool. */
export async function runConnectionTrial(trying: Trying, cutAt: number | undefined): Promise<TrialEnd> {
  const { databases, stage, folder, encryptionKey } = trying;
  const name = await databases.create(stage.template);
  const databaseUrl = databases.urlOf(name);
  const stateFile = path.join(folder, `${name}.state`);
  await copyFile(stage.stateFile, stateFile);
  const sandbox = await startExact(stateFile, resyncAt);
  const cutter = await QueryCutter.open(databaseUrl, cutAt);
  const place = { exactUrl: sandbox.url, encryptionKey, startsAt: resyncAt };
  const open = openServices({ ...place, databaseUrl: cutter.urlOf(databaseUrl) }, losesNothing);
  try {
    const isLost = await liveUntilLost(open, stage);
    if (isLost) {
      await letLeasesRunOut(databaseUrl, stage);
      await sandbox.clock.advance(laterMs);
      open.skip(laterMs);
      if (await liveUntilLost(open, stage)) throw new Error('the connection was lost twice');
    }
    const points = Array.from({ length: cutter.queries * 2 }, (_, index) => nameOf(index + 1));
    const scenes = await scenesOf({ sandbox, stage, databaseUrl, encryptionKey, settlesAt });
    return { ends: [{ kind: 'lived', points }], ...scenes };
  } catch (error) {
    return { ends: [{ kind: 'failed', why: whyOf(error) }], ...noScenes(sandbox) };
  } finally {
    await open.close();
    await cutter.close();
    await sandbox.stop();
    await databases.drop(name);
    await rm(stateFile, { force: true });
  }
}

/** True when the work ended because the connection was lost; a loss that the product mends by itself goes unseen. */
async function liveUntilLost({ services }: OpenServices, stage: Stage): Promise<boolean> {
  try {
    await liveThrough(services, stage, losesNothing);
    return false;
  } catch (error) {
    if (isByLostConnection(error)) return true;
    throw error;
  }
}

function nameOf(point: number): string {
  return `query ${Math.ceil(point / 2)} ${point % 2 === 1 ? 'arrives' : 'is answered'}`;
}
