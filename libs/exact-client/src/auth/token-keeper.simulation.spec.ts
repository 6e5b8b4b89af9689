import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '@koppel/testing';
import { aClock } from '../testing/a-clock.js';
import { TokenEndpoint } from '../testing/a-token-endpoint.js';
import { InMemoryTokenStore } from '../testing/in-memory-token-store.js';
import { createTokenKeeper, type TokenKeeper } from './token-keeper.js';
import type { TokenStore } from './token-store.js';

const ID = 'connection-1';

/** One time that everybody needs a token. */
const round = fc.record({
  passesMs: fc.constantFrom(1_000, 300_000, 569_000, 570_000, 599_000, 601_000, 86_400_000),
  askers: fc.integer({ min: 1, max: 6 }),
  lostCommits: fc.constantFrom(0, 0, 0, 1),
  failingSwaps: fc.constantFrom(0, 0, 2, 5),
});

/** Processes over one row, in every order of answers, locks and commits that the scheduler can think of. */
function aWorld(scheduler: fc.Scheduler) {
  const clock = aClock();
  const rows = { accessToken: 'AT1', refreshToken: 'RT1', accessIssuedAt: clock.now() } as const;
  const inner = new InMemoryTokenStore({ [ID]: { ...rows, state: 'active', generation: 1 } });
  const endpoint = new TokenEndpoint(clock.now);
  const turn = (label: string) => scheduler.schedule(Promise.resolve(), label);
  endpoint.beforeAnswer = () => turn('an answer of Exact');
  let swapping = 0;
  const store: TokenStore = {
    read: async (id) => {
      await turn('a read');
      return inner.read(id);
    },
    withLock: async (id, work) => {
      await turn('a lock');
      return inner.withLock(id, work);
    },
    swap: async (id, used, next) => {
      await turn('a swap');
      return inner.swap(id, used, next);
    },
  };
  /** Seconds are long against a swap that is tried again: it ends before they do. */
  const wait = async (): Promise<void> => {
    do await turn('a wait');
    while (swapping > 0);
  };
  const reauths: string[] = [];
  const keeper = (): TokenKeeper =>
    createTokenKeeper({
      store: {
        ...store,
        withLock: async (id, work) => {
          try {
            return await store.withLock(id, work);
          } catch (error) {
            swapping += 1;
            throw error;
          }
        },
        swap: async (id, used, next) => {
          const isSaved = await store.swap(id, used, next);
          swapping -= 1;
          return isSaved;
        },
      },
      transport: endpoint.transport,
      baseUrl: 'https://start.exactonline.nl',
      clientId: 'client',
      clientSecret: 'secret',
      now: clock.now,
      onReauthRequired: (_id, reason) => void reauths.push(reason),
      // A pause between two tries of one swap is its own time, not that of others.
      wait: (ms) => (ms < 2_000 ? turn('a short wait') : wait()),
    });
  return { clock, inner, endpoint, reauths, keeper };
}

/** Runs that failed once, first of all. */
const regressions = path.join(import.meta.dirname, 'token-keeper.simulation.regressions.json');

describe('token keepers of several processes, in any order of their steps', () => {
  it('all end with the token that Exact gave last, and use no refresh token twice but after a lost commit (I4, F40, F43)', async () => {
    await simulate(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(round, { minLength: 1, maxLength: 6 }),
        async (scheduler, rounds) => {
          const world = aWorld(scheduler);
          const keepers = Array.from({ length: 6 }, () => world.keeper());
          let losses = 0;
          for (const { passesMs, askers, lostCommits, failingSwaps } of rounds) {
            world.clock.advance(passesMs);
            Object.assign(world.inner.faults, { lostCommits, failingSwaps });
            losses += lostCommits;
            const asked = keepers.slice(0, askers).map((keeper) => keeper.accessToken(ID));
            const tokens = await scheduler.waitFor(Promise.all(asked));
            Object.assign(world.inner.faults, { lostCommits: 0, failingSwaps: 0 });

            expect(new Set(tokens)).toEqual(new Set([world.endpoint.accessToken]));
            expect(await world.inner.read(ID)).toMatchObject({
              refreshToken: world.endpoint.refreshToken,
              state: 'active',
            });
          }
          expect(world.reauths).toEqual([]);
          expect(world.endpoint.oldTokenUses).toBeLessThanOrEqual(losses);
        },
      ),
      { file: regressions, runs: 500 },
    );
  }, 180_000);
});
