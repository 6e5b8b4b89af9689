import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../start-sandbox.js';
import { authorise, call, type Answer } from '../testing/connected-app.js';
import { RestartingSandbox } from '../testing/restarting-sandbox.js';

const DIVISION = 3412001;

let restarting: RestartingSandbox;
let token: string;
const send = (sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<Answer> =>
  call(sandbox, token, `${DIVISION}/${path}`, { method, ...(body === undefined ? {} : { body }) });
const idOf = ({ d }: Answer): string => {
  const row = d as { readonly ID?: string; readonly EntryID?: string };
  return String(row.ID ?? row.EntryID);
};
/** All that can be read, row versions and stamps of time included. */
const everything = async (sandbox: Sandbox): Promise<readonly string[]> => {
  const paths = [
    ...['CRM/Accounts', 'CRM/Contacts', 'CRM/Addresses', 'Financial/GLAccounts', 'Deleted'].map(
      (set) => `sync/${set}?$filter=Timestamp gt 1L`,
    ),
    ...['crm/BankAccounts', 'cashflow/PaymentConditions', 'hrm/Costcenters', 'financial/Journals'],
    ...['salesentry/SalesEntries?$expand=SalesEntryLines', 'read/financial/ReceivablesList'],
    ...['webhooks/WebhookSubscriptions', 'system/Divisions'],
  ];
  const answers = [];
  for (const path of paths) answers.push(await send(sandbox, 'GET', path));
  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  return answers.map(({ text }) => text.replaceAll(sandbox.url, ''));
};
/** One of every kind of change, each answered before the next; `between` runs after each. */
async function liveThrough(
  sandbox: () => Sandbox,
  between: () => Promise<unknown>,
): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  const does = async (method: string, path: string, body?: unknown): Promise<string> => {
    const answer = await send(sandbox(), method, path, body);
    expect([200, 201, 204]).toContain(answer.status);
    answers.push(answer.text.replaceAll(sandbox().url, ''));
    await between();
    return method === 'POST' ? idOf(answer) : '';
  };
  const customer = await does('POST', 'crm/Accounts', { Name: 'Een B.V.', City: 'Ede', Status: 'C' });
  const other = await does('POST', 'crm/Accounts', { Name: 'Twee B.V.', Status: 'A' });
  await does('PUT', `crm/Accounts(guid'${customer}')`, { Phone: '0318 555 555', AddressLine1: 'Dorp 1' });
  const person = { FirstName: 'Jo', LastName: 'Bos', Account: customer };
  const contact = await does('POST', 'crm/Contacts', person);
  await does('POST', 'crm/Contacts', { ...person, LastName: 'Dal' });
  const place = { AddressLine1: 'Plein 2', City: 'Goes', Account: customer, Main: true };
  const address = await does('POST', 'crm/Addresses', place);
  await does('PUT', `crm/Addresses(guid'${address}')`, { City: 'Oss' });
  await does('POST', 'crm/BankAccounts', { Account: customer, BankAccount: 'NL91 ABNA 0417 1643 00' });
  const ledgers = await send(sandbox(), 'GET', "financial/GLAccounts?$filter=Code eq '8000'&$select=ID");
  const lines = [{ GLAccount: ledgers.rows[0]?.ID, AmountFC: 100, VATCode: '4' }];
  const booking = { Customer: customer, Journal: '70', SalesEntryLines: lines };
  await does('POST', 'salesentry/SalesEntries', booking);
  const second = await does('POST', 'salesentry/SalesEntries', booking);
  await does('DELETE', `salesentry/SalesEntries(guid'${second}')`);
  await does('POST', 'salesentry/SalesEntries', booking);
  await does('DELETE', `crm/Contacts(guid'${contact}')`);
  await does('DELETE', `crm/Accounts(guid'${other}')`);
  await does('POST', 'hrm/Costcenters', { Code: 'WERF9', Description: 'Werf 9' });
  const seeded = String(
    (await send(sandbox(), 'GET', 'sync/CRM/Accounts?$filter=Timestamp gt 1L')).rows[7]?.ID,
  );
  sandbox().edits.edit({ division: DIVISION, entity: 'Accounts', id: seeded }, { Name: 'Hernoemd B.V.' });
  await between();
  sandbox().edits.create({ division: DIVISION, entity: 'Accounts' }, { Name: 'Door een mens' }, 7);
  await between();
  await does('POST', 'crm/Accounts', { Name: 'Drie B.V.' });
  return answers;
}

beforeEach(() => {
  restarting = new RestartingSandbox();
});
afterEach(() => restarting.remove());

describe('records after a restart', () => {
  it('codes, numbers, ids and row versions are those of a sandbox that never stopped', async () => {
    const steady = new RestartingSandbox();
    await steady.start();
    ({ access_token: token } = await authorise(steady.now));
    const expected = await liveThrough(
      () => steady.now,
      () => Promise.resolve(),
    );
    const world = await everything(steady.now);
    const truth = [...steady.now.world.truth()];
    await steady.remove();

    await restarting.start();
    ({ access_token: token } = await authorise(restarting.now));
    const answers = await liveThrough(
      () => restarting.now,
      () => restarting.start(),
    );

    expect(answers).toEqual(expected);
    expect(await everything(restarting.now)).toEqual(world);
    expect([...restarting.now.world.truth()]).toEqual(truth);
  });

  it('a moved division has the same row versions, and so has what was written after it', async () => {
    await restarting.start();
    ({ access_token: token } = await authorise(restarting.now));
    const before = await send(restarting.now, 'POST', 'crm/Accounts', { Name: 'Voor de verhuizing' });
    restarting.now.edits.edit({ division: DIVISION, entity: 'Accounts', id: idOf(before) }, { City: 'Ede' });
    restarting.now.edits.moveDivision(DIVISION);
    await send(restarting.now, 'POST', 'crm/Accounts', { Name: 'Na de verhuizing' });
    await send(restarting.now, 'DELETE', `crm/Accounts(guid'${idOf(before)}')`);
    const world = await everything(restarting.now);

    for (let restart = 0; restart < 2; restart += 1) await restarting.start();

    expect(await everything(restarting.now)).toEqual(world);
  });

  it('a validated subscription still gets notices', async () => {
    const received: string[] = [];
    const receiver = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => received.push(chunk.toString()));
      request.on('end', () => response.end());
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    await restarting.start();
    ({ access_token: token } = await authorise(restarting.now));
    const CallbackURL = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    await send(restarting.now, 'POST', 'webhooks/WebhookSubscriptions', { CallbackURL, Topic: 'Accounts' });
    await restarting.now.clock.advance(2_000);
    const sandbox = await restarting.start();

    sandbox.edits.create({ division: DIVISION, entity: 'Accounts' }, { Name: 'Nieuw B.V.' });
    await sandbox.clock.advance(60_000);
    receiver.close();

    expect(received.join()).toContain('"Action":"Create"');
  });

  it('the file does not grow with edits of the same record', async () => {
    await restarting.start();
    const made = restarting.now.edits.create({ division: DIVISION, entity: 'Accounts' }, { Name: 'Nul' });
    const id = made.ok ? made.value.id : '';
    for (let edit = 0; edit < 200; edit += 1) {
      restarting.now.edits.edit({ division: DIVISION, entity: 'Accounts', id }, { Name: `Naam ${edit}` });
      await Promise.resolve();
    }
    await restarting.stop();
    const before = restarting.lines().length;

    await restarting.start();

    expect(before).toBe(201);
    expect(restarting.lines()).toHaveLength(3);
    expect(restarting.lines().join()).toContain('Naam 199');
  });
});
