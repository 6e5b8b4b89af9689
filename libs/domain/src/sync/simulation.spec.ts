import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '@koppel/testing';
import { ok, type Message, type SyncRunId } from '../kernel/index.js';
import { anAccountRow, anAdministration, aSyncWorld, type SyncWorld } from '../testing/index.js';
import { hasEnded } from './sync-step.js';

type StepMessage = Extract<Message, { kind: 'run-step' }>;

/** One thing that happens while a run fetches. Numbers choose among what there is at that moment. */
type Happening =
  | { readonly kind: 'deliver'; readonly which: number; readonly isTwice: boolean; readonly pagesMax: number }
  | { readonly kind: 'forget'; readonly which: number }
  | { readonly kind: 'time'; readonly ms: number }
  | {
      readonly kind: 'fault';
      readonly division: number;
      readonly fault: 'limited' | 'unavailable' | 'unexpected';
    }
  | { readonly kind: 'new-account'; readonly division: number }
  | { readonly kind: 'kill' };

const divisions = [900_001, 900_002];
const division = fc.constantFrom(...divisions);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('deliver' as const),
      which: fc.nat(20),
      isTwice: fc.boolean(),
      pagesMax: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('forget' as const), which: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      // Around the length of a lease, so that live workers lose theirs too.
      ms: fc.constantFrom(100, 5_000, 9_000, 61_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      division,
      fault: fc.constantFrom('limited' as const, 'unavailable' as const, 'unexpected' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('new-account' as const), division }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'kill' as const }) },
);

/** Dying three times without progress ends a step by design (F04); here no step gets that far. */
const killsMax = 2;
const sweepsMax = 200;

/** Everything here is promises: when they are through, each worker stands at a page or has ended. */
const asFarAsPossible = () => new Promise((resolve) => setImmediate(resolve));

/** Workers, a queue that forgets, doubles and reorders, and a clock; whose turn it is at a page is the scheduler's choice. */
class Simulation {
  readonly world: SyncWorld;
  kills = 0;
  private readonly queue: StepMessage[] = [];
  private readonly working: Promise<void>[] = [];
  private isKillPlanned = false;
  private lastVersion = 5_000;

  constructor(
    private readonly scheduler: fc.Scheduler,
    sizes: readonly [number, number],
  ) {
    this.world = aSyncWorld(
      divisions.map((code, index) =>
        anAdministration({ division: code, state: 'coupling', position: index }),
      ),
    );
    divisions.forEach((code, index) => {
      this.world.source.of(code).accounts = Array.from({ length: sizes[index] ?? 0 }, (_, row) =>
        anAccountRow(index * 100 + row + 1),
      );
    });
    this.world.source.onPage = async () => {
      await this.scheduler.schedule(Promise.resolve(), 'a page is under way');
      if (!this.isKillPlanned) return;
      this.isKillPlanned = false;
      throw new Error('killed');
    };
  }

  async happens(what: Happening): Promise<void> {
    this.relay();
    switch (what.kind) {
      case 'deliver': {
        const [message] = this.queue.splice(what.which % Math.max(1, this.queue.length), 1);
        if (!message) return;
        if (what.isTwice) this.queue.push(message);
        this.working.push(this.work(message, what.pagesMax));
        await asFarAsPossible();
        if (this.scheduler.count() > 0) await this.scheduler.waitOne();
        return;
      }
      case 'forget':
        return void this.queue.splice(what.which % Math.max(1, this.queue.length), 1);
      case 'time':
        return this.world.advance(what.ms);
      case 'fault':
        return this.world.source.fail(this.faultOf(what.fault), {
          division: what.division,
          kind: 'accounts',
        });
      case 'new-account':
        return this.addAccount(what.division);
      case 'kill':
        this.isKillPlanned = this.kills < killsMax;
        this.kills += this.isKillPlanned ? 1 : 0;
    }
  }

  /** Nothing goes wrong any more: what is under way ends, and the sweeper finds what was forgotten. */
  async heal(runId: SyncRunId): Promise<void> {
    this.isKillPlanned = false;
    await this.scheduler.waitFor(Promise.all(this.working));
    for (let sweep = 0; sweep < sweepsMax; sweep += 1) {
      if ((await this.world.run(runId)).state !== 'fetching') return;
      this.world.advance(70_000);
      for (const step of await this.firstOpenSteps(runId)) {
        const message: StepMessage = { kind: 'run-step', runId, stepId: step };
        await this.scheduler.waitFor(this.work(message, 3));
      }
    }
    throw new Error('the run does not end');
  }

  private async work(message: StepMessage, pagesMax: number): Promise<void> {
    try {
      const outcome = await this.world.step(message, { pagesMax });
      if (outcome.kind === 'waiting') this.queue.push(message);
      if (outcome.kind === 'ended' && outcome.nextStepId !== null)
        this.queue.push({ ...message, stepId: outcome.nextStepId });
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'killed') throw error;
    }
  }

  private relay(): void {
    for (const message of this.world.takeMessages())
      if (message.kind === 'run-step') this.queue.push(message);
  }

  private async firstOpenSteps(runId: SyncRunId) {
    const steps = (await this.world.syncSteps.findMany(runId)).filter((step) => step.kind !== 'compare');
    const byAdministration = Map.groupBy(steps, (step) => step.administrationId);
    return [...byAdministration.values()].flatMap((own) => own.find((step) => !hasEnded(step))?.id ?? []);
  }

  private addAccount(code: number): void {
    this.lastVersion += 1;
    const row = anAccountRow(this.lastVersion, { rowVersion: BigInt(this.lastVersion) });
    this.world.source.of(code).accounts.push(row);
  }

  private faultOf(kind: 'limited' | 'unavailable' | 'unexpected') {
    if (kind === 'limited')
      return { kind, window: 'minute', until: new Date(this.world.time.getTime() + 60_000) } as const;
    return kind === 'unavailable'
      ? ({ kind, retryAt: null, reason: 'HTTP 503' } as const)
      : ({ kind, reason: 'cut' } as const);
  }
}

const idsOf = (simulation: Simulation) =>
  divisions.flatMap((code) => simulation.world.source.of(code).accounts.map(({ exactId }) => exactId)).sort();

/** Runs that failed once, first of all. */
const regressions = path.join(import.meta.dirname, 'simulation.regressions.json');

describe('fetching, with workers that die, stall and overlap and a queue that forgets, doubles and reorders', () => {
  it('ends, asks to compare once, and after the next resync holds what Exact has, each account once (I1, I3, I8, I9, I11)', async () => {
    await simulate(
      fc.asyncProperty(
        fc.scheduler(),
        // Never empty: an administration without relations is asked about, by design.
        fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })),
        fc.array(happening, { maxLength: 40 }),
        async (scheduler, sizes, happenings) => {
          const simulation = new Simulation(scheduler, sizes);
          const { world } = simulation;
          const runId = await world.start();
          for (const each of happenings) await simulation.happens(each);
          await simulation.heal(runId);

          expect((await world.run(runId)).state).toBe('comparing');
          expect(world.outbox.kinds().filter((kind) => kind === 'compare-run')).toHaveLength(1);
          const steps = await world.syncSteps.findMany(runId);
          expect(steps.filter((step) => step.kind !== 'compare').every(hasEnded)).toBe(true);
          expect(world.sourceStore.all().some(({ state }) => state === 'deleted')).toBe(false);

          await world.uow.run(world.tenantId, async (tx) =>
            ok(await tx.syncRuns.save({ ...(await world.run(runId)), state: 'completed' })),
          );
          const again = await world.start('resync');
          await simulation.heal(again);
          expect(
            world.sourceStore
              .all()
              .map(({ exactId }) => exactId)
              .sort(),
          ).toEqual(idsOf(simulation));
          for (const { id, division: code } of world.companies) {
            const versions = world.source.of(code).accounts.map(({ rowVersion }) => rowVersion);
            const highest = versions.reduce((one, other) => (one > other ? one : other), 1n);
            const cursors = await world.cursors.findMany(id);
            expect(cursors.find(({ kind }) => kind === 'accounts')?.timestamp).toBe(highest.toString());
          }
        },
      ),
      { file: regressions, runs: 500 },
    );
  }, 180_000);
});
