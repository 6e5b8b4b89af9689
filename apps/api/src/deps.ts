import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Deps } from '@koppel/domain/kernel';
import { DrizzleUnitOfWork, type Database, type FullTransaction, type OwnClocks } from '@koppel/persistence';

/** Clock and chance, the only ones of the api. */
export interface Chance {
  readonly now: () => Date;
  /** UUID v7. For ids, not for secrets. */
  readonly newId: () => string;
  /** 32 random bytes as base64url: states, session ids, API keys. */
  readonly newSecret: () => string;
  /** From 0 to 1: spreads retries. */
  readonly random: () => number;
}

export const systemChance: Chance = {
  now: () => new Date(),
  newId: () => randomUUIDv7(),
  newSecret: () => randomBytes(32).toString('base64url'),
  random: () => Math.random(),
};

export const systemClocks: OwnClocks = { now: systemChance.now, uptime: () => performance.now() };

/** Times that a use case is done again whose transaction collided with another (F24). */
const retriesMax = 3;

/** What every use case is given in this process. */
export function createDeps(database: Database, chance: Chance): Deps<FullTransaction> {
  const uow = new DrizzleUnitOfWork(database, { retriesMax, random: chance.random });
  return { uow, now: chance.now, newId: chance.newId };
}
