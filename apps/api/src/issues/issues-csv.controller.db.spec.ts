import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action, Issue } from '@koppel/contracts';
import { asId, ok, type AdministrationId, type IssueId } from '@koppel/domain/kernel';
import { DrizzleUnitOfWork, inTenant } from '@koppel/persistence';
import { sql } from 'drizzle-orm';
import { addListedTenant, type ListedTenant } from '../testing/a-listed-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

let api: TestApi;
let tenant: ListedTenant;
beforeAll(async () => {
  api = await startTestApi();
  tenant = await addListedTenant(api, 1, 1);
  const administrationId = tenant.ids[0] as AdministrationId; // it has one
  const names = ['=De Eik B.V.', 'Van 100% Hout', 'Iep'];
  await new DrizzleUnitOfWork(api.database).run(tenant.id, async (tx) => {
    await tx.issues.report(
      names.map((name) => ({
        cause: 'write-refused' as const,
        causeKey: `write-refused:${name}`,
        administrationId,
        params: { name, reason: 'Geblokkeerd' },
      })),
      api.chance.now(),
    );
    return ok(undefined);
  });
});
afterAll(() => api.close());

const search = async (text: string) => {
  const { body } = await tenant.viewer.get(`/v1/issues?search=${encodeURIComponent(text)}`);
  return (body as { items: Issue[] }).items.length;
};

describe('issues', () => {
  it('are found by a name or number that they speak of, not by what a pattern would mean', async () => {
    expect(await search('eik')).toBe(1);
    expect(await search('geblokkeerd hout')).toBe(1);
    expect(await search('100%')).toBe(1);
    expect(await search('%')).toBe(1);
    expect(await search('name')).toBe(0);
    const { body } = await tenant.viewer.get('/v1/issues?search=eik');
    expect((body as { counts: object[] }).counts).toMatchObject([{ cause: 'write-refused', open: 1 }]);
  });

  it('come as a file of what is filtered, in the reader’s language', async () => {
    const dutch = await tenant.viewer.get('/v1/issues.csv?search=eik');
    const lines = String(dutch.body).split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^\ufeffId;Administratie;Melding;/);
    expect(lines[1]).toContain('=De Eik B.V.');

    const english = await tenant.viewer.send('GET', '/v1/issues.csv', {
      headers: { 'accept-language': 'en' },
    });
    expect(String(english.body).split('\r\n')[0]).toMatch(/^\ufeffId,Administration,Issue,/);
  });

  it('come in the language that the address asks for, whatever the browser prefers', async () => {
    for (const path of ['/v1/issues.csv', '/v1/relations.csv', '/v1/coupling/plan.csv']) {
      const headers = { 'accept-language': 'nl' };
      const english = await tenant.viewer.send('GET', `${path}?language=en`, { headers });
      expect([english.status, english.headers['content-language']]).toEqual([200, 'en']);
      expect((await tenant.viewer.get(`${path}?language=fr`)).status).toBe(400);
    }
  });

  it('come without a cell that a spreadsheet takes for a formula', async () => {
    const { items } = (await tenant.viewer.get('/v1/issues?search=iep')).body as { items: Issue[] };
    const { id, version } = items[0] as Issue;
    const body = { reason: '=1+2', version };
    const ignored = await tenant.reviewer.send('POST', `/v1/issues/${id}/ignore`, { body });
    expect(ignored.status).toBe(200);

    const file = await tenant.viewer.get('/v1/issues.csv?state=ignored');
    expect(String(file.body).split('\r\n')[1]?.split(';').at(-1)).toBe("'=1+2");
  });

  it('are put aside and taken up again, from their row and from history, which says by whom', async () => {
    const one = async () =>
      ((await tenant.viewer.get('/v1/issues?search=eik')).body as { items: Issue[] }).items[0] as Issue;
    const acts = async () => ((await tenant.viewer.get('/v1/actions')).body as { items: Action[] }).items;
    const { id, version } = await one();
    const body = { reason: 'klopt zo', version };
    await tenant.reviewer.send('POST', `/v1/issues/${id}/ignore`, { body });

    const [ignoring] = await acts();
    expect(ignoring).toMatchObject({ kind: 'ignore-issue', isUndoable: true, relationIds: [] });
    expect([ignoring?.summary.nl.endsWith('=De Eik B.V.'), ignoring?.note]).toEqual([true, 'klopt zo']);
    expect((await tenant.viewer.post(`/v1/actions/${ignoring?.id}/undo`, {})).status).toBe(403);
    const undone = await tenant.reviewer.send('POST', `/v1/actions/${ignoring?.id}/undo`);
    expect([undone.status, undone.body]).toMatchObject([200, { kind: 'reopen-issue', isUndoable: false }]);
    expect(await one()).toMatchObject({ state: 'open', ignoredReason: null });
    const again = await tenant.reviewer.send('POST', `/v1/actions/${ignoring?.id}/undo`);
    expect([again.status, again.body]).toMatchObject([409, { kind: 'already-undone' }]);

    const ignored = await tenant.reviewer.send('POST', `/v1/issues/${id}/ignore`, {
      body: { ...body, version: version + 2 },
    });
    expect(ignored.status).toBe(200);
    const reopened = await tenant.reviewer.post(`/v1/issues/${id}/reopen`, { version: version + 3 });
    expect([reopened.status, reopened.body]).toMatchObject([200, { state: 'open' }]);
    expect((await acts()).map(({ kind, isUndone }) => [kind, isUndone]).slice(0, 2)).toEqual([
      ['reopen-issue', false],
      ['ignore-issue', true],
    ]);
  });

  it('are put aside many at once, told in history as one, and undone as one; what was solved meanwhile stays so', async () => {
    const seen = async () =>
      ((await tenant.viewer.get('/v1/issues?state=open')).body as { items: Issue[] }).items;
    const before = await seen();
    const [[first], rest] = [true, false].map((isEik) =>
      before
        .filter(({ title }) => title.nl.includes('Eik') === isEik)
        .map(({ id, version }) => ({ id, version })),
    ) as [{ id: string; version: number }[], { id: string; version: number }[]];
    const reason = 'bekend bij ons';
    const began = await tenant.reviewer.post('/v1/issue-batch', { reason, issues: [first] });
    expect(began).toMatchObject({ status: 200, body: { ignored: 1, skipped: 0 } });
    const { batchId } = began.body as { batchId: string };
    const went = { reason, batchId, issues: rest };
    expect((await tenant.reviewer.post('/v1/issue-batch', went)).body).toMatchObject({
      batchId,
      ignored: rest.length,
    });
    expect(await seen()).toEqual([]);
    const acts = async () =>
      ((await tenant.viewer.get(`/v1/actions?batchId=${batchId}`)).body as { items: Action[] }).items;
    const all = { id: batchId, acts: before.length, standing: before.length };
    expect((await acts()).map(({ kind, batch, note }) => [kind, batch, note])).toEqual(
      before.map(() => ['ignore-issue', all, reason]),
    );

    await new DrizzleUnitOfWork(api.database).run(tenant.id, async (tx) => {
      const one = await tx.issues.findById(asId<IssueId>(first!.id));
      return ok(await tx.issues.resolve([one!.causeKey], api.chance.now(), 'Koppel'));
    });
    expect((await tenant.viewer.post(`/v1/action-batches/${batchId}/undo`, {})).status).toBe(403);
    const undone = await tenant.reviewer.post(`/v1/action-batches/${batchId}/undo`, {});
    expect(undone.body).toEqual({ undone: rest.length, skipped: 1, nextCursor: null });
    expect((await seen()).map(({ id }) => id).sort()).toEqual(rest.map(({ id }) => id).sort());
    const kinds = (await acts()).map(({ kind, batch }) => [kind, batch?.standing]);
    expect(kinds.filter(([kind]) => kind === 'reopen-issue')).toHaveLength(rest.length);
    expect(kinds[0]?.[1]).toBe(1);
    const again = await tenant.reviewer.post(`/v1/action-batches/${batchId}/undo`, {});
    expect(again.body).toEqual({ undone: 0, skipped: before.length, nextCursor: null });
  });

  it('of a cause that a later release wrote are shown, in the list, the file and history, and can be put aside', async () => {
    const rename = sql`update issues set cause = 'of-a-later-release' where params->>'name' = 'Van 100% Hout'`;
    await inTenant(api.database, tenant.id, (tx) => tx.execute(rename));
    const { items, counts } = (await tenant.viewer.get('/v1/issues?search=hout')).body as {
      items: Issue[];
      counts: object[];
    };
    const title = { nl: 'Melding van een nieuwere versie', en: 'Issue of a newer version' };
    expect(items).toMatchObject([{ cause: 'of-a-later-release', title, causeTitle: title }]);
    expect(counts).toMatchObject([{ title }]);
    expect(String((await tenant.viewer.get('/v1/issues.csv?search=hout')).body)).toContain(title.nl);
    const { id, version } = items[0] as Issue;
    const body = { reason: 'later', version };
    expect((await tenant.reviewer.send('POST', `/v1/issues/${id}/ignore`, { body })).status).toBe(200);
    const acts = (await tenant.viewer.get('/v1/actions')).body as { items: Action[] };
    expect(acts.items[0]?.summary.en).toBe(`Ignored: ${title.en}`);

    const { id: actId } = acts.items[0] as Action;
    const later = sql`update actions set kind = 'of-a-later-release' where id = ${actId}::uuid`;
    await inTenant(api.database, tenant.id, (tx) => tx.execute(later));
    const again = (await tenant.viewer.get('/v1/actions')).body as { items: Action[] };
    expect(again.items[0]?.summary).toEqual({
      nl: 'Handeling van een nieuwere versie',
      en: 'Act of a newer version',
    });
  });

  it('of a class that a later release wrote are shown as those of its causes, in the list, the counts and the file (F93)', async () => {
    const newer = await api.tenant();
    const about = { administrationId: null, params: { name: 'Hout' } };
    await new DrizzleUnitOfWork(api.database).run(newer.id, async (tx) =>
      ok(
        await tx.issues.report(
          ['1', '2'].map((key) => ({
            ...about,
            cause: 'record-rejected',
            causeKey: `record-rejected:${key}`,
          })),
          api.chance.now(),
        ),
      ),
    );
    const renew = sql`update issues set class = 'of-a-later-release' where cause_key = 'record-rejected:1'`;
    await inTenant(api.database, newer.id, (tx) => tx.execute(renew));
    type Page = { readonly items: Issue[]; readonly counts: readonly object[] };
    const list = async (query = '') => (await newer.viewer.get(`/v1/issues${query}`)).body as Page;

    const classes = (await list()).items.map((issue) => issue.class);
    expect(classes.sort()).toEqual(['bug', 'data']);
    expect((await list()).counts).toMatchObject([
      { class: 'bug', open: 1 },
      { class: 'data', open: 1 },
    ]);
    const [shown, ...others] = (await list('?class=bug')).items;
    expect([shown?.class, others]).toEqual(['bug', []]);
    expect(String((await newer.viewer.get('/v1/issues.csv?language=en')).body)).toContain('fault of Koppel');

    const body = { reason: 'later', version: shown?.version };
    const ignored = await newer.reviewer.send('POST', `/v1/issues/${shown?.id}/ignore`, { body });
    expect(ignored.body).toMatchObject({ class: 'bug', state: 'ignored' });
    const stored = sql`select class from issues where cause_key = 'record-rejected:1'`;
    const rows = await inTenant(api.database, newer.id, (tx) => tx.execute(stored));
    expect([...rows]).toEqual([{ class: 'of-a-later-release' }]);
  });

  it('are no file for who may not see them, nor for a filter that the list does not know', async () => {
    expect((await api.browser().get('/v1/issues.csv')).status).toBe(401);
    expect((await tenant.viewer.get('/v1/issues.csv?limit=5')).status).toBe(400);
    const other = await api.tenant();
    expect(String((await other.viewer.get('/v1/issues.csv')).body).split('\r\n')).toHaveLength(2);
  });
});
