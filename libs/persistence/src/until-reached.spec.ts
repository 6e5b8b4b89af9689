import { describe, expect, it } from 'vitest';
import { untilReached } from './until-reached.js';

const log = { warn: () => undefined };
const failed = (message: string, code?: string) => Object.assign(new Error(message), code && { code });

describe('untilReached', () => {
  const pauses: number[] = [];
  const reach = (errors: readonly Error[]) => {
    pauses.length = 0;
    const left = [...errors];
    const wait = (ms: number) => Promise.resolve(pauses.push(ms));
    return untilReached(
      () => {
        const error = left.shift();
        return error ? Promise.reject(error) : Promise.resolve('reached');
      },
      { log, wait },
    );
  };

  it('waits longer and longer for a database that nobody can reach', async () => {
    const errors = [
      failed('connect', 'ECONNREFUSED'),
      new AggregateError([failed('a', 'ECONNREFUSED'), failed('b', 'ENETUNREACH')]),
      failed('the database system is starting up', '57P03'),
      failed('Connection terminated unexpectedly'),
      failed('timeout expired'),
      ...Array.from({ length: 5 }, () => failed('shutting down', '57P01')),
    ];

    expect(await reach(errors)).toBe('reached');
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000, 5_000]);
  });

  it('throws what waiting does not mend, and after ten minutes what it might have', async () => {
    await expect(reach([failed('password authentication failed', '28P01')])).rejects.toThrow('password');
    expect(pauses).toEqual([]);
    const hours = Array.from({ length: 1_000 }, () => failed('connect', 'ECONNREFUSED'));
    await expect(reach(hours)).rejects.toThrow('connect');
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(9 * 60_000);
    expect(pauses.length).toBeLessThan(200);
  });
});
