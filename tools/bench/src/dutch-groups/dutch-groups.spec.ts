import { isValidIBAN } from 'ibantools';
import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import { Dice } from './dice.js';
import { dutchGroups } from './generate.js';
import type { LabelledRow } from './party.js';
import { Registry } from './registry.js';

const rowsOf = (rows: number, seed: number): LabelledRow[] => [...dutchGroups({ rows, seed })];

describe('generated Dutch groups', () => {
  const rows = rowsOf(8_000, 5);

  it('are the same for one seed, and others for another', () => {
    expect(rowsOf(500, 5)).toEqual(rows.slice(0, 500));
    expect(rowsOf(500, 6).map(({ name }) => name)).not.toEqual(rows.slice(0, 500).map(({ name }) => name));
  });

  it('have groups by words of no list as well where that is asked', () => {
    const names = [...dutchGroups({ rows: 3_000, seed: 5, hasUnlisted: true })].map(({ name }) => name);

    expect(names.some((name) => /Holdco|Propco|Wagenpark|Borging/i.test(name))).toBe(true);
    expect(rows.some(({ name }) => /Holdco|Propco|Wagenpark|Borging/i.test(name))).toBe(false);
  });

  it('are exactly as many as asked, each with its own id', () => {
    expect(rows).toHaveLength(8_000);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(8_000);
    expect(rowsOf(0, 5)).toEqual([]);
  });

  it('play every trap', () => {
    expect([...new Set(rows.map(({ tag }) => tag))].sort()).toEqual([
      '',
      'accountant',
      'branch',
      'business-centre',
      'chain',
      'collective',
      'converted',
      'countries',
      'factoring',
      'family',
      'fiscal-unity',
      'franchise',
      'group',
      'namesakes',
      'neighbours',
      'other-form',
      'owners-association',
      'series',
      'successor',
      'trade-name',
    ]);
  });

  it('share a mailbox within a group and never a KvK number that is written well', () => {
    const sisters = rows.filter(({ tag, email }) => tag === 'group' && email.startsWith('info@'));
    const entitiesOf = Map.groupBy(sisters, ({ email }) => email);
    const numbersOf = (entity: string): Set<string> =>
      new Set(
        rows.filter((row) => row.entity === entity && /^[2-9]\d{7}$/.test(row.kvk)).map(({ kvk }) => kvk),
      );
    const group = [...entitiesOf.values()].map((found) => new Set(found.map(({ entity }) => entity)));
    const [one, other] = [...(group.find(({ size }) => size > 1) ?? [])];

    expect(one).toBeDefined();
    expect([...numbersOf(one ?? '')].some((kvk) => numbersOf(other ?? '').has(kvk))).toBe(false);
  });
});

const isNoDutchVat = (vat: string): boolean => stdnum['NL']?.['btw']?.validate(vat).isValid !== true;
const isNoBelgianVat = (vat: string): boolean => stdnum['BE']?.['vat']?.validate(vat).isValid !== true;

describe('the registry', () => {
  const registry = new Registry(new Dice(1));
  const many = <T>(make: () => T): T[] => Array.from({ length: 500 }, make);

  it('gives out valid numbers', () => {
    expect(many(() => registry.iban()).filter((iban) => !isValidIBAN(iban))).toEqual([]);
    expect(many(() => registry.vat()).filter(isNoDutchVat)).toEqual([]);
    expect(many(() => registry.soleTraderVat()).filter(isNoDutchVat)).toEqual([]);
    expect(many(() => registry.belgianNumber()).filter(isNoBelgianVat)).toEqual([]);
    expect(many(() => registry.kvk()).filter((kvk) => !/^\d{8}$/.test(kvk))).toEqual([]);
    expect(many(() => registry.landline('0570')).filter((phone) => !/^0570\d{6}$/.test(phone))).toEqual([]);
    expect(many(() => registry.mobile()).filter((phone) => !/^06\d{8}$/.test(phone))).toEqual([]);
  });

  it('gives nothing out twice', () => {
    const all = many(() => [
      registry.iban(),
      registry.vat(),
      registry.kvk(),
      registry.domain('Jansen Bouw'),
    ]).flat();

    expect(new Set(all).size).toBe(all.length);
  });
});
