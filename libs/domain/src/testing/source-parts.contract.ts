import { beforeEach, describe, expect, it } from 'vitest';
import type { SourceRelationId } from '../kernel/index.js';
import type { SourceParts } from '../relations/index.js';
import type { PartRow, SourceStore } from '../sync/index.js';
import { aSyncRun } from './a-sync-step.js';
import { anAdministration } from './an-administration.js';
import { anAddress } from './a-source-relation.js';
import { aStoredAccount } from './an-account-row.js';

/** The parts that sharing sees, and the store that fetching fills them by. Both empty. */
export interface SourcePartsSubject {
  readonly sourceParts: SourceParts;
  readonly sourceStore: SourceStore;
}

const administrationId = anAdministration().id;
const account = aStoredAccount(1);
const full = {
  administrationId,
  runId: aSyncRun().id,
  now: new Date('2026-11-25T09:00:00Z'),
  writtenSince: new Date('2026-11-25T09:00:00Z'),
  isFullRead: true,
};
const delta = { ...full, now: new Date('2026-11-25T10:00:00Z'), isFullRead: false };
/** Minutes after our own write. */
const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 11, minute));
const part = (number: number, fields: PartRow['fields'], rowVersion = 1n): PartRow => ({
  exactId: `00000000-0000-4000-8000-0000000000${number}`,
  accountExactId: account.exactId,
  rowVersion,
  fields,
});
const refOf = ({ exactId }: PartRow, kind: 'contact' | 'address' | 'bank-account' = 'contact') => ({
  administrationId,
  kind,
  exactId,
});

/** What every SourceParts adapter does. */
export function describeSourcePartsContract(make: () => Promise<SourcePartsSubject>): void {
  describe('SourceParts', () => {
    let parts: SourceParts;
    let store: SourceStore;
    const anna = part(51, { email: 'anna@bakker.test', phone: '1' });
    beforeEach(async () => {
      ({ sourceParts: parts, sourceStore: store } = await make());
      await store.upsertAccounts(full, [account]);
      await store.upsertParts(full, 'contact', [anna]);
    });
    const waiting = () => parts.findUncompared(10);

    it('gives the parts of accounts, and nothing waits after a first read', async () => {
      expect(await parts.findOfAccounts([account.id])).toEqual([
        { ...refOf(anna), sourceRelationId: account.id, fields: anna.fields, base: null },
      ]);
      expect(await waiting()).toEqual([]);
      expect(await parts.find(refOf(anna))).toMatchObject({ fields: anna.fields });
      expect(await parts.find({ ...refOf(anna), kind: 'address' })).toBeUndefined();
    });

    it('finds many at once, and none that it does not know', async () => {
      const bram = part(53, { email: 'bram@bakker.test' });
      await store.upsertParts(full, 'contact', [bram]);
      const asked = [
        refOf(bram),
        refOf(part(59, {})),
        refOf(anna),
        { ...refOf(anna), kind: 'address' } as const,
      ];
      const found = await parts.findMany(asked);
      expect(found.map(({ exactId }) => exactId).sort()).toEqual([anna.exactId, bram.exactId]);
      expect(await parts.findMany([])).toEqual([]);
    });

    it('keeps what was said before with the first change, until it is accepted', async () => {
      await store.upsertParts(delta, 'contact', [part(51, { ...anna.fields, phone: '2' }, 2n)]);
      await store.upsertParts(delta, 'contact', [part(51, { ...anna.fields, phone: '3' }, 3n)]);
      expect(await waiting()).toMatchObject([{ base: anna.fields, fields: { phone: '3' } }]);
      expect(await parts.findUncompared(10, [refOf(anna).administrationId])).toEqual([]);
      await parts.acceptAsBase(await waiting());
      expect(await waiting()).toEqual([]);
      expect(await parts.find(refOf(anna))).toMatchObject({ base: null, fields: { phone: '3' } });
    });

    it('accepts what was compared, and not what came between', async () => {
      await store.upsertParts(delta, 'contact', [part(51, { ...anna.fields, phone: '2' }, 2n)]);
      const compared = await waiting();
      await store.upsertParts(delta, 'contact', [part(51, { ...anna.fields, phone: '3' }, 3n)]);
      await parts.acceptAsBase(compared);
      expect(await waiting()).toMatchObject([{ base: anna.fields, fields: { phone: '3' } }]);
    });

    it('lets bank accounts and addresses wait that are new since the first read, persons not', async () => {
      const iban = part(52, { iban: 'NL00TEST0000000000' });
      await store.upsertParts(delta, 'bank-account', [iban]);
      await store.upsertParts(delta, 'contact', [part(53, { email: 'bram@bakker.test' })]);
      expect(await waiting()).toMatchObject([{ ...refOf(iban, 'bank-account'), base: {} }]);
    });

    it('lets them wait too when a later full read meets them first, and not those of the first one', async () => {
      const iban = (number: number) => part(number, { iban: 'NL00TEST0000000000' });
      await store.upsertParts(full, 'bank-account', [iban(52)]);
      const reread = { ...full, now: delta.now, isReread: true };
      await store.upsertParts(reread, 'bank-account', [iban(52), iban(54)]);
      await store.upsertParts(reread, 'contact', [part(53, { email: 'bram@bakker.test' })]);
      expect(await waiting()).toMatchObject([{ ...refOf(iban(54), 'bank-account'), base: {} }]);
    });

    it('forgets what waited of a part that was deleted', async () => {
      await store.upsertParts(delta, 'contact', [part(51, { email: 'x@bakker.test' }, 2n)]);
      await store.markDeleted(delta, [{ entity: 'contact', exactId: anna.exactId }]);
      expect(await waiting()).toEqual([]);
      expect(await parts.find(refOf(anna))).toBeUndefined();
      expect(await parts.findOfAccounts([account.id])).toEqual([]);
    });

    it('takes what was read back after a write, so that the echo is no change', async () => {
      const fields = { ...anna.fields, phone: '9' };
      const sourceRelationId: SourceRelationId = account.id;
      await parts.storeReadBack(
        { ...refOf(anna), sourceRelationId, fields, base: null, modifiedAt: null, written: { phone: '9' } },
        delta.now,
      );
      const echo = await store.upsertParts(delta, 'contact', [part(51, fields, 2n)]);
      expect(echo).toMatchObject({ changed: 0 });
      expect(await waiting()).toEqual([]);
    });

    it('adds a part that Koppel made, whose echo is no change', async () => {
      const made = part(54, { type: 'postal', isMain: true, line1: 'Postbus 1' });
      const base = null;
      const { fields } = made;
      await parts.storeReadBack(
        {
          ...{ ...refOf(made, 'address'), sourceRelationId: account.id, fields, base },
          ...{ modifiedAt: null, written: fields },
        },
        delta.now,
      );
      expect(await parts.find(refOf(made, 'address'))).toMatchObject({
        sourceRelationId: account.id,
        fields,
      });
      expect(await store.upsertParts(delta, 'address', [made])).toMatchObject({ inserted: 0, changed: 0 });
      expect(await waiting()).toEqual([]);
    });

    describe('after our own write', () => {
      const later = { ...delta, now: at(10), writtenSince: at(-5) };
      const written = { ...anna.fields, phone: '9' };
      const page = (over: { fields: PartRow['fields']; minute: number; rowVersion?: bigint }) => ({
        ...part(51, over.fields, over.rowVersion ?? 7n),
        modifiedAt: at(over.minute),
      });
      const wrote = { ...refOf(anna), sourceRelationId: account.id, fields: written, base: null };
      beforeEach(() => parts.storeReadBack({ ...wrote, modifiedAt: at(0), written: { phone: '9' } }, at(0)));

      it.each([
        ['a delta', later],
        ['a full read', { ...later, isFullRead: true }],
      ])('passes over a page of %s that was made before it', async (_, context) => {
        const stale = page({ fields: { ...anna.fields, email: 'x@bakker.test' }, minute: -1 });
        expect(await store.upsertParts(context, 'contact', [stale])).toMatchObject({ changed: 0 });
        expect(await waiting()).toEqual([]);
        expect(await parts.find(refOf(anna))).toMatchObject({ fields: written });
        if (context.isFullRead) expect(await store.countUnseenParts(context, 'contact')).toBe(0);
      });

      it('takes what comes after a full read that passed over it, though a move made the row versions lower (E10)', async () => {
        const edited = { fields: { ...anna.fields, phone: '4' }, minute: 1, rowVersion: 90n };
        await store.upsertParts(later, 'contact', [page(edited)]);
        await parts.storeReadBack({ ...wrote, modifiedAt: at(2), written: { phone: '9' } }, at(2));
        const stale = page({ fields: edited.fields, minute: 1, rowVersion: 20n });
        await store.upsertParts({ ...later, isFullRead: true }, 'contact', [stale]);
        expect(await parts.find(refOf(anna))).toMatchObject({ fields: written });

        const next = { ...written, email: 'x@bakker.test' };
        await store.upsertParts(later, 'contact', [page({ fields: next, minute: 3, rowVersion: 21n })]);

        expect(await parts.find(refOf(anna))).toMatchObject({ fields: next });
      });

      it('believes what was changed after it, and a page that was asked for long after it', async () => {
        const edited = page({ fields: { ...anna.fields, phone: '4' }, minute: 1 });
        expect(await store.upsertParts(later, 'contact', [edited])).toMatchObject({ changed: 1 });
        expect(await waiting()).toMatchObject([{ base: written, fields: { phone: '4' } }]);
        await parts.storeReadBack({ ...wrote, modifiedAt: at(2), written: { phone: '9' } }, at(2));
        const muchLater = { ...later, writtenSince: at(3) };
        const old = page({ fields: anna.fields, minute: -1, rowVersion: 8n });
        expect(await store.upsertParts(muchLater, 'contact', [old])).toMatchObject({ changed: 1 });
      });
    });

    it('moves the account with a visiting address that was changed after our own write of it, and with no older one', async () => {
      const visit = (line1: string, minute: number) => ({
        ...part(
          55,
          { type: 'visit', isMain: true, ...anAddress(line1, '6711 AA', 'Ede') },
          BigInt(minute + 9),
        ),
        modifiedAt: at(minute),
      });
      await store.upsertParts(full, 'address', [visit('Dorpsstraat 1', -8)]);
      const { fields, contentHash } = account;
      const address = anAddress('Kerkstraat 2', '6711 AA', 'Ede');
      const said = { ...fields, shared: { ...fields.shared, address } };
      const readBack = { fields: said, contentHash, modifiedAt: at(0), base: null, written: { address } };
      await store.storeReadBack(account.id, readBack, at(0));
      const later = { ...delta, now: at(4), writtenSince: at(-2) };
      const shared = async () => (await store.findRelation(account.id))?.fields.shared.address?.line1;
      await store.upsertParts(later, 'address', [visit('Dorpsstraat 1a', -1)]);
      expect(await shared()).toBe('Kerkstraat 2');
      await store.upsertParts(later, 'address', [visit('Molenweg 3', 3)]);
      expect(await shared()).toBe('Molenweg 3');
    });

    it('moves the account with its main visiting address, which leaves the row version of the account as it is', async () => {
      const visit = (line1: string, rowVersion: bigint) =>
        part(55, { type: 'visit', isMain: true, ...anAddress(line1, '6711 AA', 'Ede') }, rowVersion);
      await store.upsertParts(full, 'address', [visit('Dorpsstraat 1', 1n)]);
      expect((await store.findRelation(account.id))?.base).toBeNull();
      await store.upsertParts(delta, 'address', [visit('Kerkstraat 2', 2n)]);
      const moved = await store.findRelation(account.id);
      expect(moved?.fields.shared.address).toEqual(anAddress('Kerkstraat 2', '6711 AA', 'Ede'));
      expect(moved?.base).toEqual(account.fields.shared);
      expect(moved?.contentHash).not.toBe(account.contentHash);
    });
  });
}
