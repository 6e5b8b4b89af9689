import { beforeEach, describe, expect, it } from 'vitest';
import type { Administrations } from '../administrations/index.js';
import { anAdministration } from './an-administration.js';

/** What every Administrations adapter does. `make` gives an empty one. */
export function describeAdministrationsContract(make: () => Promise<Administrations>): void {
  describe('Administrations', () => {
    const first = anAdministration({ division: 900_001, position: 2, code: '001' });
    const second = anAdministration({
      division: 900_002,
      position: 1,
      state: 'active',
      selectedAt: new Date('2026-11-25T09:00:00Z'),
      nextSyncAt: new Date('2026-11-25T10:00:00Z'),
      writePolicy: { localFields: ['phone'] },
    });
    let administrations: Administrations;

    beforeEach(async () => {
      administrations = await make();
      await administrations.add(first);
      await administrations.add(second);
    });

    it('gives back every member of what was added, by position', async () => {
      expect(await administrations.findMany()).toEqual([second, first]);
      expect(await administrations.findManyForUpdate()).toEqual([second, first]);
      expect(await administrations.findById(first.id)).toEqual(first);
      expect(await administrations.findByIdForUpdate(second.id)).toEqual(second);
    });

    it('knows nothing of another id', async () => {
      const other = anAdministration({ division: 900_009 });
      expect(await administrations.findById(other.id)).toBeUndefined();
      expect(await administrations.findByIdForUpdate(other.id)).toBeUndefined();
    });

    it('saves what changed and counts the version', async () => {
      expect(await administrations.save({ ...second, name: 'Nieuw', code: '002' })).toBe('saved');
      expect(await administrations.findById(second.id)).toEqual({
        ...second,
        name: 'Nieuw',
        code: '002',
        version: 2,
      });
    });

    it('refuses a code that another one has, and stays usable', async () => {
      expect(await administrations.save({ ...second, code: '001' })).toBe('code-taken');
      expect(await administrations.findById(second.id)).toEqual(second);
      expect(await administrations.save({ ...second, code: '003' })).toBe('saved');
    });

    it('reserves the code of a removed administration', async () => {
      await administrations.save({ ...first, state: 'removed' });
      expect(await administrations.save({ ...second, code: '001' })).toBe('code-taken');
    });
  });
}
