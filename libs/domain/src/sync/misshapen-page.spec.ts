import { beforeEach, describe, expect, it } from 'vitest';
import { anAccountRow, anAdministration, aSyncWorld, type SyncWorld } from '../testing/index.js';
import { retryStep } from './retry-step.js';

const amsterdam = anAdministration({ division: 900_001, state: 'coupling', position: 1 });
const utrecht = anAdministration({ division: 900_002, state: 'coupling', position: 2 });
const rows = (count: number) => Array.from({ length: count }, (_, index) => anAccountRow(index + 1));
const accounts = { division: amsterdam.division, kind: 'accounts' } as const;
const misshapen = { kind: 'misshapen', reason: 'no d in the answer' } as const;

let world: SyncWorld;
beforeEach(() => {
  world = aSyncWorld([amsterdam, utrecht]);
  world.source.of(amsterdam.division).accounts = rows(8);
  world.source.of(utrecht.division).accounts = rows(2);
});

const issues = () => world.issues.findOpenCauseKeys('');

describe('an answer of another shape, or one that leads in a circle or elsewhere', () => {
  it('ends its part at the first time and tells it; others go on, and nothing of it is stored (F36, F37)', async () => {
    world.source.fail(misshapen, { ...accounts, afterPages: 1 });
    const runId = await world.start();
    await world.work();

    expect(await world.stepOf(runId, amsterdam.division, 'accounts')).toMatchObject({
      state: 'failed',
      attempts: 0,
      records: 3,
      failure: { kind: 'unexpected-answer', message: misshapen.reason },
    });
    expect(await issues()).toEqual([`unexpected-answer:${amsterdam.id}:accounts`]);
    expect(await world.stepOf(runId, amsterdam.division, 'contacts')).toMatchObject({ state: 'done' });
    expect(await world.stepOf(runId, utrecht.division, 'accounts')).toMatchObject({ state: 'done' });
    expect(world.sourceStore.all()).toHaveLength(5);
  });

  it('is asked for again by a person, who closes the issue with the next page, and reads no page twice (F36)', async () => {
    world.source.fail(misshapen, { ...accounts, afterPages: 1 });
    const runId = await world.start();
    await world.work();
    world.source.asked.splice(0);

    const { id: stepId } = await world.stepOf(runId, amsterdam.division, 'accounts');
    expect(await retryStep(world.deps, { tenantId: world.tenantId, runId, stepId })).toMatchObject({
      ok: true,
    });
    await world.work();

    const asked = world.source.asked.filter(({ kind }) => kind === 'accounts');
    expect(asked.map(({ next }) => next)).toEqual(['after 1003', 'after 1006']);
    expect(await world.stepOf(runId, amsterdam.division, 'accounts')).toMatchObject({
      state: 'done',
      records: 8,
    });
    expect(await issues()).toEqual([]);
  });

  it('is what a page is that leads to itself (F37)', async () => {
    const runId = await world.start();
    world.source.fail(
      { kind: 'limited', until: world.time, window: 'minute' },
      { ...accounts, afterPages: 1 },
    );
    const [message] = world.takeMessages();
    await world.step(message!);
    const step = await world.stepOf(runId, amsterdam.division, 'accounts');
    const fetchPage = world.source.fetchPage.bind(world.source);
    world.source.fetchPage = async (request) => {
      const page = await fetchPage(request);
      const leadsBack = page.ok && request.cursor.next === step.cursorNext;
      return leadsBack ? { ...page, value: { ...page.value, next: step.cursorNext } } : page;
    };
    await world.step(message!);
    expect(await world.stepOf(runId, amsterdam.division, 'accounts')).toMatchObject({
      state: 'failed',
      failure: { message: 'the same page again' },
    });
  });
});
