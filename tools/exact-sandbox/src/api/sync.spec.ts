import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import { authorise, call, type Answer } from '../testing/connected-app.js';

const DIVISION = 3412001;
const DAY = 86_400_000;

let sandbox: Sandbox;
let token: string;
const ask = (path: string): Promise<Answer> => call(sandbox, token, `${DIVISION}/${path}`);
const since = async (set: string, stamp: bigint): Promise<Answer['rows']> =>
  (await ask(`sync/${set}?$filter=Timestamp gt ${stamp}L`)).rows;
const highest = (rows: Answer['rows']): bigint =>
  rows.reduce(
    (most, row) => (BigInt(String(row.Timestamp)) > most ? BigInt(String(row.Timestamp)) : most),
    1n,
  );

beforeEach(async () => {
  sandbox = await startSandbox({
    clock: { startsAt: '2026-06-25T14:21:04Z' },
    world: { relations: 40 },
    switches: { unthrottled: true },
  });
  ({ access_token: token } = await authorise(sandbox));
});
afterEach(async () => sandbox.stop());

describe('sync', () => {
  it('gives only what changed since the watermark, with a higher row version (E10)', async () => {
    const all = await since('CRM/Accounts', 1n);
    const watermark = highest(all);
    const id = String(all[10]?.ID);
    sandbox.edits.edit(
      { division: DIVISION, entity: 'Accounts', id },
      { Name: 'Anders B.V.', Blocked: true },
    );

    const changed = await since('CRM/Accounts', watermark);

    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatchObject({
      ID: id,
      Name: 'Anders B.V.',
      Blocked: true,
      ModifierFullName: 'Ruben Accountant',
    });
    expect(highest(changed)).toBeGreaterThan(watermark);
    expect(await since('CRM/Accounts', 1n)).toHaveLength(all.length);
  });

  it('several edits collapse into one row', async () => {
    const all = await since('CRM/Accounts', 1n);
    const id = String(all[3]?.ID);
    for (const City of ['Ede', 'Goes', 'Oss'])
      sandbox.edits.edit({ division: DIVISION, entity: 'Accounts', id }, { City });

    expect((await since('CRM/Accounts', highest(all))).map((row) => row.City)).toEqual(['Oss']);
  });

  it('an address that changes moves its own row version, not that of its account', async () => {
    const accounts = await since('CRM/Accounts', 1n);
    const addresses = await since('CRM/Addresses', 1n);
    const visit = addresses.find((row) => row.Type === 1 && row.Main === true);
    const id = String(visit?.ID);
    sandbox.edits.edit({ division: DIVISION, entity: 'Addresses', id }, { AddressLine1: 'Verhuisd 1' });

    expect(await since('CRM/Accounts', highest(accounts))).toEqual([]);
    expect(await since('CRM/Addresses', highest(addresses))).toHaveLength(1);
    const account = await ask(`crm/Accounts(guid'${String(visit?.Account)}')?$select=AddressLine1`);
    expect(account.d).toMatchObject({ AddressLine1: 'Verhuisd 1' });
  });

  it('new records appear, deleted ones only in sync/Deleted, by entity type (E11)', async () => {
    const all = await since('CRM/Accounts', 1n);
    const made = sandbox.edits.create(
      { division: DIVISION, entity: 'Accounts' },
      { Name: 'Nieuw B.V.', AddressLine1: 'Weg 1' },
    );
    const id = made.ok ? made.value.id : '';
    expect((await since('CRM/Accounts', highest(all))).map((row) => row.ID)).toEqual([id]);

    sandbox.edits.delete({ division: DIVISION, entity: 'Accounts', id });

    const deleted = await ask('sync/Deleted?$filter=Timestamp gt 1L and EntityType eq 2');
    expect(deleted.rows).toMatchObject([{ EntityKey: id, EntityType: 2 }]);
    expect((await since('Deleted', 1n)).map((row) => row.EntityType).sort()).toEqual([2, 3]);
    expect(await since('CRM/Accounts', highest(all))).toEqual([]);
  });

  it('the log of deletions forgets after sixty days (E11)', async () => {
    const made = sandbox.edits.create({ division: DIVISION, entity: 'Accounts' }, { Name: 'Kort B.V.' });
    sandbox.edits.delete({ division: DIVISION, entity: 'Accounts', id: made.ok ? made.value.id : '' });
    await sandbox.clock.advance(59 * DAY);
    ({ access_token: token } = await authorise(sandbox));
    expect(await since('Deleted', 1n)).toHaveLength(1);
    await sandbox.clock.advance(2 * DAY);
    ({ access_token: token } = await authorise(sandbox));

    expect(await since('Deleted', 1n)).toEqual([]);
  });

  it('moving a division makes all row versions anew, below the old ones, and sets DivisionMoveDate (E10)', async () => {
    const before = await since('CRM/Accounts', 1n);
    sandbox.edits.moveDivision(DIVISION);

    const silent = await since('CRM/Accounts', highest(before));
    const again = await since('CRM/Accounts', 1n);
    const { rows } = await ask('system/Divisions?$select=Code,DivisionMoveDate');

    expect(silent).toEqual([]);
    expect(again.map((row) => row.ID).sort()).toEqual(before.map((row) => row.ID).sort());
    expect(rows.find((row) => row.Code === DIVISION)?.DivisionMoveDate).not.toBeNull();
    expect(rows.find((row) => row.Code === 3412002)?.DivisionMoveDate).toBeNull();
  });

  it('divisions of one database share the counter, so their row versions never coincide', async () => {
    const here = await since('CRM/Accounts', 1n);
    const there = await call(
      sandbox,
      token,
      '3412002/sync/CRM/Accounts?$filter=Timestamp gt 1L&$select=Timestamp',
    );

    const both = [...here, ...there.rows].map((row) => row.Timestamp);
    expect(new Set(both).size).toBe(both.length);
  });
});
