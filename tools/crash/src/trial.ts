import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { connect, inTenant } from '@koppel/persistence';
import { liveHere } from './live-here.js';
import { noScenes, scenesOf, type Scenes } from './scene.js';
import { resyncAt, startExact, type Stage, type Surroundings } from './stage.js';
import type { VictimEnd, Victims } from './victims.js';

/** How a trial ended, to be held against the undisturbed one. */
export interface TrialEnd extends Scenes {
  readonly ends: readonly VictimEnd[];
}

export interface Trying extends Surroundings {
  readonly stage: Stage;
  /** Processes to be killed; where there are none, lives end in this process. */
  readonly victims: Victims | undefined;
}

/** A write that was sent is in doubt after 150 s of silence; a token lives 570 s. */
export const laterMs = 200_000;
/** After a trial of two lives, and of one: all settle at the same time. */
export const settlesAt = resyncAt + 2 * laterMs;

/** Ends a life at the given point (none = undisturbed), lets its leases run out, and has another one go on to the end. */
export async function runTrial(trying: Trying, crashAt: number | undefined): Promise<TrialEnd> {
  const { databases, stage, folder, victims, encryptionKey } = trying;
  const { scenario, tenantId } = stage;
  const name = await databases.create(stage.template);
  const databaseUrl = databases.urlOf(name);
  const stateFile = path.join(folder, `${name}.state`);
  await copyFile(stage.stateFile, stateFile);
  const sandbox = await startExact(stateFile, resyncAt);
  try {
    const job = { databaseUrl, exactUrl: sandbox.url, encryptionKey, scenario, tenantId };
    const mortal = { ...job, startsAt: resyncAt, ...(crashAt !== undefined && { crashAt }) };
    const first = await (victims ? victims.run(mortal) : liveHere(mortal));
    const ends = [first];
    if (first.kind === 'killed') {
      await letLeasesRunOut(databaseUrl, stage);
      await sandbox.clock.advance(laterMs);
      ends.push(await liveHere({ ...job, startsAt: resyncAt + laterMs }));
    }
    if (ends.at(-1)?.kind !== 'lived') return { ends, ...noScenes(sandbox) };
    return { ends, ...(await scenesOf({ sandbox, stage, databaseUrl, encryptionKey, settlesAt })) };
  } finally {
    await sandbox.stop();
    await databases.drop(name);
    await rm(stateFile, { force: true });
  }
}

/** Time that passes by the database's clock, which leases go by. */
export async function letLeasesRunOut(
  databaseUrl: string,
  { tenantId }: Pick<Stage, 'tenantId'>,
): Promise<void> {
  const database = connect(databaseUrl, { max: 1 });
  await inTenant(database, tenantId, (tx) =>
    tx.execute(
      sql`update sync_steps set lease_until = now() - interval '1 second' where lease_until is not null`,
    ),
  );
  await database.close();
}
