import { randomInt, randomUUIDv7 } from 'node:crypto';

/** Clocks and chance, the only ones of the worker. */
export interface Chance {
  readonly now: () => Date;
  /** UUID v7. */
  readonly newId: () => string;
  /** Milliseconds since some moment, by a clock that nobody sets. */
  readonly uptime: () => number;
  /** From 0 to 1: spreads retries. */
  readonly random: () => number;
}

const steps = 2 ** 32;

export const systemChance: Chance = {
  now: () => new Date(),
  newId: () => randomUUIDv7(),
  uptime: () => performance.now(),
  random: () => randomInt(steps) / steps,
};
