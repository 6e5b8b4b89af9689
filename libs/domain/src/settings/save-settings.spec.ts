import { describe, expect, it } from 'vitest';
import { asId, type TenantId } from '../kernel/index.js';
import {
  anAdministration,
  InMemoryActs,
  InMemoryAdministrations,
  InMemorySettings,
  InMemoryUnitOfWork,
  sequentialIds,
} from '../testing/index.js';
import { assessSettings, countMissing } from './assess-settings.js';
import type { Master } from './master.js';
import { saveSettings } from './save-settings.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const actor = { id: 'u1', name: 'Anna', kind: 'person' } as const;
const now = () => new Date('2026-11-25T10:00:00Z');

function aMaster(over: Partial<Master> & Pick<Master, 'kind' | 'code'>): Master {
  return {
    description: over.code,
    isBlocked: false,
    type: null,
    percentage: null,
    vatType: null,
    vatTransaction: null,
    isReverseCharge: false,
    ...over,
  };
}
const masters: Master[] = [
  aMaster({ kind: 'journals', code: '70', type: 20 }),
  aMaster({ kind: 'journals', code: '71', type: 20, isBlocked: true }),
  aMaster({ kind: 'journals', code: '60', type: 22 }),
  aMaster({ kind: 'gl-accounts', code: '8000', type: 110 }),
  aMaster({ kind: 'gl-accounts', code: '1300', type: 20 }),
  aMaster({ kind: 'vat-codes', code: 'V0', percentage: 0, vatType: 'B', vatTransaction: 'S' }),
  aMaster({ kind: 'vat-codes', code: 'VI', percentage: 0.21, vatType: 'I', vatTransaction: 'S' }),
  aMaster({ kind: 'vat-codes', code: 'VH', percentage: 0.21, vatType: 'E', vatTransaction: 'S' }),
  aMaster({ kind: 'payment-conditions', code: '07' }),
  aMaster({ kind: 'vat-codes', code: 'VL', percentage: 0.21, isReverseCharge: true }),
];
const leader = anAdministration({ division: 900_001, position: 1, state: 'active' });
const settingOf = (key: string, input: Partial<Parameters<typeof assessSettings>[0]> = {}) =>
  assessSettings({ values: {}, follows: {}, masters, first: null, ...input }).find(
    (setting) => setting.key === key,
  );

async function aWorld() {
  const administration = anAdministration({ state: 'active', position: 1 });
  const administrations = new InMemoryAdministrations();
  await administrations.add(administration);
  const tx = { administrations, settings: new InMemorySettings(masters), acts: new InMemoryActs() };
  return { deps: { uow: new InMemoryUnitOfWork(tx), now, newId: sequentialIds() }, tx, administration };
}

describe('assessing settings', () => {
  it('offers only records that Exact would accept there', () => {
    expect(settingOf('salesJournal')?.options.map((option) => option.code)).toEqual(['70', '71']);
    expect(settingOf('salesGlAccount')?.options.map((option) => option.code)).toEqual(['8000']);
    expect(settingOf('reverseChargeVatCode')?.options.map((option) => option.code)).toEqual(['VL']);
  });

  it('suggests what the first administration chose, else the usual code, else the only possibility', () => {
    const first = { id: leader.id, name: 'Bouwbedrijf A', values: { salesJournal: '70' } };
    expect(settingOf('salesJournal', { first })?.suggestionReason?.nl).toBe('zoals in Bouwbedrijf A');
    expect(settingOf('purchaseJournal')).toMatchObject({
      suggestion: '60',
      suggestionReason: { en: 'the usual code' },
    });
    expect(settingOf('salesVatCode')).toMatchObject({
      suggestion: 'VH',
      suggestionReason: { en: 'the general rate' },
    });
    expect(settingOf('paymentConditionSales')).toMatchObject({
      suggestion: '07',
      suggestionReason: { en: 'the only possibility' },
    });
  });

  it('never suggests a blocked record, and says so when one is chosen', () => {
    const first = { id: leader.id, name: 'Bouwbedrijf A', values: { salesJournal: '71' } };
    expect(settingOf('salesJournal', { first })?.suggestion).toBe('70');
    expect(settingOf('salesJournal', { values: { salesJournal: '71' } })?.problem?.nl).toContain(
      'geblokkeerd',
    );
  });

  it('counts what is required and not chosen, or chosen wrongly', () => {
    const assessed = assessSettings({
      values: { salesJournal: '70', salesGlAccount: '1300' },
      follows: {},
      masters,
      first: null,
    });
    expect(countMissing(assessed)).toBe(7);
  });
});

describe('saveSettings', () => {
  it('keeps the other choices and raises the version', async () => {
    const { deps, tx, administration } = await aWorld();
    const command = { tenantId, administrationId: administration.id, actor, follow: [] };

    await saveSettings(deps, { ...command, values: { salesJournal: '70' }, version: 0 });
    await saveSettings(deps, { ...command, values: { purchaseJournal: '60' }, version: 1 });

    expect(await tx.settings.find(administration.id)).toMatchObject({
      values: { salesJournal: '70', purchaseJournal: '60' },
      version: 2,
      updatedBy: 'Anna',
    });
    const change = { key: 'purchaseJournal', before: null, after: '60' };
    expect(tx.acts.all()).toMatchObject([{}, { kind: 'save-settings', facts: { changes: [change] } }]);
  });

  it('takes a code whatever its case and padding', async () => {
    const { deps, administration } = await aWorld();
    const saved = await saveSettings(deps, {
      tenantId,
      administrationId: administration.id,
      actor,
      values: { salesVatCode: 'vh ' },
      follow: [],
      version: 0,
    });
    expect(saved.ok).toBe(true);
  });

  it.each([
    [{ salesJournal: '60' }, 0, 'settings-invalid'],
    [{ salesJournal: '99' }, 0, 'settings-invalid'],
    [{ salesJournal: '70' }, 3, 'changed-meanwhile'],
  ])('refuses %o at version %i with %s, and saves nothing', async (values, version, kind) => {
    const { deps, tx, administration } = await aWorld();
    const saved = await saveSettings(deps, {
      tenantId,
      administrationId: administration.id,
      actor,
      values,
      follow: [],
      version,
    });

    expect(saved).toMatchObject({ ok: false, error: { kind } });
    expect((await tx.settings.find(administration.id)).version).toBe(0);
  });

  it('refuses an administration that is not coupled', async () => {
    const archived = anAdministration({ division: 900_009, state: 'available' });
    const tx = {
      administrations: new InMemoryAdministrations([archived]),
      settings: new InMemorySettings(masters),
      acts: new InMemoryActs(),
    };
    const deps = { uow: new InMemoryUnitOfWork(tx), now, newId: () => 'unused' };
    const command = { tenantId, administrationId: archived.id, actor, values: {}, follow: [], version: 0 };

    expect(await saveSettings(deps, command)).toEqual({
      ok: false,
      error: { kind: 'administration-unknown' },
    });
    expect((await tx.settings.find(archived.id)).version).toBe(0);
  });

  it('refuses an administration of another tenant', async () => {
    const { deps } = await aWorld();
    const administrationId = anAdministration({ id: asId('00000000-0000-7000-8000-00000000ffff') }).id;
    const command = { tenantId, administrationId, actor, values: {}, follow: [], version: 0 };
    const saved = await saveSettings(deps, command);
    expect(saved).toEqual({ ok: false, error: { kind: 'administration-unknown' } });
  });
});

describe('following the first administration', () => {
  async function aGroup() {
    const companies = [1, 2, 3].map((number) =>
      anAdministration({ division: 900_000 + number, position: number, state: 'active' }),
    );
    const administrations = new InMemoryAdministrations(companies);
    const settings = new InMemorySettings(masters);
    const deps = {
      uow: new InMemoryUnitOfWork({ administrations, settings, acts: new InMemoryActs() }),
      now,
      newId: sequentialIds(),
    };
    const [first, second, third] = companies.map(({ id }) => id);
    const save = async (
      administrationId: typeof first,
      change: Pick<Parameters<typeof saveSettings>[1], 'values'> & { follow?: ['salesJournal'] },
    ) => {
      const { version } = await settings.find(administrationId!);
      const command = {
        follow: [],
        ...change,
        tenantId,
        administrationId: administrationId!,
        actor,
        version,
      };
      return saveSettings(deps, command);
    };
    return { settings, first: first!, second: second!, third: third!, save };
  }

  it('takes its choice and goes along with a later one; who chose for himself stays', async () => {
    const { settings, first, second, third, save } = await aGroup();
    await save(first, { values: { salesJournal: '70', purchaseJournal: '60' } });
    await save(second, { values: {}, follow: ['salesJournal'] });
    await save(third, { values: { salesJournal: '70' } });

    await save(first, { values: { salesJournal: null } });

    expect(await settings.find(second)).toMatchObject({
      values: { salesJournal: null },
      follows: { salesJournal: first },
      version: 2,
    });
    expect((await settings.find(third)).values).toEqual({ salesJournal: '70' });
  });

  it('ends where the later choice does not exist: the old one stays', async () => {
    const { settings, first, second, third, save } = await aGroup();
    await save(first, { values: { salesJournal: '70' } });
    for (const id of [second, third]) await save(id, { values: {}, follow: ['salesJournal'] });
    const renewed = [...masters, aMaster({ kind: 'journals', code: '72', type: 20 })];
    for (const id of [first, third]) settings.mastersOf.set(id, renewed);

    await save(first, { values: { salesJournal: '72' } });

    expect(await settings.find(second)).toMatchObject({ values: { salesJournal: '70' }, follows: {} });
    expect(await settings.find(third)).toMatchObject({
      values: { salesJournal: '72' },
      follows: { salesJournal: first },
    });
  });

  it('ends with an own choice', async () => {
    const { settings, first, second, save } = await aGroup();
    await save(first, { values: { salesJournal: '70' } });
    await save(second, { values: {}, follow: ['salesJournal'] });

    await save(second, { values: { salesJournal: null } });

    expect(await settings.find(second)).toMatchObject({ values: { salesJournal: null }, follows: {} });
  });

  it('is told, with what it would give here', () => {
    const first = { id: leader.id, name: 'A', values: { salesJournal: '70', purchaseJournal: '99' } };
    const follows = { salesJournal: leader.id };
    expect(settingOf('salesJournal', { first, follows })).toMatchObject({
      isInherited: true,
      inheritable: '70',
    });
    expect(settingOf('purchaseJournal', { first, follows })).toMatchObject({
      isInherited: false,
      inheritable: null,
    });
  });

  it('is refused where there is nobody to follow, and where its code does not exist', async () => {
    const { first, save, settings, second } = await aGroup();
    expect(await save(first, { values: {}, follow: ['salesJournal'] })).toMatchObject({
      ok: false,
      error: { kind: 'settings-invalid', invalid: [{ key: 'salesJournal' }] },
    });
    await settings.save({ ...(await settings.find(first)), values: { salesJournal: '99' }, version: 1 });
    expect(await save(second, { values: {}, follow: ['salesJournal'] })).toMatchObject({
      ok: false,
      error: { kind: 'settings-invalid' },
    });
  });
});
