import { beforeEach, describe, expect, it } from 'vitest';
import type { SourceStore } from '../sync/index.js';
import { aStoredAccount } from './an-account-row.js';
import { later, readBackOf } from './source-store-rows.js';

/** What every SourceStore adapter does with pages that were made before a write of our own, or after it. */
export function describeOwnWrites(theStore: () => SourceStore): void {
  describe('after our own write was read back', () => {
    const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 9, 59, second));
    const mine = { name: 'Relatie 1', phone: '0318-100001' };
    const written = aStoredAccount(1, { shared: mine, modifiedAt: at(20) });
    const theirs = (over: { second: number; phone?: string; rowVersion: bigint }) =>
      aStoredAccount(1, {
        shared: { name: 'Relatie 1', email: 'nieuw@bakker.test', phone: over.phone ?? null },
        modifiedAt: at(over.second),
        rowVersion: over.rowVersion,
      });
    const stored = async () => (await theStore().findRelation(written.id))?.fields.shared;
    beforeEach(() =>
      theStore().storeReadBack(
        written.id,
        { ...readBackOf(written), written: { phone: mine.phone } },
        later.now,
      ),
    );

    it.each([
      ['a delta', later],
      ['a full read', { ...later, isFullRead: true }],
    ])('passes over a page of %s that was made before the write', async (_, page) => {
      const counts = await theStore().upsertAccounts(page, [theirs({ second: 10, rowVersion: 2_000n })]);

      expect(counts).toEqual({ inserted: 0, changed: 0, unchanged: 1 });
      expect(await stored()).toMatchObject({ phone: mine.phone, email: null });
      if (page.isFullRead) expect(await theStore().countUnseen(page)).toBe(1);
      const after = theirs({ second: 20, phone: mine.phone, rowVersion: 2_001n });
      expect((await theStore().upsertAccounts(page, [after])).changed).toBe(1);
      expect(await stored()).toMatchObject({ phone: mine.phone, email: 'nieuw@bakker.test' });
    });

    it('takes what comes after a full read that passed over it, though a move made the row versions lower (E10)', async () => {
      const full = { ...later, isFullRead: true };
      await theStore().upsertAccounts(full, [theirs({ second: 10, rowVersion: 20n })]);
      expect(await stored()).toMatchObject({ phone: mine.phone, email: null });

      await theStore().upsertAccounts(later, [theirs({ second: 20, phone: mine.phone, rowVersion: 21n })]);

      expect(await stored()).toMatchObject({ phone: mine.phone, email: 'nieuw@bakker.test' });
    });

    it('believes a page that was modified after the write, or asked for long after it', async () => {
      await theStore().upsertAccounts(later, [
        theirs({ second: 30, phone: '0318-200002', rowVersion: 2_000n }),
      ]);
      expect(await stored()).toMatchObject({ phone: '0318-200002' });
      await theStore().storeReadBack(
        written.id,
        { ...readBackOf(written), written: { phone: mine.phone } },
        at(0),
      );
      const muchLater = { ...later, writtenSince: at(1) };
      await theStore().upsertAccounts(muchLater, [theirs({ second: 10, rowVersion: 2_001n })]);
      expect(await stored()).toMatchObject({ phone: null });
    });

    it('forgets what was written with the next page: row versions tell from then on', async () => {
      await theStore().upsertAccounts(later, [theirs({ second: 20, phone: mine.phone, rowVersion: 2_001n })]);
      await theStore().upsertAccounts(later, [theirs({ second: 10, rowVersion: 2_000n })]);
      expect(await stored()).toMatchObject({ phone: mine.phone, email: 'nieuw@bakker.test' });
      await theStore().upsertAccounts(later, [theirs({ second: 10, rowVersion: 2_002n })]);
      expect(await stored()).toMatchObject({ phone: null });
    });
  });
}
