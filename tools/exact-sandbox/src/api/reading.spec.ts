import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import { authorise, call, type Answer } from '../testing/connected-app.js';

const DIVISION = 3412001;
const ANY = "$filter=Name ne 'x'";

let sandbox: Sandbox;
let token: string;
const ask = (path: string): Promise<Answer> =>
  call(sandbox, token, path.startsWith('http') ? path : `${DIVISION}/${path}`);
const readAll = async (path: string): Promise<{ readonly calls: number; readonly rows: Answer['rows'] }> => {
  const rows: Answer['rows'][number][] = [];
  let calls = 0;
  for (let next: string | undefined = path; next !== undefined; calls += 1) {
    const answer = await ask(next);
    expect(answer.status).toBe(200);
    rows.push(...answer.rows);
    next = answer.next;
  }
  return { calls, rows };
};

beforeAll(async () => {
  sandbox = await startSandbox({
    clock: { startsAt: '2026-06-25T14:21:04Z' },
    world: { relations: 120, rowVersionBase: 9_007_199_254_740_992n },
    switches: { unthrottled: true },
  });
  ({ access_token: token } = await authorise(sandbox));
});
afterAll(async () => sandbox.stop());

describe('paging', () => {
  it('120 rows at 60 a page cost three calls, the last one empty', async () => {
    const { calls, rows } = await readAll(`crm/Accounts?${ANY}&$select=ID`);

    expect(calls).toBe(3);
    expect(new Set(rows.map((row) => row.ID)).size).toBe(120);
  });

  it('without the switch for it a full last page has no next link', async () => {
    sandbox.setSwitches({ extraEmptyLastPage: false });

    const { calls, rows } = await readAll(`crm/Accounts?${ANY}&$select=ID`);

    sandbox.setSwitches({ extraEmptyLastPage: true });
    expect([calls, rows.length]).toEqual([2, 120]);
  });

  it('a $top up to the page size gives a bare array without next link (E08)', async () => {
    const answer = await ask(`crm/Accounts?${ANY}&$select=ID&$top=60`);

    expect(Array.isArray(answer.d)).toBe(true);
    expect(answer.rows).toHaveLength(60);
  });

  it('a higher $top gives results with a next link in which it is decremented and $skip is gone', async () => {
    const answer = await ask(`crm/Accounts?${ANY}&$select=ID&$top=100&$skip=10`);

    const next = new URL(answer.next ?? '');
    expect(answer.rows).toHaveLength(60);
    expect(next.searchParams.get('$top')).toBe('40');
    expect(next.searchParams.has('$skip')).toBe(false);
    expect(next.searchParams.get('$skiptoken')).toMatch(/^guid'[0-9a-f-]{36}'$/);
    expect((await ask(answer.next ?? '')).rows).toHaveLength(40);
  });

  it('with $orderby the skip token holds the ordered values and the key, and nothing is lost', async () => {
    const first = await ask(`crm/Accounts?${ANY}&$select=ID,City&$orderby=City desc`);
    const { rows } = await readAll(`crm/Accounts?${ANY}&$select=ID,City&$orderby=City desc`);

    expect(new URL(first.next ?? '').searchParams.get('$skiptoken')).toMatch(/^'.*',guid'[0-9a-f-]{36}'$/);
    expect(new Set(rows.map((row) => row.ID)).size).toBe(120);
  });

  it('addresses in the answer carry the host that was asked', async () => {
    const localhost = sandbox.url.replace('127.0.0.1', 'localhost');

    const answer = await ask(`${localhost}/api/v1/${DIVISION}/crm/Accounts?${ANY}&$select=ID`);

    const metadata = answer.rows[0]?.__metadata as { readonly uri: string; readonly type: string };
    expect(metadata.uri.startsWith(`${localhost}/api/v1/${DIVISION}/crm/Accounts(guid'`)).toBe(true);
    expect(metadata.type).toBe('Exact.Web.Api.Models.Account');
    expect(answer.next?.startsWith(localhost)).toBe(true);
  });

  it('can repeat the last row of a page at the start of the next', async () => {
    sandbox.setSwitches({ dupRowsWhilePaging: 1 });

    const { rows } = await readAll(`crm/Accounts?${ANY}&$select=ID`);

    sandbox.setSwitches({ dupRowsWhilePaging: 0 });
    expect(rows.length).toBeGreaterThan(120);
    expect(new Set(rows.map((row) => row.ID)).size).toBe(120);
  });
});

describe('shapes', () => {
  it('one record stands in d itself, current/Me in results, a count is text (E08)', async () => {
    const { rows } = await ask(`crm/Accounts?${ANY}&$select=ID&$top=1`);
    const one = await ask(`crm/Accounts(guid'${String(rows[0]?.ID)}')?$select=ID`);
    const me = await call(sandbox, token, 'current/Me?$select=CurrentDivision');
    const count = await ask('crm/Accounts/$count');

    expect(one.d).toMatchObject({ ID: rows[0]?.ID });
    expect(me.d).toMatchObject({ results: [{ CurrentDivision: DIVISION }] });
    expect([count.text, count.headers.get('content-type')]).toEqual(['120', 'text/plain;charset=utf-8']);
  });

  it('$inlinecount is text and works with $top=0', async () => {
    const answer = await ask(`crm/Accounts?${ANY}&$top=0&$inlinecount=allpages`);

    expect(answer.d).toEqual({ results: [], __count: '120' });
  });

  it('without $select every property is there, null when unset; collections are deferred', async () => {
    const { rows } = await ask(`crm/Accounts?${ANY}&$top=1`);

    const [row] = rows;
    expect(Object.keys(row ?? {})).toHaveLength(165);
    expect(row).toMatchObject({ BRIN: null, GlnNumber: '', BankAccounts: { __deferred: {} } });
  });

  it('expands bank accounts inside their account', async () => {
    const { rows } = await ask(`crm/Accounts?${ANY}&$select=ID,BankAccounts/IBAN&$expand=BankAccounts`);

    const expanded = rows.map(
      (row) => (row.BankAccounts as { readonly results: readonly { IBAN: string }[] }).results,
    );
    expect(expanded.flat().some(({ IBAN }) => /^NL\d\dTEST0\d{9}$/.test(IBAN))).toBe(true);
  });

  it('without Accept: application/json the answer is Atom; application/xml is refused', async () => {
    const path = `${DIVISION}/vat/VATCodes?$select=Code`;
    const atom = await call(sandbox, token, path, { headers: { accept: '*/*' } });
    const xml = await call(sandbox, token, path, { headers: { accept: 'application/xml' } });

    expect(atom.headers.get('content-type')).toContain('application/atom+xml');
    expect(atom.text).toContain('<d:Code>4  </d:Code>');
    expect(xml.status).toBe(415);
  });
});

describe('values', () => {
  it('codes, countries, languages and VAT codes are padded', async () => {
    const { rows } = await ask(`crm/Accounts?$filter=trim(Code) eq '1'&$select=Code,Country,Language`);
    const premium = await call(sandbox, token, "10000017/crm/Accounts?$filter=Type eq 'D'&$select=Code");
    const vat = await ask("vat/VATCodes?$filter=Code eq '4'&$select=Code");

    expect(rows[0]).toMatchObject({ Code: '                 1', Country: 'NL ', Language: 'nl-NL     ' });
    expect(premium.rows[0]?.Code).toBe('           0000001');
    expect(vat.rows[0]?.Code).toBe('4  ');
  });

  it('an unpadded Code matches nothing, without an error', async () => {
    const answer = await ask("crm/Accounts?$filter=Code eq '1'&$select=ID");

    expect([answer.status, answer.rows.length]).toEqual([200, 0]);
  });

  it('64-bit numbers are text, also above 2^53 (E10)', async () => {
    const { rows } = await ask('sync/CRM/Accounts?$filter=Timestamp gt 1L&$select=Timestamp');

    const stamps = rows.map((row) => BigInt(String(row.Timestamp)));
    expect(typeof rows[0]?.Timestamp).toBe('string');
    expect(stamps.every((stamp) => stamp > 9_007_199_254_740_992n)).toBe(true);
    expect([...stamps].sort((a, b) => (a < b ? -1 : 1))).toEqual(stamps);
  });

  it('ServerTime is local and the offset is in seconds (E12)', async () => {
    const { rows } = await call(sandbox, token, 'current/Me?$select=ServerTime,ServerUtcOffset');

    expect(rows[0]).toMatchObject({ ServerUtcOffset: 7200 });
    expect(String(rows[0]?.ServerTime)).toMatch(/^2026-06-25T16:21:/);
  });
});

describe('rules of reading', () => {
  it.each([
    ['crm/Accounts?$select=ID', 'mandatory filtering'],
    ["crm/Accounts?$filter=AccountManagerFullName eq 'x'", 'mandatory filtering'],
    ["bulk/CRM/Accounts?$filter=Code eq '1'", 'Please add a $select'],
    ["crm/Accounts?$filter=Code eq '1'&$select=Nope", 'Nope'],
    ["sync/CRM/Accounts?$filter=Name eq 'x'", 'This $filter parameter is not supported'],
    ['sync/CRM/Accounts?$filter=Timestamp gt 1L and EntityType eq 2', 'not supported'],
    ['sync/CRM/Accounts?$orderby=Name', '$orderby'],
    ['crm/Accounts?$apply=x', 'query syntax'],
    ["crm/Accounts?$filter=Code eq '1'&$top=many", 'format'],
  ])('%s is refused with 400', async (path, text) => {
    const answer = await ask(path);

    expect(answer.status).toBe(400);
    expect(answer.text).toContain(text);
  });

  it('mandatory filtering can be off, as for some apps', async () => {
    sandbox.setSwitches({ mandatoryFiltering: false });
    const answer = await ask('crm/Accounts?$select=ID');
    sandbox.setSwitches({ mandatoryFiltering: true });

    expect([answer.status, answer.rows.length]).toEqual([200, 60]);
  });

  it('the set is case sensitive, the service is not', async () => {
    expect((await ask('HRM/Costcenters?$select=Code')).status).toBe(200);
    expect((await ask('hrm/CostCenters?$select=Code')).status).toBe(404);
  });

  it('bulk and sync serve 1,000 a page', async () => {
    expect((await ask(`bulk/CRM/Accounts?${ANY}&$select=ID`)).rows).toHaveLength(120);
    expect((await ask('sync/CRM/Contacts?$filter=Timestamp gt 1L&$select=ID')).rows.length).toBeGreaterThan(
      60,
    );
  });

  it('a user without the right sees an empty list and UserHasRights says so (E11)', async () => {
    const limited = await authorise(sandbox, { username: 'beperkt@demo.nl' });
    const asked = (path: string): Promise<Answer> =>
      call(sandbox, limited.access_token, `${DIVISION}/${path}`);
    const list = await asked('sync/CRM/Accounts?$filter=Timestamp gt 1L&$select=ID');
    const right = await asked("users/UserHasRights?endpoint='CRM/Accounts'&action='GET'");
    const contacts = await asked("users/UserHasRights?endpoint='crm/Contacts'&action='GET'");

    expect([list.status, list.rows.length]).toEqual([200, 0]);
    expect([right.d, contacts.d]).toEqual([{ UserHasRights: false }, { UserHasRights: true }]);
    expect((await asked('crm/Accounts/$count')).text).toBe('0');
  });

  it('a division without access answers 403 with a Reason', async () => {
    const answer = await call(sandbox, token, '3412090/vat/VATCodes');

    expect([answer.status, answer.headers.get('reason')]).toEqual([403, 'NoDivisionAccess']);
    expect(answer.text).toContain('Forbidden');
  });

  it('CurrentDivision follows the last division that was used (E06)', async () => {
    await call(sandbox, token, '3412003/vat/VATCodes?$top=1');

    const { rows } = await call(sandbox, token, 'current/Me?$select=CurrentDivision');

    expect(rows[0]?.CurrentDivision).toBe(3412003);
  });

  it('SyncTimestamp gives the row version to start from for a date', async () => {
    const answer = await ask(
      "read/sync/Sync/SyncTimestamp?modified=datetime'2021-06-01T00:00:00'&endPoint='sync/CRM/Accounts'",
    );
    const from = String(answer.rows[0]?.TimeStampAsBigInt);
    const { rows } = await ask(`sync/CRM/Accounts?$filter=Timestamp ge ${from}L&$select=Modified`);

    expect(rows.length).toBeGreaterThan(0);
    const modified = rows.map((row) => Number(/-?\d+/.exec(String(row.Modified))?.[0]));
    expect(modified.some((ms) => ms >= Date.UTC(2021, 5, 1))).toBe(true);
  });

  it('open items are those of unpaid entries, with a 64-bit key', async () => {
    const { rows } = await ask('read/financial/ReceivablesList?$select=HID,Amount,EntryNumber,AccountCode');

    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => typeof row.HID === 'string' && Number(row.Amount) > 0)).toBe(true);
  });
});
