import { beforeEach, describe, expect, it } from 'vitest';
import { aPartsWorld, idOf, type PartsWorld } from '../../testing/index.js';
import type { PartFields } from './source-part.js';

const numbered = (number: string): PartFields => ({ iban: number, number });
const [n0, n1, n2] = ['NL91ABNA0417164300', 'NL20INGB0001234567', 'NL02RABO0123456789'].map(numbered) as [
  PartFields,
  PartFields,
  PartFields,
];

let at: PartsWorld;
beforeEach(async () => {
  at = await aPartsWorld();
});
const change = async (fields: PartFields, company = 0) => {
  at.fetched(company, 'bank-account', fields);
  await at.compare();
};
const begin = (...companies: number[]) => {
  for (const company of companies) at.first(company, 'bank-account', n0);
};
const questions = () => at.openIssues().map(({ params }) => [params['number'], params['was']]);

describe('the question about a bank account number', () => {
  it('keeps the number out of its key, which outlives the erasure of a person', async () => {
    begin(0, 1);
    await change(n1);
    expect(at.openIssues()[0]?.causeKey).toMatch(/^bank-account-changed:/);
    expect(at.openIssues()[0]?.causeKey).not.toContain('0001234567');
  });

  it('hands on the number that the others have when a later number replaces it', async () => {
    begin(0, 1, 2);
    await change(n1);
    await change(n2);
    expect(questions()).toEqual([[n2['number'], n0['number']]]);
    await at.approve();
    expect(at.writes()).toEqual([
      [idOf(201), 'update', { number: n2['number'] }],
      [idOf(301), 'update', { number: n2['number'] }],
    ]);
  });

  it('is not asked about a blocked account, and is once it is not blocked any more', async () => {
    begin(0, 1, 2);
    await change({ ...n1, isBlocked: true });
    expect(questions()).toEqual([]);
    await change(n1);
    expect(questions()).toEqual([[n1['number'], '–']]);
  });

  it('cannot be approved when the account was blocked meanwhile', async () => {
    begin(0, 1);
    await change(n1);
    at.fetched(0, 'bank-account', { ...n1, isBlocked: true });
    expect(await at.approve()).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    await at.compare();
    expect(questions()).toEqual([]);
  });
});

describe('an approved bank account number', () => {
  it('leaves the BIC and the holder of the other account when it says none (product.md 3.13)', async () => {
    at.first(0, 'bank-account', n0);
    at.first(1, 'bank-account', { ...n0, bic: 'ABNANL2A', holder: 'De Eik Holding B.V.' });
    at.first(2, 'bank-account', n0);
    await change({ ...n1, holder: 'De Eik', bic: ' ' });
    await at.approve();
    expect(at.writes()[0]).toEqual([idOf(201), 'update', { number: n1['number'], holder: 'De Eik' }]);
  });

  it('is taken back where it still waits when nobody says it any more', async () => {
    begin(0, 1, 2);
    await change(n1);
    await at.approve();
    expect(at.writes()).toHaveLength(2);
    await change(n0);
    expect(at.writes()).toEqual([]);
    expect(questions()).toEqual([]);
  });

  it('is asked about again when it is under way and the old one returns', async () => {
    begin(0, 1);
    at.first(2, 'bank-account', n0);
    await change(n1);
    await at.approve();
    for (const intent of at.world.writeIntents.all())
      await at.world.writeIntents.save({ ...intent, state: 'uncertain' });
    await change(n0);
    expect(questions()).toEqual([[n0['number'], n1['number']]]);
    await at.approve();
    expect(at.writes()).toMatchObject([
      [idOf(201), 'update', { number: n0['number'] }],
      [idOf(301), 'update', { number: n0['number'] }],
    ]);
  });

  it('is made once where two accounts ask for it', async () => {
    begin(0, 1);
    at.fetched(0, 'bank-account', { ...n1, holder: 'De Eik' });
    await change(n1, 1);
    expect(at.openIssues()).toHaveLength(2);
    await at.approve();
    expect(at.openIssues()).toEqual([]);
    expect(at.writes()).toEqual([[idOf(3), 'create', { number: n1['number'], holder: 'De Eik' }]]);
    at.fetched(0, 'bank-account', n1, { part: 2 });
    await at.compare();
    expect(questions()).toEqual([]);
  });

  it('waits for an administration that rests', async () => {
    begin(0, 1, 2);
    const [, paused] = at.world.companies;
    await at.world.administrations.save({ ...paused!, state: 'paused' });
    await change(n1);
    expect(await at.approve()).toEqual({ ok: true, value: { writes: 2 } });
  });
});
