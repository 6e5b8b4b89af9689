import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Action,
  ProposalDetail,
  ProposalSummary,
  RelationDetail,
  RelationSummary,
} from '@koppel/contracts';
import { inTenant } from '@koppel/persistence';
import { sql } from 'drizzle-orm';
import { addComparedTenant, type ComparedTenant } from '../testing/a-compared-tenant.js';
import { startTestApi, type Client, type TestApi } from '../testing/test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const address = (line1: string) => ({
  line1,
  line2: null,
  line3: null,
  postcode: '1234 AB',
  city: 'Voorbeeldstad',
  state: null,
  country: 'NL',
});
const eik = { name: 'De Eik B.V.', kvk: '99000031', address: address('Kade 9') };

/** The two accounts of De Eik differ in phone; Linde stands alone. */
const accounts = [
  { company: 0, shared: { ...eik, phone: '0200000012' }, ibans: ['NL13 TEST 0123 4567 89'] },
  { company: 1, shared: { ...eik, phone: null, email: 'post@eik.test' } },
  { company: 2, shared: { name: 'Línde Bouw', kvk: '99000099', website: '=cmd()' } },
];

async function list(
  client: Client,
  query = '',
): Promise<{ items: RelationSummary[]; nextCursor: string | null; total: number | null }> {
  const { status, body } = await client.get(`/v1/relations${query}`);
  expect(status).toBe(200);
  return body as never; // the api parses its answers by the contract
}

async function relationNamed(tenant: ComparedTenant, name: string): Promise<RelationDetail> {
  const { items } = await list(tenant.viewer, `?search=${encodeURIComponent(name)}`);
  const { body } = await tenant.viewer.get(`/v1/relations/${items[0]?.id ?? ''}`);
  return body as RelationDetail;
}

describe('relations over http', () => {
  let tenant: ComparedTenant;
  beforeAll(async () => {
    tenant = await addComparedTenant(api, accounts, 'automatic');
  });

  it('lists merged relations by name, page by page, with their administrations', async () => {
    const first = await list(tenant.viewer, '?limit=1');
    expect(first.items).toMatchObject([
      {
        name: 'De Eik B.V.',
        city: 'Voorbeeldstad',
        roles: ['customer'],
        administrations: [
          { name: 'Bouwbedrijf A', code: '001', relationCode: '1001' },
          { name: 'Bouwbedrijf B', code: '002', relationCode: '1002' },
        ],
      },
    ]);
    expect(first.total).toBe(2);
    const second = await list(tenant.viewer, `?limit=1&cursor=${first.nextCursor ?? ''}`);
    expect(second.items.map(({ name }) => name)).toEqual(['Línde Bouw']);
    expect(second.nextCursor).toBeNull();
  });

  it.each([
    ['search=linde', ['Línde Bouw']],
    ['search=EIK%20voorbeeldstad', ['De Eik B.V.']],
    ['search=1002', ['De Eik B.V.']],
    ['search=100%25', []],
    ['linked=several', ['De Eik B.V.']],
    ['linked=one', ['Línde Bouw']],
    ['role=supplier', []],
    ['sort=-updatedAt', ['Línde Bouw', 'De Eik B.V.']],
    ['updatedSince=2000-01-01T00:00:00Z', ['De Eik B.V.', 'Línde Bouw']],
    ['updatedSince=2999-01-01T00:00:00Z', []],
  ])('filters by %s', async (query, names) => {
    const { items } = await list(tenant.viewer, `?${query}`);

    expect(items.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  it('filters by administration', async () => {
    const { items } = await list(tenant.viewer, `?administrationId=${tenant.administrationIds[2] ?? ''}`);

    expect(items.map(({ name }) => name)).toEqual(['Línde Bouw']);
  });

  it('shows a relation with the origin of each value, its accounts and a way into Exact', async () => {
    const detail = await relationNamed(tenant, 'eik');

    expect(detail.values).toMatchObject({ phone: '0200000012', email: 'post@eik.test' });
    expect(detail.leading['email']).toMatchObject({
      kind: 'source',
      administrationName: 'Bouwbedrijf B',
      byName: null,
    });
    const [first] = detail.sources;
    expect(first).toMatchObject({
      administrationName: 'Bouwbedrijf A',
      bankAccounts: ['NL13 TEST 0123 4567 89'],
      isAlias: false,
    });
    expect(first?.deepLink).toBe(
      `https://start.exactonline.nl/docs/CRMAccountCard.aspx?_Division_=900001&AccountID=${tenant.sourceIds[0] ?? ''}`,
    );
    expect(detail.history).toMatchObject([
      {
        kind: 'merge-automatic',
        actorName: 'Koppel',
        isUndoable: true,
        summary: { nl: '‘De Eik B.V.’: 2 relaties automatisch samengevoegd' },
      },
    ]);
  });

  it('exports what is filtered, safe for spreadsheets, in the reader’s language', async () => {
    const dutch = await tenant.viewer.get('/v1/relations.csv?search=linde');
    expect(dutch.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(dutch.headers['content-disposition']).toContain('relaties.csv');
    expect(String(dutch.body)).toMatch(/^\ufeffId;Naam;/);
    expect(String(dutch.body)).toContain(";'=cmd();");
    expect(String(dutch.body)).not.toContain('De Eik');

    const english = await tenant.viewer.send('GET', '/v1/relations.csv', {
      headers: { 'accept-language': 'en' },
    });
    expect(String(english.body)).toMatch(/^\ufeffId,Name,/);
    expect((await tenant.viewer.get('/v1/relations.csv?limit=5')).status).toBe(400);
    expect((await api.browser().get('/v1/relations.csv')).status).toBe(401);
  });

  it('answers 404 for an unknown id and for a relation of another tenant', async () => {
    const other = await addComparedTenant(api, accounts.slice(2));
    const foreign = await relationNamed(other, 'linde');

    for (const id of [foreign.id, api.chance.newId()])
      expect((await tenant.viewer.get(`/v1/relations/${id}`)).body).toMatchObject({ kind: 'not-found' });
  });
});

describe('why a relation is one', () => {
  it('is told of what Koppel joined by itself, in both languages', async () => {
    const shared = { name: 'De Iep B.V.', kvk: '99000042' };
    const tenant = await addComparedTenant(
      api,
      [0, 1].map((company) => ({ company, shared })),
      'automatic',
    );
    const { id } = await relationNamed(tenant, 'iep');

    const { status, body } = await tenant.viewer.get(`/v1/relations/${id}/evidence`);

    expect(status).toBe(200);
    const { pairs } = body as {
      pairs: {
        left: object;
        score: number;
        reasons: { weight: number; text: { nl: string; en: string } }[];
      }[];
    };
    expect(pairs).toHaveLength(1);
    const [pair] = pairs;
    expect(pair?.left).toEqual({
      sourceRelationId: tenant.sourceIds[0],
      name: 'De Iep B.V.',
      administrationName: 'Bouwbedrijf A',
    });
    expect(pair?.reasons.map(({ text }) => text.nl)).toContain('zelfde KvK-nummer (99000042)');
    expect(pair?.reasons.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(pair?.score ?? 0, 9);
  });

  it('is nothing for a relation of one account', async () => {
    const tenant = await addComparedTenant(api, [{ company: 0, shared: { name: 'De Iep B.V.' } }]);
    const { id } = await relationNamed(tenant, 'iep');

    expect((await tenant.viewer.get(`/v1/relations/${id}/evidence`)).body).toMatchObject({ pairs: [] });
  });
});

describe('a relation at an earlier moment', () => {
  it('shows a relation as it was before an edit, and before it was there', async () => {
    const tenant = await addComparedTenant(api, accounts, 'automatic');
    const { id, version, updatedAt, values } = await relationNamed(tenant, 'linde');
    const body = { version, values: { phone: '0300000077' } };
    const saved = await tenant.reviewer.send('PATCH', `/v1/relations/${id}`, { body });
    expect(saved.status).toBe(200);

    const at = async (moment: string) =>
      (await tenant.viewer.get(`/v1/relations/${id}/at?moment=${encodeURIComponent(moment)}`)).body;
    expect(await at(updatedAt)).toEqual({ moment: updatedAt, values, changedSince: ['phone'] });
    const later = (saved.body as RelationDetail).updatedAt;
    expect(await at(later)).toMatchObject({ values: { phone: '0300000077' }, changedSince: [] });
    const longAgo = '2020-01-01T00:00:00.000Z';
    expect(await at(longAgo)).toEqual({ moment: longAgo, values: null, changedSince: [] });
  });
});

describe('editing a relation over http', () => {
  let tenant: ComparedTenant;
  beforeAll(async () => {
    tenant = await addComparedTenant(api, accounts, 'automatic');
  });

  const patch = (client: Client, id: string, body: object) =>
    client.send('PATCH', `/v1/relations/${id}`, { body });

  it('stores the edit, shows who made it, warns of odd numbers, and refuses a stale one with 412', async () => {
    const { id, version } = await relationNamed(tenant, 'eik');

    const saved = await patch(tenant.reviewer, id, {
      version,
      values: { vat: 'NL999991234B92', phone: null },
    });
    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({
      values: { vat: 'NL999991234B92', phone: null },
      leading: { phone: { kind: 'portal', byName: 'reviewer' } },
      warnings: [{ field: 'vat', warning: 'vat-check-fails' }],
      history: [
        { kind: 'edit', changes: [{ field: 'vat' }, { field: 'phone', before: '0200000012', after: null }] },
        {},
      ],
    });

    const stale = await patch(tenant.reviewer, id, { version, values: { phone: '1' } });
    expect(stale).toMatchObject({ status: 412, body: { kind: 'changed-meanwhile', version: version + 1 } });
  });

  it('refuses half a character, NUL and an unknown field (400), and a viewer (403)', async () => {
    const { id, version } = await relationNamed(tenant, 'eik');

    for (const tradeName of ['x\ud83d', 'x\u0000'])
      expect(await patch(tenant.reviewer, id, { version, values: { tradeName } })).toMatchObject({
        status: 400,
        body: { kind: 'invalid-request', errors: [{ pointer: '/body/values/tradeName' }] },
      });
    expect((await patch(tenant.reviewer, id, { version, values: { searchText: 'x' } })).status).toBe(400);
    expect((await patch(tenant.viewer, id, { version, values: { phone: '1' } })).status).toBe(403);
  });

  it('answers 423 while contacts are frozen', async () => {
    const { id, version } = await relationNamed(tenant, 'eik');
    await inTenant(api.database, tenant.id, (tx) =>
      tx.execute(
        sql`insert into couplings (tenant_id, step, frozen_since, created_at) values (${tenant.id}, 'match', now(), now())`,
      ),
    );

    expect(await patch(tenant.reviewer, id, { version, values: { phone: '1' } })).toMatchObject({
      status: 423,
      body: { kind: 'relations-frozen' },
    });
    await inTenant(api.database, tenant.id, (tx) => tx.execute(sql`delete from couplings`));
  });

  it('lets another administration lead, takes an account out, and undoes that', async () => {
    const { id, version, values } = await relationNamed(tenant, 'eik');
    const [first = '', second = ''] = tenant.sourceIds;
    const led = await tenant.reviewer.put(`/v1/relations/${id}/leading`, {
      version,
      field: 'email',
      sourceRelationId: first,
    });
    expect(led).toMatchObject({
      status: 200,
      body: { values: { email: null }, leading: { email: { byName: 'reviewer' } } },
    });

    const current = (led.body as RelationDetail).version;
    const out = await tenant.reviewer.post(`/v1/relations/${id}/unlink`, {
      version: current,
      sourceRelationId: second,
    });
    expect(out.status).toBe(200);
    const { actionId, newRelationId } = out.body as { actionId: string; newRelationId: string };
    expect((await tenant.viewer.get(`/v1/relations/${newRelationId}`)).body).toMatchObject({
      values: { email: 'post@eik.test' },
    });
    const alone = (await tenant.viewer.get(`/v1/relations/${id}`)).body as RelationDetail;
    expect(
      await tenant.reviewer.post(`/v1/relations/${id}/unlink`, {
        version: alone.version,
        sourceRelationId: first,
      }),
    ).toMatchObject({ status: 409, body: { kind: 'merge-not-possible', reason: 'only-account' } });

    expect((await tenant.reviewer.post(`/v1/actions/${actionId}/undo`)).status).toBe(200);
    const back = await tenant.viewer.get(`/v1/relations/${newRelationId}`);
    expect(back.body).toMatchObject({ id, survivorId: id, values: { ...values, email: null } });
    expect(await tenant.reviewer.post(`/v1/actions/${actionId}/undo`)).toMatchObject({
      status: 409,
      body: { kind: 'already-undone', byName: 'reviewer' },
    });
  });

  it('lists history, filtered by relation and by person', async () => {
    const { id } = await relationNamed(tenant, 'eik');
    const history = async (query: string) =>
      ((await tenant.viewer.get(`/v1/actions?${query}`)).body as { items: Action[] }).items;

    expect((await history(`relationId=${id}`)).map(({ kind }) => kind)).toContain('choose-leading');
    expect((await history('actor=koppel')).map(({ kind }) => kind)).toEqual(['merge-automatic']);
    expect(await history(`administrationId=${tenant.administrationIds[2] ?? ''}`)).toEqual([]);
    const [newest] = await history('limit=1');
    expect(newest).toMatchObject({
      kind: 'undo',
      isUndoable: false,
      summary: { en: expect.stringMatching(/^Undid an earlier action on ‘.+’$/) as string },
    });
    expect(await tenant.reviewer.post(`/v1/actions/${newest?.id ?? ''}/undo`)).toMatchObject({
      status: 409,
      body: { kind: 'not-undoable' },
    });
  });

  it('tells in the plan what would be written to which administration', async () => {
    const { body } = await tenant.viewer.get('/v1/coupling/plan');

    expect(body).toMatchObject({
      isCut: false,
      perAdministration: [
        { name: 'Bouwbedrijf A' },
        { name: 'Bouwbedrijf B' },
        { name: 'Bouwbedrijf C', updates: 0 },
      ],
    });
  });

  it('gives the whole plan as a file, in the language of who asks', async () => {
    const { body } = await tenant.viewer.get('/v1/coupling/plan');
    const { updates } = body as { updates: { relationName: string }[] };
    const file = await tenant.viewer.send('GET', '/v1/coupling/plan.csv', {
      headers: { 'accept-language': 'en' },
    });
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [head, ...lines] = String(file.body).trim().split('\r\n');
    expect(head).toBe('\ufeffAdministration,Action,Relation,Field,Now in Exact,Becomes,Relation id'.trim());
    expect(updates.length).toBeGreaterThan(0);
    for (const [index, { relationName }] of updates.entries()) expect(lines[index]).toContain(relationName);
    const linked = lines.slice(updates.length, -1);
    const { perAdministration } = body as { perAdministration: { links: number }[] };
    expect(linked).toHaveLength(perAdministration.reduce((sum, each) => sum + each.links, 0));
    expect(linked.length).toBeGreaterThan(1);
    for (const line of linked) expect(line).toMatch(/^Bouwbedrijf [ABC],link,/);
    const { fingerprint } = body as { fingerprint: string };
    expect(lines.at(-1)).toBe(`,fingerprint,,,,${fingerprint},`);
  });

  it('tells whom each administration would get where accounts are always made', async () => {
    const always = (accountCreation: string) =>
      tenant.admin.put('/v1/coupling/account-creation', { accountCreation });
    expect(await always('always')).toMatchObject({ status: 200, body: { accountCreation: 'always' } });
    const { body } = await tenant.viewer.get('/v1/coupling/plan');
    const { perAdministration } = body as { perAdministration: { creates: number }[] };
    const creates = perAdministration.reduce((sum, each) => sum + each.creates, 0);
    expect(creates).toBeGreaterThan(0);
    const file = await tenant.viewer.send('GET', '/v1/coupling/plan.csv', {
      headers: { 'accept-language': 'en' },
    });
    const made = String(file.body)
      .split('\r\n')
      .filter((line) => /^Bouwbedrijf [ABC],create,/.test(line));
    const fieldsOf = Map.groupBy(made, (line) => [line.split(',')[0], line.split(',').at(-1)].join());
    expect(fieldsOf.size).toBe(creates);
    for (const lines of fieldsOf.values()) expect(lines[0]).toMatch(/,create,[^,]+,name,,/);
    expect(made.some((line) => /,create,[^,]+,trade register number,,\d{8},/.test(line))).toBe(true);
    await always('first-use');
    const plain = (await tenant.viewer.get('/v1/coupling/plan')).body;
    expect(plain).toMatchObject({ perAdministration: perAdministration.map(() => ({ creates: 0 })) });
  });
});

it('the plan leaves whom a question may find in an administration out of what is made there, and says how many', async () => {
  const { admin, viewer } = await addComparedTenant(api, accounts);
  await admin.put('/v1/coupling/account-creation', { accountCreation: 'always' });
  const { perAdministration } = (await viewer.get('/v1/coupling/plan')).body as {
    perAdministration: { waiting: number }[];
  };
  const waiting = perAdministration.reduce((sum, each) => sum + each.waiting, 0);
  expect(waiting).toBeGreaterThan(0);
  const file = await viewer.send('GET', '/v1/coupling/plan.csv', { headers: { 'accept-language': 'nl' } });
  const lines = String(file.body).split('\r\n');
  expect(lines.filter((line) => /;aanmaken na antwoord;[^;]+;naam;;/.test(line))).toHaveLength(waiting);
});

describe('proposals over http', () => {
  let tenant: ComparedTenant;
  beforeAll(async () => {
    tenant = await addComparedTenant(api, accounts);
  });

  async function queue(query = ''): Promise<{ items: ProposalSummary[]; counts: Record<string, number> }> {
    const { status, body } = await tenant.viewer.get(`/v1/proposals${query}`);
    expect(status).toBe(200);
    return body as never; // the api parses its answers by the contract
  }

  it('lists what waits with its main reasons in two languages, and counts', async () => {
    const { items, counts } = await queue();

    expect(counts).toEqual({ open: 1, aside: 0, same: 0, different: 0, unsure: 0 });
    expect(items).toMatchObject([
      {
        kind: 'match',
        state: 'open',
        left: { administrationName: 'Bouwbedrijf A' },
        right: { administrationName: 'Bouwbedrijf B' },
      },
    ]);
    expect(items[0]?.topReasons[0]?.key).toBe('kvk-equal');
    expect(items[0]?.topReasons[0]?.text.nl).toMatch(/KvK/i);
  });

  it.each([
    ['?reason=kvk-equal', 1],
    ['?reason=iban-equal', 0],
    ['?minProbability=0.5&search=eik', 1],
    ['?search=linde', 0],
    ['?kind=double', 0],
    ['?state=same', 0],
  ])('filters the queue by %s', async (query, count) => {
    expect((await queue(query)).items).toHaveLength(count);
  });

  it('shows both sides and every field that differs (C16)', async () => {
    const [proposal] = (await queue()).items;
    const { body } = await tenant.viewer.get(`/v1/proposals/${proposal?.id ?? ''}`);
    const detail = body as ProposalDetail;

    expect(detail.leftSources.map(({ id }) => id)).toEqual([tenant.sourceIds[0]]);
    expect(detail.rightSources.map(({ id }) => id)).toEqual([tenant.sourceIds[1]]);
    expect(detail.differingFields).toEqual([
      { field: 'email', suggestedSourceRelationId: tenant.sourceIds[1] },
      { field: 'phone', suggestedSourceRelationId: tenant.sourceIds[0] },
    ]);
    const sum = detail.reasons.reduce((total, { weight }) => total + weight, 0);
    expect(sum).toBeCloseTo(detail.score, 9);
  });

  it('decides once whoever and however often: 100 decisions at the same time have one effect (F70)', async () => {
    const [proposal] = (await queue()).items;
    const path = `/v1/proposals/${proposal?.id ?? ''}`;
    const { version } = (await tenant.viewer.get(path)).body as ProposalDetail;
    const people = [tenant.admin, tenant.reviewer];

    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (people[index % 2] ?? tenant.admin).post(`${path}/decision`, {
          version,
          verdict: index % 3 === 0 ? 'different' : 'same',
        }),
      ),
    );

    const accepted = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(
      new Set(refused.map(({ status, body }) => `${status} ${(body as { kind: string }).kind}`)),
    ).toEqual(new Set(['409 already-decided']));
    expect(new Set(accepted.map(({ body }) => (body as { actionId: string }).actionId)).size).toBe(1);
    const { items } = (await tenant.viewer.get('/v1/actions')).body as { items: Action[] };
    expect(items).toHaveLength(1);
  });

  it('refuses a decision on another version with 412, and knows no other tenant’s proposals', async () => {
    const other = await addComparedTenant(api, accounts);
    const { items } = (await other.viewer.get('/v1/proposals')).body as { items: ProposalSummary[] };
    const path = `/v1/proposals/${items[0]?.id ?? ''}/decision`;

    expect(await other.reviewer.post(path, { version: 99, verdict: 'same' })).toMatchObject({
      status: 412,
      body: { kind: 'changed-meanwhile', version: 3 },
    });
    expect((await tenant.reviewer.post(path, { version: 3, verdict: 'same' })).status).toBe(404);
    expect(
      await other.reviewer.post(path, {
        version: 3,
        verdict: 'same',
        leading: { phone: api.chance.newId() },
      }),
    ).toMatchObject({ status: 422, body: { kind: 'fields-undecided', fields: ['phone'] } });
    expect((await other.viewer.post(path, { version: 3, verdict: 'same' })).status).toBe(403);
  });
});

describe('conflicts over http', () => {
  it('lists them with the sides by name, and settles one once', async () => {
    const tenant = await addComparedTenant(api, accounts, 'automatic');
    const [first = '', second = ''] = tenant.sourceIds;
    await tenant.resync([
      { id: first, company: 0, shared: { ...eik, phone: '0200000012', website: 'a.test' } },
      { id: second, company: 1, shared: { ...eik, phone: null, email: 'post@eik.test', website: 'b.test' } },
    ]);

    const { items } = (await tenant.viewer.get('/v1/conflicts')).body as {
      items: RelationDetail['conflicts'];
    };
    expect(items).toMatchObject([
      {
        relationName: 'De Eik B.V.',
        field: 'website',
        base: null,
        candidates: [
          { side: 'relation', administrationName: null, value: null },
          { side: expect.any(String) as string, value: expect.stringMatching(/^[ab].test$/) as string },
          { side: expect.any(String) as string, value: expect.stringMatching(/^[ab].test$/) as string },
        ],
      },
    ]);
    const path = `/v1/conflicts/${items[0]?.id ?? ''}/resolution`;
    expect(await tenant.reviewer.post(path, { side: second, version: 7 })).toMatchObject({
      status: 412,
      body: { kind: 'changed-meanwhile' },
    });
    const decide = () =>
      tenant.reviewer.send('POST', path, {
        body: { side: second, version: 1 },
        headers: { 'idempotency-key': 'decision-1' },
      });
    const decided = await decide();
    expect(decided).toMatchObject({
      status: 200,
      body: { values: { website: 'b.test' }, conflicts: [] },
    });
    const repeated = await decide();
    expect(repeated).toMatchObject({ status: 200, body: decided.body });
    expect(repeated.headers['idempotency-replayed']).toBe('true');
    expect(await tenant.reviewer.post(path, { side: second })).toMatchObject({
      status: 428,
      body: { kind: 'version-missing' },
    });
    expect(await tenant.reviewer.post(path, { side: second, version: 1 })).toMatchObject({
      status: 412,
      body: { kind: 'changed-meanwhile', version: 2, state: 'resolved', resolvedBy: 'reviewer' },
    });
    expect((await tenant.reviewer.post(path, { side: second, version: 2 })).status).toBe(200);
    expect(await tenant.admin.post(path, { side: first, version: 2 })).toMatchObject({
      status: 409,
      body: { kind: 'already-decided', byName: 'reviewer' },
    });
    expect((await tenant.reviewer.post(path, { side: 'nobody', version: 2 })).status).toBe(404);
  });
});

describe('two people who decide the same conflict (F70)', () => {
  it('have one effect: of 100 decisions at the same time one is taken and 99 are too late, with one entry in history and one event', async () => {
    const tenant = await addComparedTenant(api, accounts, 'automatic');
    expect(
      (await tenant.admin.post('/v1/webhook-endpoints', { url: 'https://erp.example/hook' })).status,
    ).toBe(201);
    const [first = '', second = ''] = tenant.sourceIds;
    await tenant.resync([
      { id: first, company: 0, shared: { ...eik, phone: '0200000012', website: 'a.test' } },
      { id: second, company: 1, shared: { ...eik, phone: null, email: 'post@eik.test', website: 'b.test' } },
    ]);
    const { items } = (await tenant.viewer.get('/v1/conflicts')).body as {
      items: RelationDetail['conflicts'];
    };
    const conflictId = items[0]?.id ?? '';
    const resolvings = async () =>
      ((await tenant.viewer.get('/v1/actions')).body as { items: Action[] }).items.filter(
        ({ kind }) => kind === 'resolve-conflict',
      ).length;
    const resolvedEvents = async () =>
      (
        await inTenant(api.database, tenant.id, (tx) =>
          tx.execute(sql`select id from webhook_events where type = 'conflict.resolved'`),
        )
      ).length;

    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 ? tenant.admin : tenant.reviewer).send('POST', `/v1/conflicts/${conflictId}/resolution`, {
          body: { side: index % 2 ? first : second },
          headers: { 'if-match': '"1"' },
        }),
      ),
    );

    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(99);
    for (const answer of refused)
      expect(answer).toMatchObject({
        status: 412,
        headers: { etag: '"2"' },
        body: { kind: 'changed-meanwhile', version: 2, state: 'resolved' },
      });
    expect([await resolvings(), await resolvedEvents()]).toEqual([1, 1]);
  });

  it('are told the version and the ETag of now when theirs is an old one, whatever the body says, and asked for one', async () => {
    const tenant = await addComparedTenant(api, accounts, 'automatic');
    const [row] = (await list(tenant.viewer)).items;
    const path = `/v1/relations/${row?.id ?? ''}`;
    const shown = await tenant.viewer.get(path);
    const { version } = shown.body as RelationDetail;
    const etag = String(shown.headers['etag']);
    expect(etag).toMatch(new RegExp(`^"${version}\\.`));
    const unchanged = { headers: { 'if-none-match': etag } };
    expect((await tenant.viewer.send('GET', path, unchanged)).status).toBe(304);
    const edit = (ifMatch: string | undefined, body: object) =>
      tenant.reviewer.send('PATCH', path, { body, ...(ifMatch && { headers: { 'if-match': ifMatch } }) });
    const values = { website: 'nieuw.test' };

    expect(await edit(undefined, { values })).toMatchObject({ status: 428 });
    expect(await edit('*', { values })).toMatchObject({ status: 428 });
    for (const never of ['W/"1"', '"of-something-else"', '"1", "2"'])
      expect(await edit(never, { values })).toMatchObject({
        status: 412,
        headers: { etag: `"${version}"` },
        body: { kind: 'changed-meanwhile', version },
      });
    const edited = await edit(etag, { values, version: version + 7 });
    expect(edited).toMatchObject({ status: 200, body: { version: version + 1 } });
    expect(edited.headers['etag']).toBe((await tenant.viewer.get(path)).headers['etag']);
    const late = await edit(etag, { values: { website: 'te-laat.test' }, version: version + 1 });
    expect(late).toMatchObject({ status: 412, body: { version: version + 1 } });
    expect(late.headers['etag']).toBe(`"${version + 1}"`);
  });

  it('find the same ETag on an answer that is given again to an Idempotency-Key', async () => {
    const tenant = await addComparedTenant(api, accounts, 'automatic');
    const [row] = (await list(tenant.viewer)).items;
    const path = `/v1/relations/${row?.id ?? ''}`;
    const { version } = (await tenant.viewer.get(path)).body as RelationDetail;
    const edit = () =>
      tenant.reviewer.send('PATCH', path, {
        body: { values: { website: 'nieuw.test' } },
        headers: { 'if-match': `"${version}"`, 'idempotency-key': 'edit-1' },
      });
    const [first, again] = [await edit(), await edit()];

    expect(first.headers['etag']).toMatch(new RegExp(`^"${version + 1}\\.`));
    expect(again).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' } });
    expect(again.headers['etag']).toBe(first.headers['etag']);
  });
});

describe('merges in opposite directions (J06)', () => {
  it('leave exactly one of three relations that people merge crosswise at the same time', async () => {
    const tenant = await addComparedTenant(api, [
      { company: 0, shared: eik },
      { company: 1, shared: eik },
      { company: 2, shared: eik },
    ]);
    const { items } = (await tenant.viewer.get('/v1/proposals')).body as { items: ProposalSummary[] };
    const shown = await Promise.all(
      items.map(async ({ id }) => (await tenant.viewer.get(`/v1/proposals/${id}`)).body as ProposalDetail),
    );

    const answers = await Promise.all(
      [...shown, ...shown].map(({ id, version }, index) =>
        (index % 2 ? tenant.admin : tenant.reviewer).post(`/v1/proposals/${id}/decision`, {
          version,
          verdict: 'same',
        }),
      ),
    );

    expect(answers.every(({ status }) => [200, 409, 412].includes(status))).toBe(true);
    const { items: left } = await list(tenant.viewer);
    const accountsLeft = left.flatMap(({ administrations }) => administrations);
    expect(accountsLeft).toHaveLength(3);
    const merges = ((await tenant.viewer.get('/v1/actions')).body as { items: Action[] }).items;
    expect(left).toHaveLength(3 - merges.length);
    expect(merges.length).toBeGreaterThanOrEqual(1);
  });
});
