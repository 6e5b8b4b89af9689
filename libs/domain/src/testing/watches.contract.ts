import { describe, expect, it } from 'vitest';
import type { Watch, Watches } from '../webhooks/index.js';
import { anAdministration } from './an-administration.js';

/** What every Watches adapter does. `make` gives an empty one. */
export function describeWatchesContract(make: () => Promise<Watches>): void {
  describe('Watches', () => {
    const watch: Watch = {
      administrationId: anAdministration({ division: 900_001 }).id,
      subscriptions: [{ topic: 'accounts', exactId: '00000000-0000-4000-8000-000000000001' }],
      attempts: 2,
      failure: { kind: 'unavailable', message: 'HTTP 503' },
      checkedAt: new Date('2026-11-25T09:00:00Z'),
    };

    it('keeps the last word on each administration', async () => {
      const watches = await make();
      const other = { ...watch, administrationId: anAdministration({ division: 900_002 }).id };
      await watches.put(watch);
      await watches.put({ ...other, failure: null });
      await watches.put({ ...watch, subscriptions: [], attempts: 0 });

      expect(await watches.find(watch.administrationId)).toEqual({
        ...watch,
        subscriptions: [],
        attempts: 0,
      });
      expect(await watches.find(other.administrationId)).toEqual({ ...other, failure: null });
      expect(await watches.find(anAdministration({ division: 900_003 }).id)).toBeUndefined();
    });
  });
}
