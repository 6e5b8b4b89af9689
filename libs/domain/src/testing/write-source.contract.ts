import { describe, expect, it } from 'vitest';
import type { AccountRow, WriteTarget, WriteSource } from '../sync/index.js';

/** An administration that can be written to, with one account to begin with. */
export interface WriteSubject {
  readonly source: WriteSource;
  readonly administration: WriteTarget;
  readonly account: { readonly exactId: string; readonly name: string };
}

const inTime = () => false;
const tooLate = () => true;
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
      expect(
        await source.updateAccount(administration, { exactId: account.exactId, patch }, inTime),
      ).toMatchObject({
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

      const roles = ['customer', 'supplier'] as const;
      const created = await source.createAccount(administration, { values, roles }, inTime);

      if (!created.ok) throw new Error(created.error.kind);
      expect((await read(subject, created.value))?.fields.shared).toMatchObject(values);
      expect(await read(subject, created.value)).toMatchObject({ isCustomer: true, isSupplier: true });
      const found = await source.findAlike(administration, { name: values.name });
      expect(found.ok && found.value.map((row) => row.exactId)).toEqual([created.value]);
    });

    it('makes a supplier that is no customer', async () => {
      const subject = await make();
      const { source, administration } = subject;
      const wanted = { values: { name: 'Levert Alleen B.V.' }, roles: ['supplier'] } as const;
      const created = await source.createAccount(administration, wanted, inTime);
      if (!created.ok) throw new Error(created.error.kind);
      expect(await read(subject, created.value)).toMatchObject({ isCustomer: false, isSupplier: true });
    });

    it('sends nothing that is too late', async () => {
      const subject = await make();
      const { source, administration, account } = subject;
      const before = await read(subject, account.exactId);
      const refused = { ok: false, error: { kind: 'too-late' } };
      const patch = { phone: '0318-999999' };
      const { exactId } = account;
      expect(await source.updateAccount(administration, { exactId, patch }, tooLate)).toEqual(refused);
      const late = { values: { name: 'Te Laat B.V.' }, roles: [] };
      expect(await source.createAccount(administration, late, tooLate)).toEqual(refused);
      const part = { kind: 'address', accountExactId: exactId, fields: newAddress } as const;
      expect(await source.createPart(administration, part, tooLate)).toEqual(refused);
      expect(await read(subject, exactId)).toEqual(before);
      expect(await source.findAlike(administration, { name: 'Te Laat B.V.' })).toEqual({
        ok: true,
        value: [],
      });
    });

    const newAddress = {
      type: 'postal',
      line1: 'Postbus 12',
      postcode: '6710 BB',
      city: 'Ede',
      country: 'NL',
    };
    const madeAddress = async ({ source, administration, account }: WriteSubject) => {
      const made = await source.createPart(
        administration,
        {
          kind: 'address',
          accountExactId: account.exactId,
          fields: newAddress,
        },
        inTime,
      );
      if (!made.ok) throw new Error(made.error.kind);
      const read = await source.readPart(administration, { kind: 'address', exactId: made.value });
      if (!read.ok || !read.value) throw new Error('made, and not there');
      return read.value;
    };

    it('creates a postal address that is found and read from then on, once', async () => {
      const subject = await make();
      const { source, administration, account } = subject;
      const { exactId } = await madeAddress(subject);
      const at = { kind: 'address', exactId } as const;
      expect(await source.readPart(administration, at)).toMatchObject({
        value: { exactId, accountExactId: account.exactId, fields: { ...newAddress, isMain: true } },
      });
      const found = await source.findParts(administration, {
        kind: 'address',
        accountExactId: account.exactId,
      });
      const postal = found.ok && found.value.filter(({ fields }) => fields['type'] === 'postal');
      expect(postal && postal.map((part) => part.exactId)).toEqual([exactId]);
      const unknown = { kind: 'address', exactId: unknownId } as const;
      expect(await source.readPart(administration, unknown)).toEqual({ ok: true, value: null });
    });

    it('changes the fields of an address that are given, and no other', async () => {
      const subject = await make();
      const { source, administration } = subject;
      const { exactId, fields } = await madeAddress(subject);
      const patch = { line1: 'Postbus 99', city: 'Veenendaal' };
      const at = { kind: 'address', exactId } as const;
      expect(await source.updatePart(administration, { ...at, patch }, inTime)).toMatchObject({ ok: true });
      const after = await source.readPart(administration, at);
      expect(after).toMatchObject({ value: { fields: { ...fields, ...patch } } });
    });

    it('changes name, e-mail, telephone and function of a contact person', async () => {
      const { source, administration, account } = await make();
      const fields = { firstName: 'Anna', lastName: 'Bakker', email: 'anna@bakker.test' };
      const made = await source.createPart(
        administration,
        {
          kind: 'contact',
          accountExactId: account.exactId,
          fields,
        },
        inTime,
      );
      if (!made.ok) throw new Error(made.error.kind);
      const at = { kind: 'contact', exactId: made.value } as const;
      const patch = {
        lastName: 'de Boer',
        email: 'boer@bakker.test',
        phone: '0318-1',
        jobTitle: 'Calculator',
      };
      expect(await source.updatePart(administration, { ...at, patch }, inTime)).toMatchObject({ ok: true });
      expect(await source.readPart(administration, at)).toMatchObject({
        value: { fields: { ...patch, firstName: 'Anna' } },
      });
    });

    it('adds a bank account, and changes its number', async () => {
      const { source, administration, account } = await make();
      const made = await source.createPart(
        administration,
        {
          kind: 'bank-account',
          accountExactId: account.exactId,
          fields: { number: 'NL91ABNA0417164300', holder: 'Bakker' },
        },
        inTime,
      );
      if (!made.ok) throw new Error(made.error.kind);
      const at = { kind: 'bank-account', exactId: made.value } as const;
      const patch = { number: 'NL20INGB0001234567' };
      expect(await source.updatePart(administration, { ...at, patch }, inTime)).toMatchObject({ ok: true });
      expect(await source.readPart(administration, at)).toMatchObject({
        value: { fields: { ...patch, holder: 'Bakker' } },
      });
    });
  });
}
