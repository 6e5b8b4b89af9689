import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import { authorise, call, type Answer } from '../testing/connected-app.js';

const DIVISION = 3412001;
const FOREIGN = 3412002;
const EMPTY_GUID = '11111111-1111-1111-1111-111111111111';

let sandbox: Sandbox;
let token: string;
const send = (method: string, path: string, body?: unknown, headers = {}): Promise<Answer> =>
  call(sandbox, token, `${DIVISION}/${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
const get = (path: string): Promise<Answer> => send('GET', path);
const read = async (
  id: string,
  select: string,
  set = 'crm/Accounts',
): Promise<Readonly<Record<string, unknown>>> => {
  const answer = await get(`${set}(guid'${id}')?$select=${select}`);
  return answer.d as Readonly<Record<string, unknown>>;
};
const made = (answer: Answer): string =>
  String((answer.d as { readonly ID?: string; readonly EntryID?: string }).ID);
const newAccount = async (fields = {}): Promise<string> =>
  made(await send('POST', 'crm/Accounts', { Name: 'Nieuw B.V.', Status: 'C', ...fields }));
const message = (answer: Answer): string =>
  (JSON.parse(answer.text) as { readonly error: { readonly message: { readonly value: string } } }).error
    .message.value;

beforeEach(async () => {
  sandbox = await startSandbox({
    clock: { startsAt: '2026-06-25T14:21:04Z' },
    world: { relations: 40 },
    switches: { unthrottled: true },
  });
  ({ access_token: token } = await authorise(sandbox));
});
afterEach(async () => sandbox.stop());

describe('POST crm/Accounts', () => {
  it('answers 201 with almost everything null, and with the truth when asked to', async () => {
    const bare = await send('POST', 'crm/Accounts', { Name: 'Een B.V.', City: 'Ede' });
    const full = await send(
      'POST',
      'crm/Accounts',
      { Name: 'Twee B.V.' },
      { prefer: 'return=representation' },
    );

    const row = bare.d as Readonly<Record<string, unknown>>;
    expect(bare.status).toBe(201);
    expect(row).toMatchObject({ Name: null, City: null, CostPaid: 0, IgnoreDatevWarningMessage: false });
    expect(Object.values(row).filter((value) => value === null).length).toBeGreaterThan(150);
    expect(full.d).toMatchObject({ Name: 'Twee B.V.', Country: 'NL ', Type: 'A', GlnNumber: '' });
  });

  it('gives the next free code, and refuses one that is taken', async () => {
    const first = await newAccount();
    const second = await newAccount();
    const taken = await send('POST', 'crm/Accounts', { Name: 'Derde B.V.', Code: '1' });

    const code = async (id: string): Promise<number> => Number((await read(id, 'Code')).Code);
    expect((await code(second)) - (await code(first))).toBe(1);
    expect([taken.status, message(taken)]).toEqual([500, 'Gegeven bestaat reeds.']);
  });

  it('needs a name', async () => {
    const answer = await send('POST', 'crm/Accounts', { Status: 'C' });

    expect([answer.status, message(answer)]).toEqual([500, 'Verplicht: Naam']);
  });

  it('refuses unknown properties, wrong types and bodies that are no JSON object with 400', async () => {
    expect((await send('POST', 'crm/Accounts', { Name: 'X', IsCustomer: true })).status).toBe(400);
    expect((await send('POST', 'crm/Accounts', { Name: 5 })).status).toBe(400);
    expect((await send('POST', 'crm/Accounts', [])).status).toBe(400);
    expect((await send('POST', 'crm/Accounts', 'text')).status).toBe(400);
  });

  it('ignores properties that cannot be written, without a word', async () => {
    const id = await newAccount({ IsPurchase: true, CreatorFullName: 'Iemand' });

    expect(await read(id, 'IsPurchase,CreatorFullName')).toMatchObject({
      IsPurchase: false,
      CreatorFullName: 'Anna van Dijk',
    });
  });

  it('stores a reference to a record of another division as null, and still answers 201', async () => {
    const foreign = await call(
      sandbox,
      token,
      `${FOREIGN}/financial/GLAccounts?$filter=Code eq '8000'&$select=ID`,
    );
    const own = await get("financial/GLAccounts?$filter=Code eq '8000'&$select=ID");

    const lost = await newAccount({ GLAccountSales: foreign.rows[0]?.ID });
    const kept = await newAccount({ GLAccountSales: own.rows[0]?.ID });

    expect((await read(lost, 'GLAccountSales')).GLAccountSales).toBeNull();
    expect((await read(kept, 'GLAccountSales')).GLAccountSales).toBe(own.rows[0]?.ID);
  });

  it('empties a currency that is not active', async () => {
    const id = await newAccount({ SalesCurrency: 'USD' });

    expect((await read(id, 'SalesCurrency')).SalesCurrency).toBe('');
  });

  it('refuses names that are too long, or cuts them when the switch says so', async () => {
    const name = 'x'.repeat(60);
    const refused = await send('POST', 'crm/Accounts', { Name: name });
    sandbox.setSwitches({ lengthPolicy: 'truncate' });
    const cut = await newAccount({ Name: name });

    expect(refused.status).toBe(500);
    expect((await read(cut, 'Name')).Name).toBe('x'.repeat(50));
  });

  it('names unknown payment conditions, VAT codes and countries', async () => {
    const answers = [
      await send('POST', 'crm/Accounts', { Name: 'X', PaymentConditionSales: '99' }),
      await send('POST', 'crm/Accounts', { Name: 'X', SalesVATCode: 'ZZ' }),
      await send('POST', 'crm/Accounts', { Name: 'X', Country: 'XX' }, { 'accept-language': 'en' }),
    ];

    expect(answers.map(message)).toEqual([
      'Ongeldige referentie: Betalingsconditie',
      'Ongeldige referentie: Btw-code',
      'Invalid reference: Country',
    ]);
  });

  it('stamps Created with the Dutch wall clock written as UTC (E12)', async () => {
    const id = await newAccount({ StartDate: '2026-06-25', EndDate: '2026-06-25T23:30:00Z' });

    const row = await read(id, 'Created,StartDate,EndDate');
    const ms = (name: string): number => Number(/-?\d+/.exec(String(row[name]))?.[0]);
    expect(new Date(ms('Created')).toISOString()).toMatch(/^2026-06-25T16:21/);
    expect(new Date(ms('StartDate')).toISOString()).toBe('2026-06-25T00:00:00.000Z');
    expect(new Date(ms('EndDate')).toISOString()).toBe('2026-06-26T01:30:00.000Z');
  });
});

describe('PUT and DELETE', () => {
  it('a PUT answers 204 and changes only what was sent', async () => {
    const id = await newAccount({ City: 'Ede', Phone: '0318-1' });

    const answer = await send('PUT', `crm/Accounts(guid'${id}')`, { Phone: null });

    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await read(id, 'Name,City,Phone')).toMatchObject({ Name: 'Nieuw B.V.', City: 'Ede', Phone: null });
  });

  it('a PUT with the Code, even unchanged, is refused; the text follows Accept-Language', async () => {
    const id = await newAccount();
    const { Code } = await read(id, 'Code');

    const dutch = await send('PUT', `crm/Accounts(guid'${id}')`, { Code });
    const english = await send('PUT', `crm/Accounts(guid'${id}')`, { Code }, { 'accept-language': 'en-GB' });

    expect([dutch.status, message(dutch)]).toEqual([500, 'Gegeven bestaat reeds.']);
    expect(message(english)).toBe('Data already exists.');
  });

  it('a DELETE answers 204 and takes the parts along; a used account cannot be deleted', async () => {
    const id = await newAccount({ AddressLine1: 'Weg 1' });
    await send('POST', 'crm/Contacts', { Account: id, FirstName: 'A', LastName: 'B' });
    const open = await get('read/financial/ReceivablesList?$select=AccountId&$top=1');

    const gone = await send('DELETE', `crm/Accounts(guid'${id}')`);
    const used = await send('DELETE', `crm/Accounts(guid'${String(open.rows[0]?.AccountId)}')`);
    const contacts = await get(`crm/Contacts?$filter=Account eq guid'${id}'&$select=ID`);

    expect(gone.status).toBe(204);
    expect([used.status, message(used)]).toEqual([500, 'In gebruik: Boekstuknummer']);
    expect(contacts.rows).toEqual([]);
    expect((await get(`crm/Accounts(guid'${id}')`)).status).toBe(404);
  });

  it('an unknown key is 404, a method that an endpoint lacks is 405', async () => {
    expect((await send('PUT', `crm/Accounts(guid'${EMPTY_GUID}')`, { Name: 'X' })).status).toBe(404);
    expect((await send('DELETE', `cashflow/PaymentConditions(guid'${EMPTY_GUID}')`)).status).toBe(405);
    expect((await send('POST', 'sync/CRM/Accounts', { Name: 'X' })).status).toBe(405);
  });

  it('a user without the right to write gets 403', async () => {
    const limited = await authorise(sandbox, { username: 'beperkt@demo.nl' });

    const answer = await call(sandbox, limited.access_token, `${DIVISION}/crm/Accounts`, {
      method: 'POST',
      body: { Name: 'X' },
    });

    expect(answer.status).toBe(403);
  });
});

describe('people, addresses and bank accounts', () => {
  it('the first contact becomes the main contact; its null-filled answer lies about the account', async () => {
    const account = await newAccount();
    const first = await send('POST', 'crm/Contacts', {
      Account: account,
      FirstName: 'Jan',
      LastName: 'Test',
      Email: 'j@t.example',
    });
    await send('POST', 'crm/Contacts', { Account: account, FirstName: 'Piet', LastName: 'Test' });

    expect(first.d).toMatchObject({ AccountIsCustomer: false, FirstName: null });
    expect((await read(account, 'MainContact')).MainContact).toBe(made(first));
    expect(
      await read(made(first), 'BusinessEmail,BirthName,AccountIsCustomer,IsMainContact', 'crm/Contacts'),
    ).toMatchObject({
      BusinessEmail: 'j@t.example',
      BirthName: 'Test',
      AccountIsCustomer: true,
      IsMainContact: true,
    });
  });

  it('a contact of an account of another division has no account and is refused', async () => {
    const foreign = await call(
      sandbox,
      token,
      `${FOREIGN}/crm/Accounts?$filter=Status eq 'C'&$select=ID&$top=1`,
    );

    const answer = await send('POST', 'crm/Contacts', {
      Account: foreign.rows[0]?.ID,
      FirstName: 'A',
      LastName: 'B',
    });

    expect([answer.status, message(answer)]).toEqual([500, 'Verplicht: Relatie']);
  });

  it('posting an address that exists gives the existing one', async () => {
    const account = await newAccount();
    const address = {
      Account: account,
      Type: 4,
      AddressLine1: 'Bouwplaats 1',
      City: 'Ede',
      Postcode: '6711 AA',
    };
    const first = await send('POST', 'crm/Addresses', address);

    const again = await send('POST', 'crm/Addresses', { ...address, City: 'EDE ' });

    expect([again.status, made(again)]).toEqual([201, made(first)]);
  });

  it('address fields of an account are its main visit address, both ways', async () => {
    const account = await newAccount({ AddressLine1: 'Oude Weg 1', City: 'Ede' });
    const { rows } = await get(
      `crm/Addresses?$filter=Account eq guid'${account}'&$select=ID,AddressLine1,Type,Main`,
    );

    await send('PUT', `crm/Addresses(guid'${String(rows[0]?.ID)}')`, { AddressLine1: 'Nieuwe Weg 2' });

    expect(rows).toMatchObject([{ AddressLine1: 'Oude Weg 1', Type: 1, Main: true }]);
    expect((await read(account, 'AddressLine1')).AddressLine1).toBe('Nieuwe Weg 2');
  });

  it('a bank account derives its IBAN, and the first one is the main one', async () => {
    const account = await newAccount();
    const made1 = await send('POST', 'crm/BankAccounts', {
      Account: account,
      BankAccount: 'NL33 TEST 0123 4567 89',
    });

    expect(await read(made(made1), 'IBAN,Format,Main', 'crm/BankAccounts')).toMatchObject({
      IBAN: 'NL33TEST0123456789',
      Format: 'IB',
      Main: true,
    });
  });

  it('the code of a cost centre cannot be changed and has at most eight characters', async () => {
    const center = await send('POST', 'hrm/Costcenters', { Code: 'NIEUW1', Description: 'Nieuw' });
    await send('PUT', `hrm/Costcenters(guid'${made(center)}')`, { Code: 'ANDERS', Description: 'Anders' });

    expect(await read(made(center), 'Code,Description', 'hrm/Costcenters')).toMatchObject({
      Code: 'NIEUW1',
      Description: 'Anders',
    });
    expect((await send('POST', 'hrm/Costcenters', { Code: 'NEGENLANG', Description: 'X' })).status).toBe(500);
  });
});

describe('POST salesentry/SalesEntries', () => {
  let customer: string;
  const ledger = async (code: string): Promise<unknown> =>
    (await get(`financial/GLAccounts?$filter=Code eq '${code}'&$select=ID`)).rows[0]?.ID;
  const book = async (fields = {}, line = {}): Promise<Answer> =>
    send('POST', 'salesentry/SalesEntries', {
      Customer: customer,
      Journal: '70',
      SalesEntryLines: [{ GLAccount: await ledger('8000'), AmountFC: 100, VATCode: '4', ...line }],
      ...fields,
    });

  beforeEach(async () => {
    customer = await newAccount();
  });

  it('books, assigns the entry number and makes an open item', async () => {
    const answer = await book({ YourRef: '202600100001', PaymentCondition: '14' });

    expect(answer.status).toBe(201);
    expect(answer.d).toMatchObject({
      AmountDC: 121,
      VATAmountDC: 21,
      Type: 20,
      Status: 20,
      YourRef: '202600100001',
    });
    const { EntryNumber } = answer.d as { readonly EntryNumber: number };
    expect(String(EntryNumber)).toMatch(/^2670\d{4}$/);
    const items = await get(
      `read/financial/ReceivablesList?$filter=EntryNumber eq ${EntryNumber}&$select=Amount,YourRef`,
    );
    expect(items.rows).toMatchObject([{ Amount: 121, YourRef: '202600100001' }]);
  });

  it('a negative total is a credit note', async () => {
    expect((await book({}, { AmountFC: -100 })).d).toMatchObject({ Type: 21, AmountDC: -121 });
  });

  it('a number that does not fit 32 bits is refused (J08)', async () => {
    const answer = await book({ InvoiceNumber: 202100100001 });

    expect(answer.status).toBe(400);
    expect(message(answer)).toContain('Int32');
  });

  it('an entry number that is taken is in use', async () => {
    await book({ EntryNumber: 26709001 });

    const answer = await book({ EntryNumber: 26709001 });

    expect([answer.status, message(answer)]).toEqual([500, 'In gebruik: Boekstuknummer']);
  });

  it('refuses what cannot be booked, each with its own text', async () => {
    const supplier = await newAccount({ Status: 'A', IsSupplier: true });
    const blocked = await newAccount({ Blocked: true });
    const answers = [
      await book({ Customer: supplier }),
      await book({ Customer: blocked }),
      await book({ Customer: EMPTY_GUID }),
      await book({ Journal: '60' }),
      await book({ PaymentCondition: '99' }),
      await book({ EntryDate: '2020-03-01' }),
      await book({ SalesEntryLines: [] }),
      await book({}, { VATCode: 'ZZ' }),
      await book({}, { GLAccount: await ledger('8090') }),
      await book({}, { GLAccount: await ledger('1300') }),
      await book({}, { GLAccount: await ledger('8020') }),
    ];

    expect(answers.every(({ status }) => status === 500)).toBe(true);
    expect(answers.map(message)).toEqual([
      'Relatie is geen klant',
      'Geblokkeerd: Relatie',
      'Verplicht: Klant',
      'Ongeldige referentie: Dagboek',
      'Ongeldige referentie: Betalingsconditie',
      'Periode is afgesloten',
      'Verplicht: Regels',
      'Ongeldige referentie: Btw-code',
      'Geblokkeerd: Grootboekrekening',
      'Ongeldig grootboekrekeningtype',
      'Verplicht: Kostenplaats',
    ]);
  });

  it('AmountDC on a line is read-only, so the line has no amount', async () => {
    const answer = await book({}, { AmountFC: undefined, AmountDC: 100 });

    expect(message(answer)).toBe('Verplicht: Bedrag');
  });
});
