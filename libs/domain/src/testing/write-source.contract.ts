import { describe, expect, it } from 'vitest';
import type { AccountRow, SourceAdministration, WriteSource } from '../sync/index.js';

/** An administration that can be written to, with one account to begin with. */
export interface WriteSubject {
  readonly source: WriteSource;
  readonly administration: SourceAdministration;
  readonly account: { readonly exactId: string; readonly name: string };
}

const unknownId = '00000000-0000-4000-8000-00000000dead';
const address = {
  line1: 'Dorpsstraat 1',
  line2: null,
  line3: null,
  postcode: '6711 AA',
  city: 'Ede',
  state: null,
  country: 'NL',
};

/** What every WriteSource does. */
export function describeWriteSourceContract(make: () => Promise<WriteSubject>): void {
  describe('WriteSource', () => {
    const read = async (
      { source, administration }: WriteSubject,
      exactId: string,
    ): Promise<AccountRow | null> => {
      const found = await source.readAccount(administration, exactId);
      if (!found.ok) throw new Error(found.error.kind);
      return found.value;
    };

    it('reads an account, and null where there is none', async () => {
      const subject = await make();
      const { exactId, name } = subject.account;
      expect(await read(subject, exactId)).toMatchObject({ exactId, fields: { shared: { name } } });
      expect(await read(subject, unknownId)).toBeNull();
    });

    it('changes the fields that are given, and no other', async () => {
      const subject = await make();
      const { source, administration, account } = subject;
      const before = await read(subject, account.exactId);

      const patch = { phone: '0318-555555', address };
      expect(await source.updateAccount(administration, { exactId: account.exactId, patch })).toMatchObject({
        ok: true,
      });

      const after = await read(subject, account.exactId);
      expect(after?.fields.shared).toEqual({ ...before?.fields.shared, ...patch });
      expect(after?.fields.local.code).toBe(before?.fields.local.code);
      expect(after?.contentHash).not.toBe(before?.contentHash);
    });

    it('finds accounts that could be the one meant', async () => {
      const { source, administration, account } = await make();
      const found = await source.findAlike(administration, { name: account.name });
      expect(found.ok && found.value.map((row) => row.exactId)).toContain(account.exactId);
      expect(await source.findAlike(administration, { name: 'Bestaat Niet B.V.' })).toEqual({
        ok: true,
        value: [],
      });
    });

    it('creates one that can be found and read from then on', async () => {
      const subject = await make();
      const { source, administration } = subject;
      const values = { name: 'Gloednieuw Installatiebedrijf', email: 'info@gloednieuw.test' };

      const created = await source.createAccount(administration, values);

      if (!created.ok) throw new Error(created.error.kind);
      expect((await read(subject, created.value.exactId))?.fields.shared).toMatchObject(values);
      const found = await source.findAlike(administration, { name: values.name });
      expect(found.ok && found.value.map((row) => row.exactId)).toEqual([created.value.exactId]);
    });
  });
}
