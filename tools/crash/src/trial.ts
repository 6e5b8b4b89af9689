import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import type { Counters } from '@koppel/exact-sandbox';
import { connect, inTenant } from '@koppel/persistence';
import { liveHere } from './live-here.js';
import { exactFacts, koppelFacts } from './end-state.js';
import { resyncAt, startExact, type Stage, type Surroundings } from './stage.js';
import type { VictimEnd, Victims } from './victims.js';

/** How a trial ended, to be held against the undisturbed one. */
export interface TrialEnd {
  readonly ends: readonly VictimEnd[];
  readonly koppel: readonly string[];
  readonly exact: readonly string[];
  readonly journal: Readonly<Counters>;
}

export interface Trying extends Surroundings {
  readonly stage: Stage;
  /** Processes to be killed; where there are none, lives end in this process. */
  readonly victims: Victims | undefined;
}

/** A write that was sent is in doubt after 150 s of silence; a token lives 570 s. */
export const laterMs = 200_000;

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
    const koppel = await koppelFacts(databaseUrl, tenantId);
    return { ends, koppel, exact: exactFacts(sandbox), journal: structuredClone(sandbox.journal.counters()) };
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
