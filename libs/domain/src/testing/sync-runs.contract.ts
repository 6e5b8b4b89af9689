import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type SyncRunId } from '../kernel/index.js';
import { noComparison, type SyncRuns } from '../sync/index.js';
import { aSyncRun } from './a-sync-step.js';

/** What every SyncRuns adapter does. `make` gives an empty one, of an organisation that is switched on or off. */
export function describeSyncRunsContract(make: (position: 'on' | 'off') => Promise<SyncRuns>): void {
  describe('SyncRuns', () => {
    const first = aSyncRun();
    const second = aSyncRun({ id: asId<SyncRunId>('00000000-0000-7000-8000-0000000000a2') });
    let runs: SyncRuns;
    beforeEach(async () => {
      runs = await make('on');
      expect(await runs.add(first)).toBe('added');
    });

    it('gives back every member of what was added', async () => {
      expect(await runs.findById(first.id)).toEqual(first);
      expect(await runs.findByIdForUpdate(first.id)).toEqual(first);
      expect(await runs.findOpen()).toEqual(first);
      expect(await runs.findById(second.id)).toBeUndefined();
    });

    it('sums up what the parts of comparing came to, and gives it once', async () => {
      expect(await runs.takeComparison(first.id)).toEqual(noComparison);
      await runs.addComparison(first.id, { ...noComparison, relations: 2, asked: 1 });
      await runs.addComparison(first.id, { ...noComparison, relations: 3, writes: 4 });
      expect(await runs.takeComparison(second.id)).toEqual(noComparison);

      expect(await runs.takeComparison(first.id)).toEqual({
        ...noComparison,
        relations: 5,
        asked: 1,
        writes: 4,
      });
      expect(await runs.takeComparison(first.id)).toEqual(noComparison);
    });

    it('knows what was told of a run', async () => {
      const at = new Date('2026-11-25T10:00:00Z');
      await runs.addEvent({ runId: first.id, administrationId: null, at, key: 'comparing', params: {} });
      expect(await runs.hasEvent(first.id, 'comparing')).toBe(true);
      expect(await runs.hasEvent(first.id, 'creates-left')).toBe(false);
      expect(await runs.hasEvent(second.id, 'comparing')).toBe(false);
    });

    it('tells whether the organisation is switched on', async () => {
      expect(await runs.holdSwitch()).toBe('on');
      expect(await (await make('off')).holdSwitch()).toBe('off');
    });

    it('has room for one open run, and goes on after a refusal (J01)', async () => {
      expect(await runs.add(second)).toBe('other-open');
      expect(await runs.findById(second.id)).toBeUndefined();
      expect(await runs.save({ ...first, state: 'comparing' })).toBe('saved');
      expect(await runs.add(second)).toBe('other-open');
    });

    it('has room for the next one when the open one has ended, and then not for its return', async () => {
      const ended = { ...first, state: 'completed', endedAt: new Date('2026-11-25T10:00:00Z') } as const;
      expect(await runs.save(ended)).toBe('saved');
      expect(await runs.add(second)).toBe('added');
      expect(await runs.save(first)).toBe('other-open');
      expect(await runs.findById(first.id)).toEqual(ended);
    });

    it('leaves the place to another while one stands aside, which takes it back when it is free', async () => {
      expect(await runs.save({ ...first, state: 'aside' })).toBe('saved');
      expect(await runs.findOpen()).toBeUndefined();
      expect(await runs.findAside()).toEqual([{ ...first, state: 'aside' }]);
      expect(await runs.add(second)).toBe('added');
      expect(await runs.findOpen()).toEqual(second);
      expect(await runs.save(first)).toBe('other-open');
      await runs.save({ ...second, state: 'completed', endedAt: new Date('2026-11-25T10:00:00Z') });
      expect(await runs.save(first)).toBe('saved');
      expect(await runs.findAside()).toEqual([]);
    });

    it('knows the one that completed last', async () => {
      expect(await runs.findLastCompleted()).toBeUndefined();
      const ended = { state: 'completed', endedAt: new Date('2026-11-25T10:00:00Z') } as const;
      await runs.save({ ...first, ...ended });
      const later = { ...second, ...ended, startedAt: new Date(first.startedAt.getTime() + 1_000) };
      await runs.add(later);
      await runs.add({
        ...second,
        id: asId<SyncRunId>('00000000-0000-7000-8000-0000000000a3'),
        state: 'failed',
      });
      expect(await runs.findLastCompleted()).toEqual(later);
    });
  });
}
