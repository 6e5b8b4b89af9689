import { Keepers } from './keepers.js';
import { raceForTokens, type RacesReport } from './races.js';
import { seededRandom } from './seeded-random.js';
import { openTokenStage } from './token-stage.js';

export interface RacesOptions {
  /** A migrated, empty database. */
  readonly databaseUrl: string;
  readonly encryptionKey: string;
  readonly processes: number;
  readonly expiries: number;
  readonly seed: number;
}

/** A tenant, a sandbox and several processes with a token keeper each; then the races. */
export async function runRaces(options: RacesOptions): Promise<RacesReport> {
  const { databaseUrl, encryptionKey, processes, expiries, seed } = options;
  const stage = await openTokenStage(databaseUrl, encryptionKey);
  const { sandbox, reconnect } = stage;
  const keepers = new Keepers(stage.setup);
  try {
    await keepers.start(processes);
    const random = seededRandom(seed);
    return await raceForTokens({ sandbox, keepers, processes, expiries, random, reconnect });
  } finally {
    await keepers.close();
    await stage.close();
  }
}
