import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type AdministrationId } from '../kernel/index.js';
import type { Settings } from '../settings/index.js';

const administrationId = asId<AdministrationId>('00000000-0000-7000-8000-00000000a001');

const followed = asId<AdministrationId>('00000000-0000-7000-8000-00000000a002');

/** What every adapter of Settings does. `make` gives one without settings. */
export function describeSettingsContract(make: () => Promise<Settings>): void {
  describe('Settings', () => {
    let settings: Settings;
    beforeEach(async () => {
      settings = await make();
    });

    it('answers empty settings of version zero before anything was saved', async () => {
      expect(await settings.find(administrationId)).toEqual({
        administrationId,
        values: {},
        follows: {},
        version: 0,
        updatedAt: null,
        updatedBy: null,
      });
      expect((await settings.findForUpdate(administrationId)).version).toBe(0);
    });

    it('keeps what was saved, a cleared choice and whom it follows too', async () => {
      const saved = {
        administrationId,
        values: { salesJournal: '70', defaultCostUnit: null },
        follows: { salesJournal: followed },
        version: 1,
        updatedAt: new Date('2026-11-25T10:00:00Z'),
        updatedBy: 'Anna',
      };
      await settings.findForUpdate(administrationId);
      await settings.save(saved);

      expect(await settings.find(administrationId)).toEqual(saved);
    });
  });
}
