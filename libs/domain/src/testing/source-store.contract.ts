import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type SourceRelationId } from '../kernel/index.js';
import type { SourceStore } from '../sync/index.js';
import { aStoredAccount } from './an-account-row.js';
import { describeOwnWrites } from './own-writes.contract.js';
import { bank, context, journal, later, readBackOf } from './source-store-rows.js';

/** What every SourceStore adapter does. `make` gives an empty one. */
export function describeSourceStoreContract(make: () => Promise<SourceStore>): void {
  describe('SourceStore', () => {
    let store: SourceStore;
    beforeEach(async () => {
      store = await make();
      await store.upsertAccounts(context, [aStoredAccount(1), aStoredAccount(2)]);
    });

    it('inserts, and gives back every member', async () => {
      const { isDivisionAccount: _, ...row } = aStoredAccount(1);
      expect(await store.findRelation(row.id)).toEqual({
        ...row,
        administrationId: context.administrationId,
        base: null,
        state: 'present',
        changedAt: context.now,
      });
      expect(await store.countPresent(context.administrationId)).toBe(2);
    });

    it('keeps row versions beyond 2^53 digit for digit (E10)', async () => {
      await store.upsertAccounts(context, [aStoredAccount(3, { rowVersion: 9_007_199_254_740_993n })]);
      expect((await store.findRelation(aStoredAccount(3).id))?.rowVersion).toBe(9_007_199_254_740_993n);
    });

    it('keeps what was said when last compared, through several changes: the base of the three-way merge', async () => {
      const { id, fields } = aStoredAccount(1);
      await store.upsertAccounts(later, [
        aStoredAccount(1, { shared: { name: 'Anders' }, rowVersion: 2_000n }),
      ]);
      await store.upsertAccounts(later, [
        aStoredAccount(1, { shared: { name: 'Nog iets' }, rowVersion: 2_001n }),
      ]);
      await store.upsertAccounts(later, [aStoredAccount(2, { rowVersion: 2_001n })]);

      expect((await store.findRelation(id))?.base).toEqual(fields.shared);
      expect((await store.findRelation(aStoredAccount(2).id))?.base).toBeNull();
    });

    it('changes only what is newer and different, and keeps the id of a known account', async () => {
      const renamed = { shared: { name: 'Anders' } };
      const other = asId<SourceRelationId>('00000000-0000-7000-9000-0000000000ff');
      const counts = await store.upsertAccounts(later, [
        { ...aStoredAccount(1, { ...renamed, rowVersion: 2_000n }), id: other },
        aStoredAccount(2, { rowVersion: 2_001n }),
        aStoredAccount(3),
      ]);
      expect(counts).toEqual({ inserted: 1, changed: 1, unchanged: 1 });
      expect(await store.findRelation(aStoredAccount(1).id)).toMatchObject({
        rowVersion: 2_000n,
        changedAt: later.now,
      });
      expect((await store.findRelation(aStoredAccount(2).id))?.changedAt).toEqual(context.now);
      expect(await store.findRelation(other)).toBeUndefined();
      const older = await store.upsertAccounts(later, [aStoredAccount(1, { rowVersion: 1_500n })]);
      expect(older).toEqual({ inserted: 0, changed: 0, unchanged: 1 });
    });

    it('lets the content decide in a full read, since a moved division starts its row versions again (E10)', async () => {
      const full = { ...later, isFullRead: true };
      const counts = await store.upsertAccounts(full, [
        aStoredAccount(1, { rowVersion: 5n }),
        aStoredAccount(2, { rowVersion: 6n, shared: { name: 'Anders' } }),
      ]);
      expect(counts).toEqual({ inserted: 0, changed: 1, unchanged: 1 });
      expect((await store.findRelation(aStoredAccount(1).id))?.rowVersion).toBe(5n);
    });

    it('marks deletions and ignores ids that it does not know (E11 e)', async () => {
      const { exactId } = aStoredAccount(1);
      const deleted = [
        { entity: 'account', exactId },
        { entity: 'account', exactId: '00000000-0000-4000-8000-0000000000ee' },
      ] as const;
      expect(await store.markDeleted(later, deleted)).toBe(1);
      expect(await store.markDeleted(later, deleted)).toBe(0);
      expect((await store.findRelation(aStoredAccount(1).id))?.state).toBe('deleted');
      expect(await store.countPresent(context.administrationId)).toBe(1);
    });

    it('brings a deleted account back when Exact gives it again', async () => {
      await store.markDeleted(later, [{ entity: 'account', exactId: aStoredAccount(1).exactId }]);
      const counts = await store.upsertAccounts(later, [aStoredAccount(1, { rowVersion: 3_000n })]);
      expect(counts.changed).toBe(1);
      expect((await store.findRelation(aStoredAccount(1).id))?.state).toBe('present');
    });

    it('tells which accounts a full read did not meet, and marks them when asked', async () => {
      const full = { ...later, isFullRead: true };
      await store.upsertAccounts(full, [aStoredAccount(1)]);
      expect(await store.countUnseen(full)).toBe(1);
      expect(await store.markUnseenDeleted(full)).toBe(1);
      expect(await store.countUnseen(full)).toBe(0);
    });

    it('does not miss those that a full read met and could not take over', async () => {
      const full = { ...later, isFullRead: true };
      await store.upsertAccounts(full, [aStoredAccount(1)]);
      await store.markMet(full, [aStoredAccount(2).exactId, '00000000-0000-4000-8000-0000000000c9']);
      expect(await store.countUnseen(full)).toBe(0);
      expect(await store.markUnseenDeleted(full)).toBe(0);
      expect(await store.countPresent(full.administrationId)).toBe(2);
    });

    it('tells which parts of a kind a full read did not meet, and marks them when asked', async () => {
      const other = { ...bank, exactId: '00000000-0000-4000-8000-0000000000b9' };
      await store.upsertParts({ ...context, isFullRead: true }, 'bank-account', [bank, other]);
      const full = { ...later, isFullRead: true };
      await store.upsertParts(full, 'bank-account', [bank]);

      expect(await store.countPresentParts(full.administrationId, 'bank-account')).toBe(2);
      expect(await store.countUnseenParts(full, 'bank-account')).toBe(1);
      expect(await store.countUnseenParts(full, 'contact')).toBe(0);
      expect(await store.markUnseenPartsDeleted(full, 'bank-account')).toBe(1);
      expect(await store.countPresentParts(full.administrationId, 'bank-account')).toBe(1);
      expect(await store.countUnseenParts(full, 'bank-account')).toBe(0);
    });

    it('counts what is new and what changed of parts', async () => {
      expect(await store.upsertParts(context, 'bank-account', [bank])).toEqual({
        inserted: 1,
        changed: 0,
        unchanged: 0,
      });
      expect(await store.upsertParts(later, 'bank-account', [bank])).toEqual({
        inserted: 0,
        changed: 0,
        unchanged: 1,
      });
      const changed = { ...bank, fields: { iban: 'NL00TEST0000000000' } };
      expect(await store.upsertParts(later, 'bank-account', [changed])).toEqual({
        inserted: 0,
        changed: 1,
        unchanged: 0,
      });
      await store.markDeleted(later, [{ entity: 'bank-account', exactId: bank.exactId }]);
      expect((await store.upsertParts(later, 'bank-account', [changed])).changed).toBe(1);
    });

    it('counts what is new and what changed of masters, and removes what a whole read did not meet', async () => {
      const second = { ...journal, exactId: '00000000-0000-4000-8000-0000000000c3', code: '60' };
      expect(await store.upsertMasters(context, 'journals', [journal, second])).toEqual({
        inserted: 2,
        changed: 0,
        unchanged: 0,
      });
      const counts = await store.upsertMasters(later, 'journals', [{ ...journal, description: 'Verkoop' }]);
      expect(counts).toEqual({ inserted: 0, changed: 1, unchanged: 0 });
      expect(await store.removeUnseenMasters(later, 'journals')).toBe(1);
      expect(await store.removeUnseenMasters(later, 'journals')).toBe(0);
    });

    it('stores what was read back after a write, so that the echo is no change', async () => {
      const { id } = aStoredAccount(1);
      const echo = aStoredAccount(1, { rowVersion: 4_000n, shared: { name: 'Nieuw' } });
      const base = echo.fields.shared;
      await store.storeReadBack(id, { ...readBackOf(echo), base }, later.now);
      expect(await store.findRelation(id)).toMatchObject({ fields: echo.fields, base });
      expect(await store.findRelationForUpdate(id)).toEqual(await store.findRelation(id));
      expect((await store.upsertAccounts(later, [echo])).unchanged).toBe(1);
    });

    it('keeps an account that was made, as compared, and gives one that is known as it stands', async () => {
      const made = aStoredAccount(9, { shared: { name: 'Nieuw' }, rowVersion: 0n });
      const { isDivisionAccount: _, ...row } = made;
      const rest = { administrationId: later.administrationId, base: null, state: 'present' };
      const kept = await store.keepAccount(later.administrationId, made, later.now);
      expect(kept).toEqual({ ...row, ...rest, changedAt: later.now });
      expect(await store.findRelation(made.id)).toEqual(kept);
      expect(
        await store.findAccount({ administrationId: later.administrationId, exactId: made.exactId }),
      ).toEqual(kept);
      expect(
        await store.findAccount({ administrationId: later.administrationId, exactId: made.id }),
      ).toBeUndefined();
      const again = { ...made, id: aStoredAccount(10).id, isBlocked: true };
      expect(await store.keepAccount(later.administrationId, again, later.now)).toEqual(kept);
      const echo = { ...made, rowVersion: 4_000n };
      expect(await store.upsertAccounts(later, [echo])).toMatchObject({ inserted: 0, changed: 0 });
    });

    describeOwnWrites(() => store);
  });
}
