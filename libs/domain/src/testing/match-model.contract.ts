import { expect, it } from 'vitest';
import { asId } from '../kernel/index.js';
import { nothingLearnt } from '../relations/matching/index.js';
import { idOf } from './a-relations-world.js';
import { run } from './relation-port-rows.js';
import type { RelationPortsWorld } from './relation-ports.contract.js';

/** What every adapter of MatchModel does. */
export function describeMatchModel(world: () => RelationPortsWorld): void {
  it('says that nothing was learnt until something was, and keeps the latest', async () => {
    expect(await world().matchModel.find()).toBeUndefined();
    const model = { ...nothingLearnt, stems: 600, words: { bouw: 30, constructor: 2 } };
    await world().matchModel.put(run, model);
    await world().matchModel.put(run, { ...model, groupWords: ['horeca'] });

    expect(await world().matchModel.find()).toEqual({ ...model, groupWords: ['horeca'] });
  });

  it('tells which run learnt the latest', async () => {
    expect(await world().matchModel.findRun()).toBeUndefined();
    await world().matchModel.put(asId(idOf(799)), nothingLearnt);
    await world().matchModel.put(run, { ...nothingLearnt, version: '0.0.1' });

    expect(await world().matchModel.findRun()).toBe(run);
  });

  it.each([
    ['joined', { 'aside/form': 3, 'aside/name': 4 }],
    ['aside', { 'hold-no-proof': 12.5 }],
  ] as const)('drops what answers released one way (%s), and nothing else', async (direction, stays) => {
    await world().matchModel.dropReleased(direction);
    expect(await world().matchModel.find()).toBeUndefined();
    const model = { ...nothingLearnt, stems: 600, words: { bouw: 30 }, groupWords: ['horeca'] };
    await world().matchModel.put(run, {
      ...model,
      released: { 'hold-no-proof': 12.5, 'aside/form': 3, 'aside/name': 4 },
    });

    await world().matchModel.dropReleased(direction);
    expect(await world().matchModel.find()).toEqual({ ...model, released: stays });

    await world().matchModel.dropReleased(direction);
    await world().matchModel.dropReleased(direction === 'aside' ? 'joined' : 'aside');
    expect(await world().matchModel.find()).toEqual(model);
  });

  it('drops one kind that is set aside, and says which are left', async () => {
    expect(await world().matchModel.findAside()).toEqual(new Map());
    const released = { 'hold-no-proof': 12.5, 'aside/form': 3, 'aside/name': 4 };
    await world().matchModel.put(run, { ...nothingLearnt, released });

    expect(await world().matchModel.dropReleased('aside', 'aside/place')).toBe(false);
    expect(await world().matchModel.dropReleased('aside', 'hold-no-proof')).toBe(false);
    expect(await world().matchModel.dropReleased('aside', 'aside/form')).toBe(true);
    expect(await world().matchModel.findAside()).toEqual(new Map([['aside/name', { upTo: 4, answers: 0 }]]));
    expect((await world().matchModel.find())?.released).toEqual({ 'hold-no-proof': 12.5, 'aside/name': 4 });
  });

  it('sets one kind more aside', async () => {
    const learnt = { upTo: 3.5, answers: 6 };
    expect(await world().matchModel.setAside('aside/form', learnt)).toBe(false);
    expect(await world().matchModel.find()).toBeUndefined();
    const model = { ...nothingLearnt, released: { 'aside/name': 4 }, answers: { 'aside/name': 9 } };
    await world().matchModel.put(run, model);
    expect(await world().matchModel.setAside('aside/form', learnt)).toBe(true);

    expect(await world().matchModel.find()).toEqual({
      ...model,
      released: { 'aside/name': 4, 'aside/form': 3.5 },
      answers: { 'aside/name': 9, 'aside/form': 6 },
    });
  });

  it('says that nothing was learnt when another version of the matcher did', async () => {
    await world().matchModel.put(run, { ...nothingLearnt, stems: 600, version: '0.0.1' });

    expect(await world().matchModel.find()).toBeUndefined();
  });
}
