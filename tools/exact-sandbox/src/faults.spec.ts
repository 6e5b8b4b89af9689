import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultPlan } from './faults.js';
import { startSandbox, type Sandbox } from './start-sandbox.js';
import { authorise, call, postToken, type Answer } from './testing/connected-app.js';

const DIVISION = 3412001;
const LIST = `${DIVISION}/sync/CRM/Accounts?$filter=Timestamp gt 1L&$select=ID,Name`;

let sandbox: Sandbox;
let token: string;
const ask = (path = LIST): Promise<Answer> => call(sandbox, token, path);
const admin = (method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${sandbox.url}/__sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const plant = async (plan: FaultPlan): Promise<void> =>
  expect((await admin('POST', 'faults', plan)).status).toBe(204);

beforeEach(async () => {
  sandbox = await startSandbox({ clock: { startsAt: '2026-06-25T14:21:04Z' }, world: { relations: 20 } });
  ({ access_token: token } = await authorise(sandbox));
});
afterEach(async () => sandbox.stop());

describe('planted faults', () => {
  it('a cut answer ends in the middle of the body', async () => {
    await plant({ kind: 'cut-answer', bytes: 100 });

    await expect(ask()).rejects.toThrow(/terminated|fetch failed|aborted/i);
    expect((await ask()).status).toBe(200);
    expect(sandbox.journal.entries().some(({ fault }) => fault === 'cut-answer')).toBe(true);
  });

  it('HTML, nothing and half a JSON come with status 200', async () => {
    await plant({ kind: 'html-200' });
    const html = await ask();
    await plant({ kind: 'empty-200' });
    const empty = await fetch(`${sandbox.url}/api/v1/${LIST}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    await plant({ kind: 'malformed-json' });
    const broken = await fetch(`${sandbox.url}/api/v1/${LIST}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });

    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect([empty.status, await empty.text()]).toEqual([200, '']);
    const text = await broken.text();
    expect(broken.status).toBe(200);
    expect(() => JSON.parse(text) as unknown).toThrow();
  });

  it('whole JSON of another shape, and a list that goes on elsewhere, come with status 200', async () => {
    const list = async (kind: 'other-shape' | 'foreign-next'): Promise<unknown> => {
      await plant({ kind });
      const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
      return (await fetch(`${sandbox.url}/api/v1/${LIST}`, { headers })).json();
    };
    expect(await list('other-shape')).toEqual({ value: [] });
    expect(await list('foreign-next')).toMatchObject({
      d: {
        results: expect.any(Array) as unknown,
        __next: expect.stringMatching(/^https:..elsewhere/) as string,
      },
    });
  });

  it('503 is HTML; both 429s carry their own headers only', async () => {
    await plant({ kind: '503', times: 2 });
    const busy = [await ask(), await ask()];
    await plant({ kind: '429-minute' });
    const minute = await ask();
    await plant({ kind: '429-day' });
    const day = await ask();

    expect(busy.map(({ status }) => status)).toEqual([503, 503]);
    expect(busy[0]?.headers.get('content-type')).toContain('text/html');
    expect([
      minute.status,
      minute.headers.has('x-ratelimit-minutely-reset'),
      minute.headers.has('x-ratelimit-reset'),
    ]).toEqual([429, true, false]);
    expect([
      day.status,
      day.headers.has('x-ratelimit-minutely-reset'),
      day.headers.has('x-ratelimit-reset'),
    ]).toEqual([429, false, true]);
    expect((await ask()).status).toBe(200);
  });

  it('a lost answer to a POST leaves the record behind', async () => {
    await plant({ kind: 'lost-post-response', match: { endpoint: 'crm/Accounts' } });

    await expect(
      call(sandbox, token, `${DIVISION}/crm/Accounts`, { method: 'POST', body: { Name: 'Verloren B.V.' } }),
    ).rejects.toThrow();

    const found = await ask(`${DIVISION}/crm/Accounts?$filter=Name eq 'Verloren B.V.'&$select=ID`);
    expect(found.rows).toHaveLength(1);
    expect(sandbox.journal.counters().writes).toBe(1);
  });

  it('the journal tells what was carried out, whatever was answered', async () => {
    const [row] = (await ask()).rows;
    const change = (): Promise<unknown> =>
      call(sandbox, token, `${DIVISION}/crm/Accounts(guid'${String(row?.['ID'])}')`, {
        method: 'PUT',
        body: { Email: 'info@voorbeeld.test' },
      }).catch(() => undefined);
    for (const kind of ['503', '429-minute', 'html-200', 'cut-answer'] as const) {
      await plant({ kind, match: { method: 'PUT' } });
      await change();
    }

    const puts = sandbox.journal.entries().filter(({ method }) => method === 'PUT');
    expect(puts.map(({ fault, hasEffect }) => [fault, hasEffect])).toEqual([
      ['503', false],
      ['429-minute', false],
      ['html-200', true],
      ['cut-answer', true],
    ]);
    expect(sandbox.journal.counters().writes).toBe(2);
  });

  it('strikes only the calls that match, after those that may pass, as often as asked', async () => {
    await plant({ kind: '503', match: { division: 3412002 }, afterCalls: 1, times: 1 });
    const other = (): Promise<Answer> => ask('3412002/vat/VATCodes?$top=1');

    const statuses = [await ask(), await other(), await other(), await other()].map(({ status }) => status);

    expect(statuses).toEqual([200, 200, 503, 200]);
  });

  it('a refresh whose answer is lost has spent the token all the same (E01)', async () => {
    const tokens = await authorise(sandbox);
    await sandbox.clock.advance(575_000);
    await plant({ kind: 'cut-answer', bytes: 10, match: { endpoint: 'oauth2/token' } });
    const refresh = async (): Promise<Response> => {
      const answer = await postToken(sandbox, {
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh_token,
      });
      await answer.text();
      return answer;
    };

    await expect(refresh()).rejects.toThrow();
    expect((await refresh()).status).toBe(401);
  });

  it('rights can be withdrawn and a division blocked, until the faults are cleared', async () => {
    await plant({ kind: 'rights-withdrawn', division: DIVISION });
    const withdrawn = await ask();
    await admin('DELETE', 'faults');
    await plant({ kind: 'division-blocked', division: DIVISION });
    const blocked = await ask();
    const list = await ask('3412002/system/Divisions?$select=Code,BlockingStatus');
    await admin('DELETE', 'faults');

    expect([withdrawn.status, withdrawn.headers.get('reason')]).toEqual([403, 'NoDivisionAccess']);
    expect([blocked.status, blocked.headers.get('reason')]).toEqual([403, 'DivisionBlocked']);
    expect(list.rows.find((row) => row.Code === DIVISION)?.BlockingStatus).toBe(2);
    expect((await ask()).status).toBe(200);
  });

  it('maintenance answers 503 in its Amsterdam window', async () => {
    sandbox.setSwitches({ http503Window: '16:30-17:00' });
    const before = await ask();
    await sandbox.clock.advance(9 * 60_000);
    const during = await ask();

    expect([before.status, during.status]).toEqual([200, 503]);
  });
});

describe('the sandbox door', () => {
  it('shows the journal, the counters and the world, and moves the clock', async () => {
    await ask();
    const journal = (await (await admin('GET', 'journal')).json()) as readonly Record<string, unknown>[];
    const counters = (await (await admin('GET', 'counters')).json()) as Record<string, unknown>;
    const moved = (await (await admin('POST', 'clock/advance', { ms: 60_000 })).json()) as {
      readonly now: number;
    };
    const world = (await (await admin('GET', 'world')).json()) as { readonly divisions: readonly unknown[] };

    expect(journal.at(-1)).toMatchObject({
      kind: 'api',
      method: 'GET',
      division: DIVISION,
      endpoint: 'sync/CRM/Accounts',
      status: 200,
    });
    expect(counters).toMatchObject({ byDivision: { [DIVISION]: 1 }, tokensIssued: 1 });
    expect(moved.now).toBe(sandbox.clock.now());
    expect(world.divisions).toHaveLength(5);
  });

  it('changes known switches and refuses others', async () => {
    expect((await admin('PUT', 'switches', { minuteLimit: 5 })).status).toBe(200);
    expect(sandbox.switches().minuteLimit).toBe(5);
    expect((await admin('PUT', 'switches', { minuteLimit: '5' })).status).toBe(400);
    expect((await admin('PUT', 'switches', { nonsense: true })).status).toBe(400);
    expect((await admin('POST', 'faults', { kind: 'nonsense' })).status).toBe(400);
  });

  it('edits, makes and deletes records as a person would, and knows who they are', async () => {
    const at = { division: DIVISION, entity: 'crm/Accounts' };
    const made = (await (
      await admin('POST', 'create', { ...at, fields: { Name: 'Deur B.V.' }, party: 12 })
    ).json()) as { readonly id: string };
    await admin('POST', 'edit', { ...at, id: made.id, fields: { City: 'Ede' } });
    const truth = (await (await admin('GET', 'truth')).json()) as Record<string, number>;
    const found = await ask(`${DIVISION}/crm/Accounts?$filter=ID eq guid'${made.id}'&$select=Name,City`);
    const unknown = await admin('POST', 'edit', { ...at, id: 'x', fields: {} });

    expect(found.rows).toMatchObject([{ Name: 'Deur B.V.', City: 'Ede' }]);
    expect(truth[made.id]).toBe(12);
    expect(unknown.status).toBe(404);
    expect((await admin('POST', 'delete', { ...at, id: made.id })).status).toBe(200);
  });

  it('counts calls that overlap in one division', async () => {
    const open = httpRequest(`${sandbox.url}/api/v1/${DIVISION}/crm/Accounts`, { method: 'POST' });
    open.on('error', () => undefined);
    open.write('{');
    for (let tries = 0; tries < 50 && sandbox.journal.counters().concurrencyMax < 2; tries += 1) await ask();
    open.destroy();

    expect(sandbox.journal.counters().concurrencyMax).toBe(2);
  });
});
