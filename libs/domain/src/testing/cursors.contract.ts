import { describe, expect, it } from 'vitest';
import type { Cursor, Cursors } from '../sync/index.js';
import { anAdministration } from './an-administration.js';

/** What every Cursors adapter does. `make` gives an empty one. */
export function describeCursorsContract(make: () => Promise<Cursors>): void {
  describe('Cursors', () => {
    const one = anAdministration({ division: 900_001 }).id;
    const other = anAdministration({ division: 900_002 }).id;
    const cursor: Cursor = {
      administrationId: one,
      kind: 'accounts',
      timestamp: '9007199254740993',
      overlapFrom: '9007199254739993',
      movedAt: null,
      updatedAt: new Date('2026-11-25T09:00:00Z'),
    };

    it('keeps one cursor per administration and kind, digit for digit (E10)', async () => {
      const cursors = await make();
      await cursors.put({ ...cursor, timestamp: '5', overlapFrom: null });
      await cursors.put({ ...cursor, administrationId: other, movedAt: '2026-01-01|' });
      await cursors.put(cursor);
      await cursors.put({ ...cursor, kind: 'deleted' });

      expect(await cursors.findMany(one)).toEqual([cursor, { ...cursor, kind: 'deleted' }]);
      expect(await cursors.findMany(other)).toEqual([
        { ...cursor, administrationId: other, movedAt: '2026-01-01|' },
      ]);
    });

    it('forgets one kind of one administration', async () => {
      const cursors = await make();
      await cursors.put(cursor);
      await cursors.put({ ...cursor, kind: 'deleted' });
      await cursors.remove(one, 'accounts');
      expect((await cursors.findMany(one)).map((each) => each.kind)).toEqual(['deleted']);
    });
  });
}
