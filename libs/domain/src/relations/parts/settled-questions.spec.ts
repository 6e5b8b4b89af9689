import { beforeEach, describe, expect, it } from 'vitest';
import { aPartsWorld, idOf, type PartsWorld } from '../../testing/index.js';
import type { PartRef } from './source-part.js';

const postal = { type: 'postal', isMain: true, line1: 'Postbus 1', postcode: '6710 BA', city: 'Ede' };
const number = (iban: string) => ({ iban, number: iban });

let at: PartsWorld;
beforeEach(async () => {
  at = await aPartsWorld();
});
const values = () => at.openIssues().map(({ params }) => params['value'] ?? params['number']);
const remove = (ref: PartRef) => at.world.sourceParts.markDeleted(ref);

describe('a question about an address', () => {
  let own: PartRef;
  let other: PartRef;
  beforeEach(async () => {
    for (const company of [0, 1]) at.first(company, 'address', postal);
    own = at.fetched(0, 'address', { ...postal, line1: 'Postbus 22' });
    other = at.fetched(1, 'address', { ...postal, line1: 'Postbus 9' });
    await at.compare();
    expect(at.openIssues()).toHaveLength(2);
  });

  it('closes when the other address is deleted, with the one about that', async () => {
    remove(other);
    await at.compare();
    expect(at.openIssues()).toEqual([]);
  });

  it('closes when its own address is deleted', async () => {
    remove(own);
    await at.compare();
    expect(at.openIssues()).toEqual([]);
  });

  it('closes when the administration of the other account keeps addresses to itself', async () => {
    const [, second] = at.world.companies;
    await at.world.administrations.save({ ...second!, writePolicy: { localFields: ['address'] } });
    await at.compare();
    expect(at.openIssues()).toEqual([]);
  });

  it('stays while both are there', async () => {
    await at.compare();
    expect(values()).toHaveLength(2);
  });

  it('stays while a third account still says something else', async () => {
    at.first(2, 'address', postal);
    remove(other);
    await at.compare();
    expect(values()).toEqual(['Postbus 22, 6710 BA, Ede']);
  });
});

describe('many questions', () => {
  const numberOf = (part: number) => `NL00TEST${String(part).padStart(10, '0')}`;

  it('are all looked at, however many stay open, and their parts are read a portion at a time', async () => {
    for (const company of [0, 1]) at.first(company, 'bank-account', number('NL91ABNA0417164300'));
    const asked = Array.from({ length: 250 }, (_, part) =>
      at.fetched(0, 'bank-account', number(numberOf(part)), { part: 1_000 + part }),
    );
    await at.compare();
    expect(at.openIssues()).toHaveLength(250);
    const { sourceParts } = at.world;
    let reads = 0;
    const { find, findMany } = sourceParts;
    sourceParts.find = (ref) => {
      reads += 1;
      return find.call(sourceParts, ref);
    };
    sourceParts.findMany = (refs) => {
      reads += 1;
      return findMany.call(sourceParts, refs);
    };
    for (const ref of asked.slice(200)) remove(ref);
    await at.compare();
    expect(at.openIssues()).toHaveLength(200);
    expect(reads).toBeLessThanOrEqual(4);
  });
});

describe('a question about a bank account number', () => {
  it('closes when its bank account is deleted, and when all others have the number', async () => {
    for (const company of [0, 1, 2]) at.first(company, 'bank-account', number('NL91ABNA0417164300'));
    const changed = at.fetched(0, 'bank-account', number('NL20INGB0001234567'));
    await at.compare();
    expect(values()).toEqual(['NL20INGB0001234567']);
    at.first(1, 'bank-account', number('NL20INGB0001234567'), 2);
    await at.compare();
    expect(values()).toEqual(['NL20INGB0001234567']);
    at.first(2, 'bank-account', number('NL20INGB0001234567'), 2);
    await at.compare();
    expect(values()).toEqual([]);

    at.fetched(0, 'bank-account', number('NL44RABO0123456789'));
    await at.compare();
    expect(values()).toEqual(['NL44RABO0123456789']);
    remove(changed);
    await at.compare();
    expect(at.openIssues()).toEqual([]);
    expect(changed.exactId).toBe(idOf(101));
  });
});
