import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { textOf, type Row } from '../store/rows.js';
import { iban, kvkNumber, modulo97, rsin, soleTraderVat } from './identifiers.js';
import { World, partyOf } from './world.js';

const fingerprint = (world: World): string => {
  const hash = createHash('sha256');
  for (const division of world.divisions) {
    for (const name of division.tableNames()) {
      const table = division.tables[name];
      for (const row of table.all()) hash.update(JSON.stringify([table.guid(row.$row), row]));
    }
  }
  return hash.digest('hex');
};
const accounts = (world: World): readonly Row[] =>
  world.divisions.flatMap(({ tables }) => [...tables.Accounts.all()]);

const world = new World();

describe('a world', () => {
  it('is the same from the same seed, and another from another', () => {
    expect(fingerprint(new World())).toBe(fingerprint(world));
    expect(fingerprint(new World({ seed: 7 }))).not.toBe(fingerprint(world));
  });

  it('is a group of four administrations, and one that the demo user may not open', () => {
    expect(world.divisionsOf(0).map(({ code }) => code)).toEqual([3412001, 3412002, 3412003, 10000017]);
    expect(world.divisionsOf(1).map(({ code }) => code)).toContain(3412090);
    for (const { tables } of world.divisionsOf(0)) {
      expect(tables.Accounts.size).toBeGreaterThanOrEqual(300);
      expect(tables.Accounts.size).toBeLessThanOrEqual(600);
      expect(tables.GLAccounts.size).toBeGreaterThan(50);
    }
  });

  it.each([1, 2, 3, 4, 5])('overlaps for 30 to 65 %% of its relations (seed %d)', (seed) => {
    const seeded = new World({ seed, relations: 400 });
    const sites = new Map<number, Set<number>>();
    for (const { ordinal, tables } of seeded.divisions) {
      for (const row of tables.Accounts.all())
        sites.set(partyOf(row), (sites.get(partyOf(row)) ?? new Set()).add(ordinal));
    }
    for (const { tables } of seeded.divisionsOf(0)) {
      const shared = [...tables.Accounts.all()].filter((row) => (sites.get(partyOf(row))?.size ?? 0) > 1);
      expect(shared.length / tables.Accounts.size).toBeGreaterThan(0.3);
      expect(shared.length / tables.Accounts.size).toBeLessThan(0.65);
    }
  });

  it('holds every kind of trap', () => {
    const marks = new Map<string, number>();
    for (const row of accounts(world))
      marks.set(textOf(row, '$mark'), (marks.get(textOf(row, '$mark')) ?? 0) + 1);

    for (const mark of [
      'group',
      'series',
      'franchise',
      'family',
      'accountant',
      'factoring',
      'branch',
      'double',
      'copied',
    ]) {
      expect([mark, (marks.get(mark) ?? 0) > 0]).toEqual([mark, true]);
    }
    for (const mark of ['own', 'seeded', 'intercompany', 'junk', 'oddity'])
      expect(marks.get(mark) ?? 0).toBeGreaterThan(0);
  });

  it('holds blocked and ended relations, customers that are suppliers, and odd texts', () => {
    const rows = accounts(world);
    const some = (test: (row: Row) => boolean): boolean => rows.some(test);

    expect(some((row) => row.Blocked === true)).toBe(true);
    expect(some((row) => typeof row.EndDate === 'number')).toBe(true);
    expect(some((row) => row.Status === 'C' && row.IsSupplier === true)).toBe(true);
    expect(some((row) => textOf(row, 'Remarks').includes('\u0000'))).toBe(true);
    expect(some((row) => textOf(row, 'Name').length === 50)).toBe(true);
    expect(some((row) => textOf(row, 'Name').includes('\u200b'))).toBe(true);
    expect(some((row) => textOf(row, 'Name').includes('  '))).toBe(true);
    expect(rows.every((row) => textOf(row, 'Name').length <= 50)).toBe(true);
  });

  it('gives copied relations equal codes and other GUIDs', () => {
    const [first, second] = world.divisions;
    const copied = [...(second?.tables.Accounts.all() ?? [])].filter((row) => row.$mark === 'copied');

    expect(copied.length).toBeGreaterThan(50);
    for (const row of copied) {
      const original = [...(first?.tables.Accounts.where('$code', row.$code) ?? [])][0];
      expect(original && partyOf(original)).toBe(partyOf(row));
      expect(original && first?.tables.Accounts.guid(original.$row)).not.toBe(
        second?.tables.Accounts.guid(row.$row),
      );
    }
  });

  it('never gives two parties one KvK number, except typed or junk ones', () => {
    const parties = new Map<string, Set<number>>();
    for (const row of accounts(world)) {
      const kvk = textOf(row, 'ChamberOfCommerce');
      if (/^[1-9]\d{7}$/.test(kvk) && kvk !== '12345678')
        parties.set(kvk, (parties.get(kvk) ?? new Set()).add(partyOf(row)));
    }
    const shared = [...parties.values()].filter(({ size }) => size > 1);
    expect(shared).toEqual([]);
  });

  it('knows the truth about every account', () => {
    expect(world.truth().size).toBe(accounts(world).length);
  });

  it('makes 200,000 relations', () => {
    const large = new World({ divisions: 10, relations: 20_000 });

    expect(accounts(large).length).toBe(200_040);
    // Some ten seconds of processor time: minutes on a machine with much else to do.
  }, 300_000);
});

describe('a world that cannot be made', () => {
  it('is refused: more contacts than two per relation', () => {
    expect(() => new World({ contacts: 3 })).toThrow('contacts: from 0 to 2 per relation, not 3');
  });

  it.each([
    ['divisions', 51],
    ['relations', 20_001],
    ['relations', 9],
    ['archived', -1],
    ['divisions', 1.5],
  ] as const)('is refused: %s %s', (name, value) => {
    expect(() => new World({ [name]: value })).toThrow(`${name}: a whole number from`);
  });
});

describe('invented identifiers', () => {
  const numbers = Array.from({ length: 3_000 }, (_, index) => index * 7 + 1);

  it('KvK numbers have eight digits and are all different', () => {
    const made = numbers.map(kvkNumber);
    expect(made.every((kvk) => /^[1-9]\d{7}$/.test(kvk))).toBe(true);
    expect(new Set(made).size).toBe(made.length);
  });

  it('RSINs pass the 11-test', () => {
    for (const made of numbers.map(rsin)) {
      const sum = [...made].reduce((total, digit, i) => total + Number(digit) * (i === 8 ? -1 : 9 - i), 0);
      expect([made.length, sum % 11]).toEqual([9, 0]);
    }
    expect(new Set(numbers.map(rsin)).size).toBe(numbers.length);
  });

  it('VAT numbers of sole traders pass the mod-97 test that the tax office publishes', () => {
    const check = (vat: string): number => modulo97(vat.replace('NL', '2321').replace('B', '11'));
    expect(check('NL000099998B57')).toBe(1);
    for (const vat of numbers.map(soleTraderVat)) {
      expect(vat).toMatch(/^NL\d{9}B\d{2}$/);
      expect(check(vat)).toBe(1);
    }
  });

  it('IBANs pass mod 97 and belong to no bank', () => {
    for (const made of numbers.map(iban)) {
      expect(made).toMatch(/^NL\d{2}TEST\d{10}$/);
      const digits = `${made.slice(4)}${made.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
        String(letter.charCodeAt(0) - 55),
      );
      expect(modulo97(digits)).toBe(1);
    }
  });
});
