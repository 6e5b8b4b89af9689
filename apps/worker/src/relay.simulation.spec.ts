import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '@koppel/testing';
import { RelayWorld, type Happening } from './testing/relay-world.js';

const relay = fc.constantFrom(0, 1);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('transaction' as const),
      messages: fc.array(
        fc.record({
          kind: fc.constantFrom(
            'run-step',
            'compare-run',
            'send-write',
            'fetch-noticed',
            'of-a-newer-program',
          ),
          isOfResync: fc.boolean(),
          delayMs: fc.constantFrom(0, 0, 0, 5_000),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      isAborted: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('round' as const), relay }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('turns' as const), count: fc.constantFrom(1, 2, 3, 20) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const), relay }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('queue' as const),
      fault: fc.constantFrom(
        'refuses' as const,
        'takes-some' as const,
        'answer-lost' as const,
        'late' as const,
      ),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'commit-lost' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(1, 6_000) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'backup' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'restore' as const }) },
);

/** Rounds that failed once, first of all. */
const regressions = path.join(import.meta.dirname, 'relay.simulation.regressions.json');

describe('the outbox relay, with two that overlap and die, a queue that fails in every way, and an older backup', () => {
  it('makes one job of each message that was committed, in its queue, and none of another (I2, F11, F12, F28, F94)', async () => {
    await simulate(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(happening, { minLength: 10, maxLength: 60, size: 'max' }),
        async (scheduler, happenings) => {
          const world = new RelayWorld(scheduler);
          for (const each of happenings) await world.happens(each);
          await world.heal();

          const jobs = world.jobs();
          expect(new Set(jobs.map(({ uid }) => uid)).size).toBe(jobs.length);
          expect(jobs.filter(({ uid }) => world.aborted.has(uid))).toEqual([]);
          const delivered = new Set(jobs.map(({ uid }) => uid));
          for (const { uid, kind, isSent } of world.rows) {
            const isKnown = kind !== 'of-a-newer-program';
            expect([isSent, delivered.has(uid)]).toEqual([isKnown, isKnown]);
          }
          expect(jobs.filter(({ queue, wanted }) => queue !== wanted)).toEqual([]);
          expect(world.resyncsUnannounced).toBe(0);
        },
      ),
      { file: regressions, runs: 500 },
    );
  }, 60_000);
});
