import { describe, expect, it } from 'vitest';
import type { Notices } from '../webhooks/index.js';
import { anAdministration } from './an-administration.js';

/** What every Notices adapter does. `make` gives an empty one. */
export function describeNoticesContract(make: () => Promise<Notices>): void {
  describe('Notices', () => {
    const one = anAdministration({ division: 900_001 }).id;
    const other = anAdministration({ division: 900_002 }).id;
    const now = new Date('2026-11-25T09:00:00Z');
    const dueAt = new Date('2026-11-25T09:00:03Z');
    const pace = { now, dueAt, pauseMs: 60_000 };
    const accounts = { administrationId: one, topic: 'accounts', count: 1 } as const;

    it('counts what comes while something waits, and keeps its moment (F50)', async () => {
      const notices = await make();
      expect(await notices.add(accounts, pace)).toEqual({ isFirst: true, dueAt });
      const later = { ...pace, dueAt: new Date('2026-11-25T09:00:09Z') };
      expect(await notices.add({ ...accounts, count: 999 }, later)).toEqual({ isFirst: false, dueAt });
      expect(await notices.findWaitingForUpdate()).toEqual([
        { administrationId: one, topic: 'accounts', waiting: 1_000, dueAt },
      ]);
    });

    it('keeps administrations and topics apart, by moment', async () => {
      const notices = await make();
      const early = { ...pace, dueAt: now };
      await notices.add(accounts, pace);
      expect(await notices.add({ ...accounts, topic: 'contacts' }, early)).toMatchObject({ isFirst: true });
      expect(await notices.add({ ...accounts, administrationId: other }, pace)).toMatchObject({
        isFirst: true,
      });
      expect(
        (await notices.findWaitingForUpdate()).map(({ administrationId, topic }) => [
          administrationId,
          topic,
        ]),
      ).toEqual([
        [one, 'contacts'],
        [one, 'accounts'],
        [other, 'accounts'],
      ]);
    });

    it('waits anew after it was taken, not sooner than the pause', async () => {
      const notices = await make();
      await notices.add(accounts, pace);
      const [waiting] = await notices.findWaitingForUpdate();
      await notices.take(waiting!, dueAt);
      expect(await notices.findWaitingForUpdate()).toEqual([]);

      const soon = { ...pace, dueAt: new Date('2026-11-25T09:00:08Z') };
      const afterPause = new Date('2026-11-25T09:01:03Z');
      expect(await notices.add(accounts, soon)).toEqual({ isFirst: true, dueAt: afterPause });
      expect(await notices.findWaitingForUpdate()).toMatchObject([{ waiting: 1, dueAt: afterPause }]);
    });

    it('waits longer when it is postponed', async () => {
      const notices = await make();
      await notices.add(accounts, pace);
      const [waiting] = await notices.findWaitingForUpdate();
      const later = new Date('2026-11-25T10:00:00Z');
      await notices.postpone(waiting!, later);
      expect(await notices.findWaitingForUpdate()).toEqual([{ ...waiting, dueAt: later }]);
    });
  });
}
