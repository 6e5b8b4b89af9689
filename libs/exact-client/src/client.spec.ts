import { describe, expect, it } from 'vitest';
import { createExactClient, type ExactClientOptions } from './client.js';
import { ExactError, isSafeToRepeat, isTransient, type ExactFailure } from './errors.js';
import { NO_DIVISION, type Budget, type BudgetedCall, type CallOutcome } from './limits/budget.js';
import { createInMemoryBudget } from './limits/in-memory-budget.js';
import type { CallObservation } from './request.js';
import { mayReadRelations } from './resources/reach.js';
import { aClock } from './testing/a-clock.js';
import { aScript, anAnswer, type Script } from './testing/answers.js';
import { aGuid, anAccount } from './testing/records.js';
import type { TransportResponse } from './transport.js';

const base = 'https://start.exactonline.nl';
const division = 900001;
const first = { afterTimestamp: '1', class: 'initial' } as const;

interface Recorded {
  call: BudgetedCall;
  outcome: CallOutcome;
}

/** A budget that lets everything go and remembers it. */
function aBudgetThatWatches(): Budget & {
  reserved: BudgetedCall[];
  recorded: Recorded[];
  givenBack: BudgetedCall[];
} {
  const reserved: BudgetedCall[] = [];
  const recorded: Recorded[] = [];
  const givenBack: BudgetedCall[] = [];
  return {
    ...{ reserved, recorded, givenBack },
    reserve: (call) => Promise.resolve(void reserved.push(call)),
    check: () => Promise.resolve('go'),
    record: (call, outcome) => Promise.resolve(void recorded.push({ call, outcome })),
    giveBack: (call) => Promise.resolve(void givenBack.push(call)),
  };
}

function aClient(transport: Script, options: Partial<ExactClientOptions> = {}) {
  const budget = aBudgetThatWatches();
  const { now } = aClock();
  const accessToken = () => Promise.resolve('AT1');
  const client = createExactClient({ baseUrl: base, transport, accessToken, budget, now, ...options });
  return { client, budget, transport };
}

function aPage(rows: unknown[], next?: string): TransportResponse {
  return anAnswer({ body: { d: { results: rows, ...(next !== undefined && { __next: next }) } } });
}

async function failureOf(promise: Promise<unknown>): Promise<ExactFailure | string> {
  try {
    await promise;
    return 'no failure';
  } catch (error) {
    return error instanceof ExactError ? error.failure : String(error);
  }
}

const queryOf = (script: Script, index = 0): URLSearchParams =>
  new URL(script.requests[index]?.url ?? '').searchParams;

describe('syncPage', () => {
  it('E10 starts from row version 1 and asks only for the fields of its schema', async () => {
    const script = aScript(aPage([anAccount()]));
    const page = await aClient(script).client.syncPage('accounts', division, first);

    expect(new URL(script.requests[0]?.url ?? '').pathname).toBe('/api/v1/900001/sync/CRM/Accounts');
    expect(queryOf(script).get('$filter')).toBe('Timestamp gt 1L');
    expect(queryOf(script).get('$select')?.split(',')).toEqual(
      expect.arrayContaining(['Timestamp', 'ID', 'Name', 'VATNumber']),
    );
    expect(page).toMatchObject({ rows: [{ ID: aGuid(1), Name: 'Jansen Bouw B.V.' }], lastTimestamp: '100' });
    expect(page).not.toHaveProperty('next');
  });

  it('E10 carries a row version beyond 2^53 digit for digit to the next filter', async () => {
    const script = aScript(aPage([anAccount({ Timestamp: '9007199254740993' })]), aPage([]));
    const { client } = aClient(script);
    const page = await client.syncPage('accounts', division, first);
    const following = await client.syncPage('accounts', division, {
      ...first,
      afterTimestamp: page.lastTimestamp,
    });

    expect(queryOf(script, 1).get('$filter')).toBe('Timestamp gt 9007199254740993L');
    expect(following.lastTimestamp).toBe('9007199254740993');
  });

  it('E08 follows the link of a full page verbatim, and ends at the empty one', async () => {
    const link = `${base}/api/v1/900001/sync/CRM/Accounts?$select=ID&$filter=Timestamp%20gt%201L&$skiptoken=100L`;
    const script = aScript(aPage([anAccount()], link), aPage([]));
    const { client } = aClient(script);
    const page = await client.syncPage('accounts', division, first);
    const last = await client.syncPage('accounts', division, { ...first, next: page.next });

    expect(script.requests[1]?.url).toBe(link);
    expect(last).toMatchObject({ rows: [], lastTimestamp: '1' });
    expect(last.next).toBeUndefined();
  });

  it('F37 sends no Authorization to another host', async () => {
    const script = aScript(aPage([anAccount()], 'https://evil.example/api/v1/900001/sync/CRM/Accounts'));
    const { client } = aClient(script);

    expect(await failureOf(client.syncPage('accounts', division, first))).toEqual({
      kind: 'foreign-link',
      host: 'evil.example',
    });
    const stored = { ...first, next: 'https://evil.example/api/v1/900001/x' };
    expect(await failureOf(client.syncPage('accounts', division, stored))).toMatchObject({
      kind: 'foreign-link',
    });
    expect(script.requests).toHaveLength(1);
  });

  it('F37 finds a loop after one repeat', async () => {
    const link = (n: number) => `${base}/api/v1/900001/sync/CRM/Accounts?$skiptoken=${n}L`;
    const script = aScript(aPage([], link(1)), aPage([], link(2)), aPage([], link(1)));
    const { client } = aClient(script);
    const one = await client.syncPage('accounts', division, first);
    const two = await client.syncPage('accounts', division, { ...first, next: one.next });

    expect(await failureOf(client.syncPage('accounts', division, { ...first, next: two.next }))).toEqual({
      kind: 'loop',
    });
  });

  it('E06 aborts the page when a row belongs to another division', async () => {
    const script = aScript(aPage([anAccount(), anAccount({ ID: aGuid(2), Division: 900003 })]));

    expect(await failureOf(aClient(script).client.syncPage('accounts', division, first))).toMatchObject({
      kind: 'malformed',
    });
  });

  it('keeps the higher row version of a record that stands twice in a page', async () => {
    const twice = [
      anAccount({ Timestamp: '99', Name: 'Old' }),
      anAccount({ Timestamp: '100', Name: 'New' }),
      anAccount({ ID: aGuid(2) }),
    ];
    const page = await aClient(aScript(aPage(twice))).client.syncPage('accounts', division, first);

    expect(page.rows.map((row) => row.Name)).toEqual(['New', 'Jansen Bouw B.V.']);
  });

  it('F36 sets a bad record aside and moves the row version past it', async () => {
    const bad = anAccount({ ID: aGuid(2), Timestamp: '101', EndDate: 'binnenkort' });
    const page = await aClient(aScript(aPage([anAccount(), bad]))).client.syncPage(
      'accounts',
      division,
      first,
    );

    expect(page.rows).toHaveLength(1);
    expect(page.rejected).toEqual([{ id: aGuid(2), timestamp: '101', reason: 'EndDate is no date' }]);
    expect(page.lastTimestamp).toBe('101');
  });

  it('refuses a cursor that is no row version, before any call', async () => {
    const script = aScript();
    const cursor = { ...first, afterTimestamp: '2024-07-03T10:00:00Z' };

    expect(await failureOf(aClient(script).client.syncPage('accounts', division, cursor))).toMatchObject({
      kind: 'validation',
      status: 0,
    });
    expect(script.requests).toHaveLength(0);
  });

  it('E11 reads what was deleted, with the kind of record', async () => {
    const row = {
      Timestamp: '7',
      ID: aGuid(9),
      Division: division,
      EntityKey: aGuid(17),
      EntityType: 2,
      DeletedDate: '/Date(1720008000000)/',
    };
    const page = await aClient(aScript(aPage([row]))).client.deletedPage(division, first);

    expect(page).toMatchObject({
      rows: [{ EntityKey: aGuid(17), EntityType: 2, DeletedDate: '2024-07-03' }],
      lastTimestamp: '7',
    });
  });
});

const html = (status: number) =>
  anAnswer({ status, body: '<html>Login</html>', headers: { 'content-type': 'text/html' } });
const odataError = (status: number, value: string, headers: Record<string, string> = {}) =>
  anAnswer({ status, headers, body: { error: { code: '', message: { lang: '', value } } } });

describe('what an answer stands for', () => {
  it.each([
    [
      'a page of another kind',
      html(200),
      { kind: 'unexpected-content', status: 200, contentType: 'text/html' },
    ],
    ['an empty 200', anAnswer({ body: '' }), { kind: 'unexpected-content', status: 200 }],
    ['a redirect to the login', html(302), { kind: 'unexpected-content', status: 302 }],
    [
      'JSON that is cut',
      anAnswer({ body: '{"d":{"results":[{"ID":"' }),
      { kind: 'malformed', mayPass: true },
    ],
    ['an unknown shape', anAnswer({ body: {} }), { kind: 'malformed' }],
    [
      '400',
      odataError(400, 'Error in query syntax'),
      { kind: 'validation', status: 400, message: 'Error in query syntax' },
    ],
    ['401 with a page', html(401), { kind: 'unauthorised' }],
    [
      '403 with Reason',
      odataError(403, 'Forbidden', { Reason: 'NoDivisionAccess' }),
      { kind: 'forbidden-division', reason: 'NoDivisionAccess' },
    ],
    [
      '403 blocked',
      odataError(403, 'Forbidden', { Reason: 'DivisionBlocked' }),
      { kind: 'forbidden-division', reason: 'DivisionBlocked' },
    ],
    [
      '403 out of consent',
      odataError(403, 'Forbidden - User division is not within division scope.'),
      { kind: 'forbidden-division', reason: 'DivisionOutOfScope' },
    ],
    [
      '403 scope of the app',
      odataError(403, 'Application Scope Violated. Cannot read'),
      { kind: 'forbidden-module', reason: 'ApplicationScope' },
    ],
    ['403 without a word', odataError(403, 'Forbidden'), { kind: 'forbidden-module', reason: undefined }],
    ['404', html(404), { kind: 'not-found' }],
    ['405', html(405), { kind: 'validation', status: 405, message: '' }],
    [
      '500 with a message',
      odataError(500, 'Gegeven bestaat reeds.'),
      { kind: 'validation', status: 500, message: 'Gegeven bestaat reeds.' },
    ],
    ['500 without', html(500), { kind: 'unavailable', status: 500 }],
    [
      '503 with Retry-After',
      anAnswer({ status: 503, headers: { 'Retry-After': '30' } }),
      { kind: 'unavailable', retryAt: new Date('2026-11-25T09:00:30Z') },
    ],
    [
      '429',
      anAnswer({ status: 429 }),
      { kind: 'rate-limited', window: 'unknown', resetsAt: new Date('2026-11-25T09:01:00Z') },
    ],
  ])('F35 %s', async (_name, answer, failure) => {
    const { client } = aClient(aScript(answer));

    expect(await failureOf(client.syncPage('accounts', division, first))).toMatchObject(failure);
  });

  it('keeps the text of an answer out of the error', async () => {
    const { client } = aClient(aScript(anAnswer({ status: 503, body: 'Jansen AT1' })));
    const error = await client.syncPage('accounts', division, first).catch((reason: unknown) => reason);

    expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/Jansen|AT1/);
  });
});

describe('a refused access token', () => {
  const tokens =
    (...all: string[]) =>
    () =>
      Promise.resolve(all.length > 1 ? (all.shift() ?? '') : (all[0] ?? ''));

  it('is renewed and tried again once', async () => {
    const script = aScript(html(401), aPage([]));
    const { client } = aClient(script, { accessToken: tokens('AT1', 'AT2') });

    expect(await failureOf(client.syncPage('accounts', division, first))).toBe('no failure');
    expect(script.requests.map((request) => request.headers['authorization'])).toEqual([
      'Bearer AT1',
      'Bearer AT2',
    ]);
  });

  it('is not sent twice when it is still the current one, since each 401 counts', async () => {
    const script = aScript(html(401));

    expect(await failureOf(aClient(script).client.syncPage('accounts', division, first))).toEqual({
      kind: 'unauthorised',
    });
    expect(script.requests).toHaveLength(1);
  });

  it('ends in unauthorised when the new one is refused too', async () => {
    const script = aScript(html(401), html(401));
    const { client } = aClient(script, { accessToken: tokens('AT1', 'AT2', 'AT3') });

    expect(await failureOf(client.syncPage('accounts', division, first))).toEqual({ kind: 'unauthorised' });
    expect(script.requests).toHaveLength(2);
  });
});

describe('budget and observation', () => {
  it('reserves before a call and records its status and limits after it', async () => {
    const headers = { 'X-RateLimit-Minutely-Remaining': '12', Reason: 'NoDivisionAccess' };
    const { client, budget } = aClient(aScript(anAnswer({ status: 403, headers })));
    await failureOf(client.syncPage('accounts', division, first));

    const call = { division, endpoint: 'sync/CRM/Accounts', class: 'initial' };
    expect(budget.reserved).toEqual([call]);
    expect(budget.recorded).toEqual([
      { call, outcome: { status: 403, limits: { minute: { remaining: 12 } } } },
    ]);
  });

  it('counts an answer that cannot be read as an answer, and none as none (F32, F35)', async () => {
    const unread = new ExactError({ kind: 'unexpected-content', status: 200, contentType: 'text/html' });
    const silent = new ExactError({ kind: 'timeout', phase: 'headers', afterMs: 30_000 });
    const { client, budget } = aClient(aScript(unread, silent));
    for (const error of [unread, silent])
      expect(await failureOf(client.syncPage('accounts', division, first))).toBe(error.failure);

    expect(budget.recorded.map(({ outcome }) => outcome.status)).toEqual([200, 0]);
  });

  it('sends nothing when the budget says no', async () => {
    const script = aScript();
    const refusal = new ExactError({
      kind: 'rate-limited',
      window: 'minute',
      resetsAt: new Date('2026-11-25T09:01:00Z'),
    });
    const budget: Budget = {
      ...aBudgetThatWatches(),
      reserve: () => Promise.reject(refusal),
    };

    expect(await failureOf(aClient(script, { budget }).client.syncPage('accounts', division, first))).toBe(
      refusal.failure,
    );
    expect(script.requests).toHaveLength(0);
  });

  it('asks for no token while the circuit is open, and counts a token that could not be had as a call without an answer', async () => {
    let asked = 0;
    const away = new ExactError({ kind: 'unavailable', status: 503, retryAt: undefined });
    const accessToken = () => {
      asked += 1;
      return Promise.reject(away);
    };
    const watching = aBudgetThatWatches();
    const { client } = aClient(aScript(), { budget: watching, accessToken });
    expect(await failureOf(client.syncPage('accounts', division, first))).toBe(away.failure);
    expect([asked, watching.reserved, watching.recorded]).toMatchObject([
      1,
      [],
      [{ outcome: { status: 0 } }],
    ]);

    const open = new ExactError({ kind: 'circuit-open', until: new Date('2026-11-25T09:01:00Z') });
    const budget: Budget = { ...watching, check: () => Promise.reject(open) };
    const waiting = aClient(aScript(), { budget, accessToken }).client;
    expect(await failureOf(waiting.syncPage('accounts', division, first))).toBe(open.failure);
    expect(asked).toBe(1);
  });

  it('counts one token that could not be had once, for however many calls it was, and none when Exact answered (F32)', async () => {
    const fail = async (error: ExactError, calls: number) => {
      const { client, budget } = aClient(aScript(), { accessToken: () => Promise.reject(error) });
      for (let count = 0; count < calls; count += 1)
        await failureOf(client.syncPage('accounts', division, first));
      return budget.recorded.length;
    };
    expect(await fail(new ExactError({ kind: 'timeout', phase: 'headers', afterMs: 1 }), 5)).toBe(1);
    // 0: of one connection's token nothing could be learned.
    for (const status of [0, 500])
      expect(await fail(new ExactError({ kind: 'unavailable', status, retryAt: undefined }), 1)).toBe(0);
  });

  it('asks one connection of all for a token when the pause of the circuit is over, and goes on with that answer (F32)', async () => {
    const clock = aClock();
    const budget = createInMemoryBudget({ now: clock.now });
    const exact = { asked: 0, isAway: true };
    const accessToken = (): Promise<string> => {
      exact.asked += 1;
      if (!exact.isAway) return Promise.resolve('AT1');
      return Promise.reject(new ExactError({ kind: 'unavailable', status: 503, retryAt: undefined }));
    };
    const scripts = Array.from({ length: 20 }, () => aScript(aPage([])));
    const calls = scripts.map((script, index) => {
      const { client } = aClient(script, { budget, accessToken, now: clock.now });
      return () => failureOf(client.syncPage('accounts', division + index, first));
    });
    for (const call of calls) await call();
    expect(exact.asked).toBe(5);

    clock.advance(5_000);
    await Promise.all(calls.map((call) => call()));
    expect(exact.asked).toBe(6);

    exact.isAway = false;
    clock.advance(10_000);
    await Promise.all(calls.map((call) => call()));
    expect(exact.asked).toBe(7);
    expect(scripts.flatMap(({ requests }) => requests)).toHaveLength(1);
    const failures: unknown[] = [];
    for (const call of calls.slice(1)) failures.push(await call());
    expect(new Set(failures)).toEqual(new Set(['no failure']));
  });

  it('gives the try back when its token could not be had for another reason than an Exact that is away', async () => {
    const watching = aBudgetThatWatches();
    const budget: Budget = { ...watching, check: () => Promise.resolve('try') };
    const accessToken = () => Promise.reject(new Error('database away'));
    await failureOf(aClient(aScript(), { budget, accessToken }).client.syncPage('accounts', division, first));

    expect(watching.reserved).toHaveLength(1);
    expect(watching.givenBack).toEqual(watching.reserved);
    expect(watching.recorded).toEqual([]);
  });

  it('records a call without an answer as 0', async () => {
    const { client, budget } = aClient(
      aScript(new ExactError({ kind: 'timeout', phase: 'headers', afterMs: 1 })),
    );
    await failureOf(client.syncPage('accounts', division, first));

    expect(budget.recorded[0]?.outcome).toEqual({ status: 0, limits: {} });
  });

  it('tells an observer of every call, without token, body or filter value', async () => {
    const seen: CallObservation[] = [];
    const { client } = aClient(aScript(aPage([])), { observe: (call) => seen.push(call) });
    await client.findAccounts(division, { name: 'Jansen' });

    expect(seen).toMatchObject([
      { method: 'GET', division, path: '/api/v1/900001/crm/Accounts', status: 200 },
    ]);
    expect(JSON.stringify(seen)).not.toMatch(/Jansen|AT1/);
  });
});

describe('divisions', () => {
  const aDivision = (overrides: Record<string, unknown>) => ({
    Code: division,
    Hid: '1',
    Description: 'Bouw B.V.',
    Customer: aGuid(5),
    CustomerCode: '           1265594',
    CustomerName: 'Groep',
    Status: 1,
    BlockingStatus: 0,
    Country: 'NL ',
    Currency: 'EUR',
    Legislation: 'NL ',
    ChamberOfCommerceNumber: '12345678',
    VATNumber: null,
    City: null,
    IsMainDivision: true,
    IsHRDivision: false,
    IsDossierDivision: false,
    IsPracticeDivision: false,
    TemplateCode: null,
    StartDate: null,
    ArchiveDate: null,
    DivisionMoveDate: null,
    DivisionHRLinkUnlinkDate: null,
    Created: '/Date(1720041459380)/',
    Modified: '/Date(1720041459380)/',
    ...overrides,
  });

  it('E06 lists all pages of system/Divisions, with status and blocking in words', async () => {
    const link = `${base}/api/v1/900001/system/Divisions?$skiptoken=60`;
    const script = aScript(
      aPage(
        Array.from({ length: 60 }, (_, n) => aDivision({ Code: 900001 + n })),
        link,
      ),
      aPage([
        aDivision({
          Code: 10_000_017,
          Status: 2,
          BlockingStatus: 6,
          DivisionMoveDate: '/Date(1720008000000)/',
        }),
      ]),
    );
    const rows = [];
    for await (const page of aClient(script).client.divisions(division)) rows.push(...page.rows);

    expect(script.requests[0]?.url).toContain('/api/v1/900001/system/Divisions?');
    expect(rows).toHaveLength(61);
    expect(rows[0]).toMatchObject({
      Status: 'active',
      BlockingStatus: 'not-blocked',
      CustomerCode: '1265594',
      Country: 'NL',
    });
    expect(rows[60]).toMatchObject({
      Code: 10_000_017,
      Status: 'archived',
      BlockingStatus: 'copy-data-busy',
      DivisionMoveDate: '2024-07-03',
    });
  });

  it('asks who it is without a division, and without spending a budget', async () => {
    const me = {
      UserID: aGuid(1),
      CurrentDivision: division,
      AccountingDivision: null,
      UserName: 'anna',
      FullName: 'Anna',
      Email: 'a@b.nl',
      LanguageCode: 'nl-NL',
      DivisionCustomerCode: null,
      DivisionCustomerName: null,
      PackageCode: null,
      ServerUtcOffset: 3600,
    };
    const { client, budget, transport } = aClient(aScript(anAnswer({ body: { d: { results: [me] } } })));

    expect(await client.me()).toMatchObject({ CurrentDivision: division, ServerUtcOffset: 3600 });
    expect(transport.requests[0]?.url).toContain('/api/v1/current/Me?$select=');
    expect(budget.reserved).toEqual([]);
    expect(budget.recorded).toMatchObject([
      { call: { division: NO_DIVISION, endpoint: 'current/Me' }, outcome: { status: 200 } },
    ]);
  });

  it('tells the circuit of an Exact that does not say who it is, and tries for all when a pause is over (F32)', async () => {
    const { now, advance } = aClock();
    const budget = createInMemoryBudget({ now, random: () => 1 });
    const script = aScript(...Array.from({ length: 7 }, () => anAnswer({ status: 503 })));
    const { client } = aClient(script, { budget, now });
    const ask = () => failureOf(client.me('upkeep'));
    for (let count = 0; count < 5; count += 1) expect(await ask()).toMatchObject({ kind: 'unavailable' });
    expect(await ask()).toMatchObject({ kind: 'circuit-open' });
    expect(await failureOf(mayReadRelations(client, division, 'upkeep'))).toMatchObject({
      kind: 'circuit-open',
    });

    advance(5_000);
    const both = await Promise.all([ask(), ask()]);
    expect(both.map((failure) => (typeof failure === 'string' ? failure : failure.kind)).sort()).toEqual([
      'circuit-open',
      'unavailable',
    ]);
    expect(await failureOf(client.me())).toMatchObject({ kind: 'unavailable' });
    expect(script.requests).toHaveLength(7);
  });

  it('waits with who it is, as with all that nobody waits for, while the circuit is open (F32)', async () => {
    const open = new ExactError({ kind: 'circuit-open', until: new Date('2026-11-25T09:01:00Z') });
    const check = (call: BudgetedCall) =>
      call.class === 'interactive' ? Promise.resolve('go' as const) : Promise.reject(open);
    const script = aScript(anAnswer({ status: 500 }));
    const { client } = aClient(script, { budget: { ...aBudgetThatWatches(), check } });

    expect(await failureOf(client.me('upkeep'))).toBe(open.failure);
    expect(await failureOf(mayReadRelations(client, division, 'upkeep'))).toBe(open.failure);
    expect(script.requests).toEqual([]);
    expect(await failureOf(client.me())).toMatchObject({ kind: 'unavailable' });
  });

  it('E08 asks for a right and understands the plain answer', async () => {
    const script = aScript(anAnswer({ body: { d: false } }));

    expect(
      await aClient(script).client.userHasRights(division, { endpoint: 'CRM/Accounts', action: 'PUT' }),
    ).toBe(false);
    expect(queryOf(script).get('endpoint')).toBe("'CRM/Accounts'");
  });
});

describe('accounts', () => {
  it('E08 reads one account, by whatever shape it comes in', async () => {
    const { Timestamp: _unused, ...single } = anAccount();
    for (const d of [single, [single], { results: [single] }]) {
      const script = aScript(anAnswer({ body: { d } }));
      expect((await aClient(script).client.account(division, aGuid(1))).Name).toBe('Jansen Bouw B.V.');
      expect(script.requests[0]?.url).toContain(`/crm/Accounts(guid'${aGuid(1)}')?$select=ID`);
    }
  });

  it('counts, in plain text and with a filter, since filters may be mandatory', async () => {
    const script = aScript(anAnswer({ body: '20000', headers: { 'content-type': 'text/plain' } }));

    expect(await aClient(script).client.count(division, 'accounts')).toBe(20_000);
    expect(script.requests[0]?.headers).not.toHaveProperty('accept');
    expect(queryOf(script).get('$filter')).toContain('ID ne guid');
  });

  it.each([
    [{ code: '25' }, "Code eq '                25'"],
    [{ name: "Bouwbedrijf 't Hart" }, "Name eq 'Bouwbedrijf ''t Hart'"],
    [{ vatNumber: 'NL001234567B01' }, "VATNumber eq 'NL001234567B01'"],
    [{ chamberOfCommerce: '12345678' }, "ChamberOfCommerce eq '12345678'"],
  ])('finds by %j', async (filter, expected) => {
    const script = aScript(aPage([]));
    await aClient(script).client.findAccounts(division, filter);

    expect(queryOf(script).get('$filter')).toBe(expected);
  });

  it('changes only the fields that are given', async () => {
    const script = aScript(anAnswer({ status: 204, headers: {} }));
    await aClient(script).client.updateAccount(division, aGuid(1), { Name: 'Nieuw', Phone: null });

    expect(script.requests[0]).toMatchObject({ method: 'PUT', body: '{"Name":"Nieuw","Phone":null}' });
  });

  it('sends no write that is too late when its turn comes, and reads all the same', async () => {
    const script = aScript(anAnswer({ body: { d: anAccount() } }));
    const { client, budget } = aClient(script);
    const writing = client.writing({ class: 'interactive', isTooLate: () => true });
    expect(await failureOf(writing.updateAccount(division, aGuid(1), { Name: 'Nieuw' }))).toEqual({
      kind: 'too-late',
    });
    expect(await failureOf(writing.createAccount(division, { Name: 'Nieuw' }))).toEqual({ kind: 'too-late' });
    expect(script.requests).toHaveLength(0);
    expect(budget.givenBack).toEqual(budget.reserved);
    await writing.account(division, aGuid(1));
    expect(script.requests).toHaveLength(1);
    expect(budget.givenBack).toHaveLength(2);
  });

  it('charges each call on a single record to who waits for it; to a person when nobody is named (F31)', async () => {
    const account = { body: { d: anAccount() } };
    const changed = { status: 204, headers: {} };
    const script = () => aScript(anAnswer(account), aPage([]), anAnswer(changed), anAnswer(account));
    const plan = aClient(script());
    const person = aClient(script());
    for (const calls of [plan.client.writing({ class: 'plan' }), person.client]) {
      await calls.account(division, aGuid(1));
      await calls.findAccounts(division, { code: '25' });
      await calls.updateAccount(division, aGuid(1), { Name: 'Nieuw' });
      await calls.createAccount(division, { Name: 'Nieuw' });
    }
    expect(plan.budget.reserved.map((call) => call.class)).toEqual(['plan', 'plan', 'plan', 'plan']);
    expect(new Set(person.budget.reserved.map((call) => call.class))).toEqual(new Set(['interactive']));
  });

  it('makes no call when nothing is to be changed', async () => {
    const script = aScript();
    await aClient(script).client.updateAccount(division, aGuid(1), {});

    expect(script.requests).toHaveLength(0);
  });

  it.each([{ Code: '25' }, { BSN: '1' }, { EndDate: '2026-01-01T00:00:00Z' }, { MainContact: 'x' }])(
    'never sends %j in an update',
    async (patch) => {
      const script = aScript();
      const failure = await failureOf(aClient(script).client.updateAccount(division, aGuid(1), patch));

      expect(failure).toMatchObject({ kind: 'validation', status: 0 });
      expect(script.requests).toHaveLength(0);
    },
  );

  it('creates with the representation asked for, and gives id and record', async () => {
    const { Timestamp: _unused, ...record } = anAccount({ ID: aGuid(7).toUpperCase() });
    const script = aScript(anAnswer({ status: 201, body: { d: record } }));
    const created = await aClient(script).client.createAccount(division, { Name: 'Jansen', Code: '25' });

    expect(script.requests[0]?.headers['prefer']).toBe('return=representation');
    expect(JSON.parse(script.requests[0]?.body ?? '')).toEqual({
      Name: 'Jansen',
      Code: '                25',
    });
    expect(created).toMatchObject({ id: aGuid(7), record: { Name: 'Jansen Bouw B.V.' } });
  });

  it('gives the id alone when Exact answers with nulls', async () => {
    const { Timestamp: _unused, ...record } = anAccount({ Name: null });
    const script = aScript(anAnswer({ status: 201, body: { d: record } }));

    expect(await aClient(script).client.createAccount(division, { Name: 'Jansen' })).toEqual({
      id: aGuid(1),
      record: undefined,
    });
  });
});

describe('a POST whose answer is lost', () => {
  const lost: [string, TransportResponse | Error][] = [
    ['cut headers', new ExactError({ kind: 'network', phase: 'headers', code: 'ECONNRESET' })],
    ['cut body', new ExactError({ kind: 'network', phase: 'body', code: 'ECONNRESET' })],
    ['time', new ExactError({ kind: 'timeout', phase: 'headers', afterMs: 30_000 })],
    ['502', html(502)],
    ['503', html(503)],
    ['500 without a message', html(500)],
    ['a page with 201', html(201)],
    ['half JSON', anAnswer({ status: 201, body: '{"d":{"ID":"' })],
    ['no id', anAnswer({ status: 201, body: { d: { __metadata: {}, Name: 'Jansen' } } })],
    ['an error of another transport', new TypeError('fetch failed')],
  ];

  it.each(lost)('F39 is uncertain and is not sent again: %s', async (_name, answer) => {
    const script = aScript(answer);
    const failure = await failureOf(aClient(script).client.createAccount(division, { Name: 'Jansen' }));

    expect(failure).toMatchObject({ kind: 'uncertain' });
    expect(script.requests).toHaveLength(1);
  });

  it.each([
    ['a refusal', odataError(500, 'Gegeven bestaat reeds.'), 'validation'],
    ['a limit', anAnswer({ status: 429 }), 'rate-limited'],
    [
      'no connection at all',
      new ExactError({ kind: 'network', phase: 'connect', code: 'ECONNREFUSED' }),
      'network',
    ],
  ])('F39 is certain after %s', async (_name, answer, kind) => {
    expect(
      await failureOf(aClient(aScript(answer)).client.createAccount(division, { Name: 'Jansen' })),
    ).toMatchObject({ kind });
  });

  it('F39 is uncertain when the ledger fails after the answer', async () => {
    const { Timestamp: _unused, ...record } = anAccount();
    const budget: Budget = {
      reserve: () => Promise.resolve(),
      check: () => Promise.resolve('go'),
      record: () => Promise.reject(new Error('database away')),
      giveBack: () => Promise.resolve(),
    };
    const { client } = aClient(aScript(anAnswer({ status: 201, body: { d: record } })), { budget });

    expect(await failureOf(client.createAccount(division, { Name: 'Jansen' }))).toEqual({
      kind: 'uncertain',
      because: 'budget-record',
    });
  });
});

describe('what may be repeated', () => {
  const failures: Record<string, ExactFailure> = {
    limited: { kind: 'rate-limited', resetsAt: new Date(0), window: 'minute' },
    unavailable: { kind: 'unavailable', status: 503, retryAt: undefined },
    unsent: { kind: 'network', phase: 'connect', code: 'ECONNREFUSED' },
    lost: { kind: 'network', phase: 'body', code: 'ECONNRESET' },
    uncertain: { kind: 'uncertain', because: 'timeout' },
    validation: { kind: 'validation', status: 400, message: '' },
    malformed: { kind: 'malformed', reason: '' },
    reauth: { kind: 'reauth-required', reason: 'refused' },
  };

  it.each([
    ['limited', true, true, true],
    ['unavailable', true, true, false],
    ['unsent', true, true, true],
    ['lost', true, true, false],
    ['uncertain', false, false, false],
    ['validation', false, false, false],
    ['malformed', false, false, false],
    ['reauth', false, false, false],
  ])('%s: transient %s, PUT again %s, POST again %s', (...row) => {
    const [name, transient, put, post] = row;
    const failure = failures[name];
    if (failure === undefined) throw new Error(name);
    const error = new ExactError(failure);

    expect(isTransient(error)).toBe(transient);
    expect(['GET', 'PUT', 'DELETE'].map((method) => isSafeToRepeat(method as 'GET', error))).toEqual([
      put,
      put,
      put,
    ]);
    expect(isSafeToRepeat('POST', error)).toBe(post);
  });

  it('knows nothing of other errors', () => {
    expect(isTransient(new Error('x'))).toBe(false);
  });
});

describe('bank accounts', () => {
  const aBankAccount = (modified: string) => ({
    ID: aGuid(1),
    Division: division,
    Account: aGuid(2),
    BankAccount: 'NL91ABNA0417164300',
    IBAN: 'NL91ABNA0417164300',
    BICCode: null,
    BankName: null,
    BankAccountHolderName: null,
    Description: null,
    Format: null,
    Type: 'A',
    Main: true,
    Blocked: false,
    Created: modified,
    Modified: modified,
    Modifier: null,
  });

  it.each([
    ['everything', undefined, '1990-01-01T00:00:00'],
    [
      'E12 since an instant, five minutes back, on the Dutch clock',
      '2024-07-03T10:00:00.000Z',
      '2024-07-03T11:55:00',
    ],
    [
      'E12 an hour more in the night the clock is set back',
      '2026-10-25T00:50:00.000Z',
      '2026-10-25T01:45:00',
    ],
  ])('asks for %s', async (_name, modifiedFrom, from) => {
    const script = aScript(aPage([]));
    await aClient(script).client.bankAccountsPage(division, { modifiedFrom, class: 'resync' });

    expect(queryOf(script).get('$filter')).toBe(`Modified ge datetime'${from}'`);
  });

  it('gives the mark for the next run', async () => {
    const script = aScript(
      aPage([aBankAccount('/Date(1720008000000)/'), aBankAccount('/Date(1704067200000)/')]),
    );
    const page = await aClient(script).client.bankAccountsPage(division, { class: 'resync' });

    expect(page.lastModified).toBe('2024-07-03T10:00:00.000Z');
  });
});

describe('masters', () => {
  const common = { ID: aGuid(1), Division: division, Description: 'x', Created: null, Modified: null };
  it.each([
    [
      'journals',
      'financial/Journals',
      { Code: '70', Type: 20, Currency: 'EUR', IsBlocked: false, GLAccount: null, GLAccountCode: null },
    ],
    [
      'vat-codes',
      'vat/VATCodes',
      {
        Code: '2  ',
        Percentage: 0.21,
        Type: 'E',
        VATTransactionType: 'B',
        EUSalesListing: 'N',
        Charged: false,
        IsBlocked: false,
        Country: 'NL ',
      },
    ],
    [
      'payment-conditions',
      'cashflow/PaymentConditions',
      {
        Code: '30',
        PaymentDays: 30,
        PaymentEndOfMonths: 0,
        PaymentMethod: 'B',
        DiscountPercentage: 0,
        DiscountPaymentDays: 0,
      },
    ],
    ['cost-centers', 'hrm/Costcenters', { Code: '01', Active: true, EndDate: null }],
    ['cost-units', 'hrm/Costunits', { Code: '01', EndDate: null }],
  ] as const)('reads %s from %s', async (kind, endpoint, fields) => {
    const script = aScript(anAnswer({ body: { d: [{ ...common, ...fields }] } }));
    const page = await aClient(script).client.mastersPage(kind, division, { class: 'resync' });

    expect(new URL(script.requests[0]?.url ?? '').pathname).toBe(`/api/v1/900001/${endpoint}`);
    expect(page.rejected).toEqual([]);
    expect(page.rows[0]).toMatchObject({ Code: fields.Code.trim() });
  });
});

describe('sales entries', () => {
  const line = { AmountFC: 121.5, GLAccount: aGuid(3), VATCode: '2' };
  const entry = {
    Customer: aGuid(2),
    Journal: '70',
    EntryDate: '2026-11-25',
    YourRef: '202600700001',
    SalesEntryLines: [line],
  };

  it('posts an entry with our number as text and zone-less dates', async () => {
    const answer = { EntryID: aGuid(4), __metadata: {} };
    const script = aScript(anAnswer({ status: 201, body: { d: answer } }));
    const created = await aClient(script).client.createSalesEntry(division, entry);

    expect(JSON.parse(script.requests[0]?.body ?? '')).toEqual(entry);
    expect(created.id).toBe(aGuid(4));
  });

  it.each([
    { EntryDate: '2026-11-25T00:00:00Z' },
    { YourRef: '' },
    { SalesEntryLines: [] },
    { EntryNumber: 202600700001 },
  ])('refuses %j before any call', async (wrong) => {
    const script = aScript();
    const failure = await failureOf(
      aClient(script).client.createSalesEntry(division, { ...entry, ...wrong }),
    );

    expect(failure).toMatchObject({ kind: 'validation', status: 0 });
    expect(script.requests).toHaveLength(0);
  });

  it('looks an entry up by our number', async () => {
    const script = aScript(aPage([]));
    await aClient(script).client.findSalesEntryByYourRef(division, '202600700001');

    expect(queryOf(script).get('$filter')).toBe("YourRef eq '202600700001'");
  });
});

describe('webhook subscriptions', () => {
  it('subscribes, lists and ends', async () => {
    const row = {
      __metadata: {},
      ID: aGuid(1),
      Division: division,
      Topic: 'Accounts',
      CallbackURL: 'https://koppel.example/hooks',
    };
    const script = aScript(
      anAnswer({ status: 201, body: { d: row } }),
      aPage([row]),
      anAnswer({ status: 204 }),
      html(404),
    );
    const { client, budget } = aClient(script);
    const { webhookSubscriptions } = client;
    const created = await webhookSubscriptions.create(division, {
      callbackUrl: row.CallbackURL,
      topic: 'Accounts',
    });
    const listed = await webhookSubscriptions.list(division);
    await webhookSubscriptions.delete(division, created.id);
    await webhookSubscriptions.delete(division, created.id);

    expect(created.record).toMatchObject({ Topic: 'Accounts' });
    expect(listed.rows).toHaveLength(1);
    expect(script.requests.map((request) => request.method)).toEqual(['POST', 'GET', 'DELETE', 'DELETE']);
    expect(budget.reserved.map((call) => call.class)).toEqual(['upkeep', 'upkeep', 'upkeep', 'upkeep']);
  });
});
