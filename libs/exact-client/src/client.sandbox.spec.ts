import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  consentByForms,
  DEMO_CLIENT,
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from '@koppel/exact-sandbox';
import { afterEach, describe, expect, it } from 'vitest';
import { authorisationUrl, createTokenKeeper, exchangeCode, rowOf, type TokenPair } from './auth/index.js';
import {
  createExactClient,
  createHttpTransport,
  createInMemoryBudget,
  ExactError,
  type BankAccount,
  type Budget,
  type ExactClient,
  type ExactFailure,
  type ModifiedPage,
  type Page,
  type SyncKind,
  type SyncPage,
  type SyncRows,
  type Transport,
} from './index.js';
import { InMemoryTokenStore } from './testing/in-memory-token-store.js';
import { verifyWebhook } from './webhooks/index.js';

const ID = 'connection-1';
const redirectUri = 'http://127.0.0.1:9/exact/callback';
const started: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of started.splice(0)) await stop();
});

interface World {
  sandbox: Sandbox;
  transport: Transport;
  budget: Budget;
  store: InMemoryTokenStore;
  client: ExactClient;
  now: () => Date;
}

async function aSandbox(
  options: SandboxOptions = {},
): Promise<{ sandbox: Sandbox; transport: Transport; now: () => Date }> {
  const clock = { startsAt: '2026-11-25T09:00:00.000Z' };
  const sandbox = await startSandbox({ clock, world: { seed: 7, divisions: 3, relations: 120 }, ...options });
  const transport = createHttpTransport();
  started.push(
    () => transport.close(),
    () => sandbox.stop(),
  );
  return { sandbox, transport, now: () => new Date(sandbox.clock.now()) };
}

async function consent(
  { sandbox, transport, now }: { sandbox: Sandbox; transport: Transport; now: () => Date },
  username = 'anna@bouwgroep-demo.nl',
): Promise<TokenPair> {
  const app = { baseUrl: sandbox.url, clientId: DEMO_CLIENT.clientId, redirectUri };
  const authoriseUrl = authorisationUrl({ ...app, state: 'S1', forceLogin: true });
  const callback = new URL(await consentByForms({ authoriseUrl, username, password: 'demo' }));
  const code = callback.searchParams.get('code') ?? '';
  return exchangeCode({ ...app, transport, clientSecret: DEMO_CLIENT.clientSecret, code, now });
}

function aKeeper(world: Omit<World, 'client' | 'budget'>) {
  return createTokenKeeper({
    store: world.store,
    transport: world.transport,
    baseUrl: world.sandbox.url,
    clientId: DEMO_CLIENT.clientId,
    clientSecret: DEMO_CLIENT.clientSecret,
    now: world.now,
    onReauthRequired: () => undefined,
    wait: () => Promise.resolve(),
  });
}

async function aWorld(options: SandboxOptions = {}, username?: string): Promise<World> {
  const parts = await aSandbox(options);
  const store = new InMemoryTokenStore({ [ID]: rowOf(await consent(parts, username)) });
  const keeper = aKeeper({ ...parts, store });
  const budget = createInMemoryBudget({ now: parts.now });
  const client = createExactClient({
    baseUrl: parts.sandbox.url,
    transport: parts.transport,
    accessToken: () => keeper.accessToken(ID),
    budget,
    now: parts.now,
  });
  return { ...parts, store, budget, client };
}

async function failureOf(promise: Promise<unknown>): Promise<ExactFailure | string> {
  try {
    await promise;
    return 'no failure';
  } catch (error) {
    return error instanceof ExactError ? error.failure : String(error);
  }
}

async function readAll<K extends SyncKind>(
  client: ExactClient,
  kind: K,
  division: number,
): Promise<SyncPage<SyncRows[K]>[]> {
  const pages: SyncPage<SyncRows[K]>[] = [];
  do {
    const last = pages.at(-1);
    const cursor = {
      afterTimestamp: last?.lastTimestamp ?? '1',
      next: last?.next,
      class: 'initial',
    } as const;
    pages.push(await client.syncPage(kind, division, cursor));
  } while (pages.at(-1)?.next !== undefined);
  return pages;
}

async function divisionCodes(client: ExactClient): Promise<number[]> {
  const { CurrentDivision } = await client.me();
  const codes: number[] = [];
  for await (const page of client.divisions(CurrentDivision)) codes.push(...page.rows.map((row) => row.Code));
  return codes;
}

const rowsOf = <T>(pages: readonly Page<T>[]): T[] => pages.flatMap((page) => [...page.rows]);

describe('connecting to the sandbox', () => {
  it('E15 goes from consent to tokens with a code that needs decoding, and refuses it a second time', async () => {
    const parts = await aSandbox();
    const app = { baseUrl: parts.sandbox.url, clientId: DEMO_CLIENT.clientId, redirectUri };
    const authoriseUrl = authorisationUrl({ ...app, state: 'S1+/=', forceLogin: true });
    const steps = { authoriseUrl, username: 'anna@bouwgroep-demo.nl', password: 'demo' };
    const callback = new URL(await consentByForms(steps));
    const code = callback.searchParams.get('code') ?? '';
    const exchange = { ...app, ...parts, clientSecret: DEMO_CLIENT.clientSecret, code };

    expect(callback.searchParams.get('state')).toBe('S1+/=');
    expect((await exchangeCode(exchange)).accessToken).not.toBe('');
    expect(await failureOf(exchangeCode(exchange))).toMatchObject({ kind: 'code-refused' });
  });

  it('E01 eight processes at expiry spend one token call, and the server saw no old token', async () => {
    const { sandbox, transport, store, now } = await aWorld();
    const world = { sandbox, transport, store, now };
    const keepers = Array.from({ length: 8 }, () => aKeeper(world));
    sandbox.journal.clear();
    for (let round = 0; round < 20; round += 1) {
      await sandbox.clock.advance(575_000 + round * 1_000);
      const tokens = await Promise.all(keepers.map((keeper) => keeper.accessToken(ID)));
      expect(new Set(tokens).size).toBe(1);
    }

    expect(sandbox.journal.counters()).toMatchObject({
      tokensIssued: 20,
      tokenCalls: 20,
      secondRefreshTokenUses: 0,
      tooEarlyRefreshes: 0,
    });
  });

  it('E03 a connection that was left alone for 31 days needs a person', async () => {
    const { sandbox, client, store } = await aWorld();
    await sandbox.clock.advance(31 * 86_400_000);

    expect(await failureOf(client.me())).toEqual({ kind: 'reauth-required', reason: 'expired' });
    expect((await store.read(ID))?.state).toBe('reauth-required');
  });
});

describe('reading from the sandbox', () => {
  it('E06 lists what the user may open, and reads each of them whole without rejecting anything', async () => {
    const { client } = await aWorld();
    const codes = await divisionCodes(client);
    expect(codes.length).toBeGreaterThanOrEqual(3);

    for (const division of codes) {
      const accounts = await readAll(client, 'accounts', division);
      const ids = new Set(rowsOf(accounts).map((row) => row.ID));
      expect(accounts.flatMap((page) => page.rejected)).toEqual([]);
      expect(ids.size).toBe(await client.count(division, 'accounts'));
      expect(rowsOf(accounts).every((row) => row.Division === division)).toBe(true);
    }
  });

  it('E08 takes a last page with one row for that row, and the empty page after a full one for the end', async () => {
    const { sandbox, client } = await aWorld({
      world: { seed: 7, divisions: 1, relations: 20, contacts: 0 },
    });
    const [division = 0] = await divisionCodes(client);
    const at = { division, entity: 'crm/Accounts' };
    for (let count = await client.count(division, 'accounts'); count < 1_000; count += 1)
      sandbox.edits.create(at, { Name: `Relatie ${count}` });

    const full = await readAll(client, 'accounts', division);
    expect(full.map(({ rows }) => rows.length)).toEqual([1_000, 0]);
    sandbox.edits.create(at, { Name: 'De ene' });
    const oneMore = await readAll(client, 'accounts', division);
    expect(oneMore.map(({ rows }) => rows.length)).toEqual([1_000, 1]);
    expect(oneMore.at(-1)?.rows[0]?.Name).toBe('De ene');
  });

  it.each(['contacts', 'addresses', 'gl-accounts'] as const)(
    'reads all %s without rejecting any',
    async (kind) => {
      const { client } = await aWorld();
      const [division = 0] = await divisionCodes(client);
      const pages = await readAll(client, kind, division);

      expect(rowsOf(pages as readonly Page<unknown>[]).length).toBeGreaterThan(5);
      expect(pages.flatMap((page) => page.rejected)).toEqual([]);
    },
  );

  it.each(['journals', 'vat-codes', 'payment-conditions', 'cost-centers', 'cost-units'] as const)(
    'reads all %s',
    async (kind) => {
      const { client } = await aWorld();
      const [division = 0] = await divisionCodes(client);
      const page = await client.mastersPage(kind, division, { class: 'initial' });

      expect(page.rows.length).toBeGreaterThan(2);
      expect(page.rejected).toEqual([]);
    },
  );

  it('reads bank accounts page by page, and only what changed since', async () => {
    const { client } = await aWorld({ world: { seed: 7, divisions: 1, relations: 400 } });
    const [division = 0] = await divisionCodes(client);
    const pages: ModifiedPage<BankAccount>[] = [];
    do {
      const { next, lastModified } = pages.at(-1) ?? {};
      pages.push(await client.bankAccountsPage(division, { next, lastModified, class: 'initial' }));
    } while (pages.at(-1)?.next !== undefined);
    const mark = pages.at(-1)?.lastModified;
    const again = await client.bankAccountsPage(division, { modifiedFrom: mark, class: 'resync' });
    const highest = rowsOf(pages).filter((row) => row.Modified === mark);

    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap((page) => page.rejected)).toEqual([]);
    expect(again.rows).toEqual(expect.arrayContaining(highest));
    expect(again.rows.length).toBeLessThan(rowsOf(pages).length / 10);
  });

  it('E10 carries row versions beyond 2^53 digit for digit, and sees nothing new the second time', async () => {
    const { client } = await aWorld({
      world: { seed: 7, divisions: 1, relations: 30, rowVersionBase: 2n ** 53n },
    });
    const [division = 0] = await divisionCodes(client);
    const first = await readAll(client, 'accounts', division);
    const last = first.at(-1)?.lastTimestamp ?? '';
    const second = await client.syncPage('accounts', division, { afterTimestamp: last, class: 'resync' });

    expect(BigInt(last)).toBeGreaterThan(2n ** 53n);
    expect(second).toMatchObject({ rows: [], lastTimestamp: last });
  });

  it('finds an account by its code, although Exact pads it', async () => {
    const { client } = await aWorld();
    const [division = 0] = await divisionCodes(client);
    const [some] = rowsOf(await readAll(client, 'accounts', division));
    const found = await client.findAccounts(division, { code: some?.Code ?? '' });

    expect(found.rows.map((row) => row.ID)).toEqual([some?.ID]);
    expect((await client.account(division, some?.ID ?? '')).Name).toBe(some?.Name);
  });

  it('asks for rights', async () => {
    const { client } = await aWorld({}, 'beperkt@demo.nl');
    const [division = 0] = await divisionCodes(client);

    expect(await client.userHasRights(division, { endpoint: 'crm/Accounts', action: 'GET' })).toBe(false);
    expect(await client.userHasRights(division, { endpoint: 'crm/Contacts', action: 'GET' })).toBe(true);
    // Without the right Exact answers with an empty list and no error.
    expect(
      (await client.syncPage('accounts', division, { afterTimestamp: '1', class: 'initial' })).rows,
    ).toEqual([]);
  });
});

describe('limits of the sandbox', () => {
  it('F30 reads past several minutes of budget without one 429', async () => {
    const { sandbox, client } = await aWorld({ switches: { minuteLimit: 10 } });
    const [division = 0] = await divisionCodes(client);
    let done = 0;
    let waits = 0;
    while (done < 40) {
      const failure = await failureOf(client.mastersPage('journals', division, { class: 'resync' }));
      if (failure === 'no failure') done += 1;
      else {
        const resetsAt =
          new ExactError(failure as ExactFailure).detail('rate-limited')?.resetsAt.getTime() ?? 0;
        await sandbox.clock.advance(resetsAt - sandbox.clock.now());
        waits += 1;
      }
    }

    expect(waits).toBeGreaterThanOrEqual(3);
    expect(sandbox.journal.counters()).toMatchObject({ tooManyPerMinute: 0 });
    expect(sandbox.journal.counters().byStatus['429']).toBeUndefined();
  });

  it.each([
    ['429-minute', { kind: 'rate-limited' }],
    ['429-day', { kind: 'rate-limited' }],
    ['503', { kind: 'unavailable', status: 503 }],
    ['cut-answer', { kind: 'network', phase: 'body' }],
    ['html-200', { kind: 'unexpected-content' }],
    ['empty-200', { kind: 'unexpected-content' }],
    ['malformed-json', { kind: 'malformed' }],
  ] as const)('F34 F35 names the fault %s', async (kind, failure) => {
    const { sandbox, client } = await aWorld();
    const [division = 0] = await divisionCodes(client);
    sandbox.faults.plant({ kind, match: { endpoint: 'sync/CRM/Accounts' } });

    expect(
      await failureOf(client.syncPage('accounts', division, { afterTimestamp: '1', class: 'initial' })),
    ).toMatchObject(failure);
  });

  it('E05 an administration whose rights are gone costs three errors and holds up no other', async () => {
    const { sandbox, client } = await aWorld();
    const [one = 0, two = 0] = await divisionCodes(client);
    sandbox.faults.plant({ kind: 'rights-withdrawn', division: one });
    const cursor = { afterTimestamp: '1', class: 'resync' } as const;
    const kinds: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const failure = await failureOf(client.syncPage('accounts', one, cursor));
      kinds.push(typeof failure === 'string' ? failure : failure.kind);
    }

    expect(kinds).toEqual([
      ...Array<string>(3).fill('forbidden-division'),
      ...Array<string>(3).fill('endpoint-suspended'),
    ]);
    expect(await failureOf(client.syncPage('accounts', two, cursor))).toBe('no failure');
    expect(sandbox.journal.counters().countedErrorsPerHourMax).toBe(3);
  });

  it('F45 a revoked connection costs one token call', async () => {
    const { sandbox, client } = await aWorld();
    await client.me();
    sandbox.faults.plant({ kind: 'token-revoked', user: 'anna@bouwgroep-demo.nl' });
    await sandbox.clock.advance(600_000);
    sandbox.journal.clear();
    for (let n = 0; n < 3; n += 1)
      expect(await failureOf(client.me())).toMatchObject({ kind: 'reauth-required' });

    expect(sandbox.journal.counters().tokenCalls).toBe(1);
  });
});

describe('changes in the sandbox', () => {
  it('sees an edit, a new account and a deletion, and nothing else', async () => {
    const { sandbox, client } = await aWorld();
    const [division = 0] = await divisionCodes(client);
    const before = await readAll(client, 'accounts', division);
    const deletedBefore = await client.deletedPage(division, { afterTimestamp: '1', class: 'resync' });
    const customers = rowsOf(before).filter((row) => row.Type === 'A');
    const [edited] = customers;
    const added = sandbox.edits.create({ division, entity: 'Accounts' }, { Name: 'Nieuw Bouw B.V.' });
    const gone = added.ok
      ? sandbox.edits.delete({ division, entity: 'Accounts', id: added.value.id })
      : added;
    sandbox.edits.edit({ division, entity: 'Accounts', id: edited?.ID ?? '' }, { Phone: '0301234567' });

    const cursor = { afterTimestamp: before.at(-1)?.lastTimestamp ?? '', class: 'resync' } as const;
    const changed = await client.syncPage('accounts', division, cursor);
    const deleted = await client.deletedPage(division, {
      ...cursor,
      afterTimestamp: deletedBefore.lastTimestamp,
    });

    expect(gone.ok).toBe(true);
    expect(changed.rows.map((row) => [row.ID, row.Phone])).toEqual([[edited?.ID, '0301234567']]);
    expect(deleted.rows).toMatchObject([{ EntityKey: added.ok ? added.value.id : '', EntityType: 2 }]);
  });

  it('E10 shows in the list of divisions that row versions were made anew', async () => {
    const { sandbox, client } = await aWorld();
    const [division = 0] = await divisionCodes(client);
    const moveDates = async () => {
      const pages = [];
      for await (const page of client.divisions(division)) pages.push(page);
      return rowsOf(pages).find((row) => row.Code === division)?.DivisionMoveDate;
    };
    const ids = async () =>
      rowsOf(await readAll(client, 'accounts', division))
        .map((row) => row.ID)
        .sort();
    const before = await ids();

    expect(await moveDates()).toBeNull();
    sandbox.edits.moveDivision(division);
    expect(await moveDates()).toBe('2026-11-25');
    expect(await ids()).toEqual(before);
  });

  it('reads Modified as the instant at which the sandbox made the edit, in winter and in summer', async () => {
    for (const startsAt of ['2026-11-25T09:00:00.000Z', '2026-07-01T09:00:00.000Z']) {
      const { sandbox, client } = await aWorld({ clock: { startsAt } });
      const [division = 0] = await divisionCodes(client);
      const added = sandbox.edits.create({ division, entity: 'Accounts' }, { Name: 'Nieuw Bouw B.V.' });
      const account = await client.account(division, added.ok ? added.value.id : '');

      expect(account.Modified).toBe(startsAt);
    }
  });
});

describe('writing to the sandbox', () => {
  it('creates an account, finds it by its fields, and changes only what it is told', async () => {
    const { client } = await aWorld();
    const [division = 0] = await divisionCodes(client);
    const fields = {
      Name: "Bouwbedrijf 't Hart & Zn.",
      City: 'Utrecht',
      VATNumber: 'NL999999990B01',
      Status: 'C',
    } as const;
    const created = await client.createAccount(division, fields);
    await client.updateAccount(division, created.id, { City: 'Zeist' });

    expect(created.record).toMatchObject({ ...fields, ID: created.id });
    for (const filter of [
      { name: fields.Name },
      { vatNumber: fields.VATNumber },
      { code: created.record?.Code ?? '' },
    ]) {
      expect((await client.findAccounts(division, filter)).rows).toMatchObject([
        { ...fields, City: 'Zeist', ID: created.id },
      ]);
    }
  });

  it('names a business rule of Exact as validation, in the language of Exact', async () => {
    const { client } = await aWorld();
    const [division = 0] = await divisionCodes(client);
    const created = await client.createAccount(division, { Name: 'Eerste' });
    const again = client.createAccount(division, { Name: 'Tweede', Code: created.record?.Code ?? '' });

    expect(await failureOf(again)).toEqual({
      kind: 'validation',
      status: 500,
      message: 'Gegeven bestaat reeds.',
    });
  });

  it('F39 a lost answer is uncertain, and one look-up finds what was made', async () => {
    const { sandbox, client } = await aWorld();
    const [division = 0] = await divisionCodes(client);
    sandbox.faults.plant({ kind: 'lost-post-response', match: { endpoint: 'crm/Accounts' } });

    expect(await failureOf(client.createAccount(division, { Name: 'Lost & Found B.V.' }))).toMatchObject({
      kind: 'uncertain',
    });
    expect((await client.findAccounts(division, { name: 'Lost & Found B.V.' })).rows).toHaveLength(1);
    expect(
      sandbox.journal.entries().filter((entry) => entry.method === 'POST' && entry.kind === 'api'),
    ).toHaveLength(1);
  });

  it('books an invoice with our number as text, and finds it again', async () => {
    const { client } = await aWorld();
    const [division = 0] = await divisionCodes(client);
    const accounts = rowsOf(await readAll(client, 'accounts', division));
    const ledger = rowsOf(await readAll(client, 'gl-accounts', division));
    const customer = accounts.find(
      (row) => row.Status === 'C' && row.Blocked !== true && row.EndDate === null && row.Type === 'A',
    );
    const revenue = ledger.find((row) => row.Type === 110 && row.IsBlocked !== true);
    const journals = await client.mastersPage('journals', division, { class: 'resync' });
    const created = await client.createSalesEntry(division, {
      Customer: customer?.ID ?? '',
      Journal: journals.rows.find((row) => row.Type === 20)?.Code ?? '',
      EntryDate: '2026-11-25',
      YourRef: '202600700001',
      SalesEntryLines: [{ AmountFC: 100.5, GLAccount: revenue?.ID ?? '' }],
    });
    const found = await client.findSalesEntryByYourRef(division, '202600700001');

    expect(found.rows).toMatchObject([
      { EntryID: created.id, YourRef: '202600700001', EntryDate: '2026-11-25', Customer: customer?.ID },
    ]);
    expect(created.record?.EntryNumber).toBeGreaterThan(0);
  });
});

describe('webhooks of the sandbox', () => {
  it('F52 answers the validation, then verifies a signed notification', async () => {
    const bodies: string[] = [];
    const receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        bodies.push(Buffer.concat(chunks).toString('utf8'));
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    started.push(() => receiver.close());
    const { port } = receiver.address() as AddressInfo;
    const { sandbox, client } = await aWorld();
    const [division = 0] = await divisionCodes(client);
    const callbackUrl = `http://127.0.0.1:${port}/hooks`;
    const subscription = await client.webhookSubscriptions.create(division, {
      callbackUrl,
      topic: 'Accounts',
    });
    await sandbox.clock.advance(10_000);
    const added = sandbox.edits.create({ division, entity: 'Accounts' }, { Name: 'Gemeld B.V.' });
    await sandbox.clock.advance(60_000);

    expect((await client.webhookSubscriptions.list(division)).rows).toMatchObject([
      { ID: subscription.id, Topic: 'Accounts' },
    ]);
    expect(bodies.map((body) => verifyWebhook(body, DEMO_CLIENT.webhookSecret))).toMatchObject([
      { ok: false, error: { kind: 'validation-request' } },
      {
        ok: true,
        content: {
          Topic: 'Accounts',
          Action: 'Create',
          Division: division,
          Key: added.ok ? added.value.id : '',
        },
      },
    ]);
    await client.webhookSubscriptions.delete(division, subscription.id);
    expect((await client.webhookSubscriptions.list(division)).rows).toEqual([]);
  });
});
