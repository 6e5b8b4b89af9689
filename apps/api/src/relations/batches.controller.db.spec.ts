import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action, ProposalBatch, ProposalSummary } from '@koppel/contracts';
import { addComparedTenant } from '../testing/a-compared-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

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
describe('a batch of proposals over http', () => {
  interface Portion {
    readonly merged?: number;
    readonly undone?: number;
    readonly skipped: number;
    readonly nextCursor: string | null;
  }

  it('is shown before, accepted, told in the history as one, and undone as one', async () => {
    const linde = { name: 'De Linde B.V.', kvk: '99000042', address: address('Laan 3') };
    const tenant = await addComparedTenant(api, [
      ...accounts,
      { company: 0, shared: linde },
      { company: 1, shared: linde },
    ]);
    const filter = 'kind=match&minProbability=0.5';
    const preview = await tenant.reviewer.get(`/v1/proposal-batch?${filter}`);
    expect(preview).toMatchObject({ status: 200, body: { pairs: 2, leftOut: 0 } });
    const { batchId, seenAt, sample, expectedErrors } = preview.body as ProposalBatch;
    expect(sample).toHaveLength(2);
    expect(expectedErrors).toBeCloseTo(
      sample.reduce((sum, { probability }) => sum + 1 - probability, 0),
      6,
    );

    const body = { kind: 'match', minProbability: 0.5, batchId, seenAt };
    const early = { ...body, seenAt: '2000-01-01T00:00:00Z' };
    expect((await tenant.reviewer.post('/v1/proposal-batch', early)).body).toMatchObject({ merged: 0 });
    const accepted = (await tenant.reviewer.post('/v1/proposal-batch', body)).body as Portion;
    expect(accepted).toEqual({ merged: 2, skipped: 0, nextCursor: null });
    const history = async () =>
      ((await tenant.viewer.get(`/v1/actions?batchId=${batchId}`)).body as { items: Action[] }).items;
    expect((await history()).map(({ batch }) => batch)).toEqual([
      { id: batchId, acts: 2, standing: 2 },
      { id: batchId, acts: 2, standing: 2 },
    ]);

    const undone = await tenant.reviewer.post(`/v1/action-batches/${batchId}/undo`, {});
    expect(undone.body).toEqual({ undone: 2, skipped: 0, nextCursor: null });
    expect((await history()).map(({ kind, batch }) => [kind, batch?.acts, batch?.standing])).toEqual([
      ['undo', 2, 0],
      ['undo', 2, 0],
      ['merge', 2, 0],
      ['merge', 2, 0],
    ]);
    expect((await tenant.viewer.get('/v1/proposals')).body).toMatchObject({ counts: { open: 2, same: 0 } });
  });

  it('leaves out, as it is shown, pairs whose other accounts do not belong together', async () => {
    const els = { name: 'De Els B.V.', address: address('Pad 7') };
    const tenant = await addComparedTenant(api, [
      { company: 0, shared: { ...els, kvk: '99000064', phone: '0200000013' } },
      { company: 1, shared: { ...els, phone: '0200000013', email: 'post@els.test' } },
      { company: 2, shared: { ...els, kvk: '99000075', email: 'post@els.test' } },
    ]);
    const preview = async () =>
      (await tenant.reviewer.get('/v1/proposal-batch?kind=match')).body as ProposalBatch;
    expect(await preview()).toMatchObject({ pairs: 2, leftOut: 1 });
    const { items } = (await tenant.viewer.get('/v1/proposals')).body as { items: ProposalSummary[] };
    const asked = items.find(({ left, right }) =>
      [left, right].every(({ administrationName }) => administrationName !== 'Bouwbedrijf C'),
    );
    const path = `/v1/proposals/${asked?.id ?? ''}`;
    const { version } = (await tenant.viewer.get(path)).body as { version: number };
    expect((await tenant.reviewer.post(`${path}/decision`, { version, verdict: 'same' })).status).toBe(200);

    const { batchId, seenAt, ...after } = await preview();
    expect(after).toMatchObject({ pairs: 0, leftOut: 1, sample: [] });
    expect(after.expectedErrors).toBe(0);
    const accepted = await tenant.reviewer.post('/v1/proposal-batch', { kind: 'match', batchId, seenAt });
    expect(accepted.body).toMatchObject({ merged: 0, skipped: 1 });
  });

  it('is accepted once under an Idempotency-Key, and told again what came of it (F73)', async () => {
    const tenant = await addComparedTenant(api, accounts);
    const preview = await tenant.reviewer.get('/v1/proposal-batch?kind=match');
    const { batchId, seenAt } = preview.body as ProposalBatch;
    const accept = () =>
      tenant.reviewer.send('POST', '/v1/proposal-batch', {
        body: { kind: 'match', batchId, seenAt },
        headers: { 'idempotency-key': batchId },
      });
    const [first, again] = [await accept(), await accept()];

    expect(first.body).toEqual({ merged: 1, skipped: 0, nextCursor: null });
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([first.body, 'true']);
    const { body } = await tenant.viewer.get(`/v1/actions?batchId=${batchId}`);
    expect((body as { items: Action[] }).items.map(({ kind }) => kind)).toEqual(['merge']);
  });

  it('is told with what persons answered one by one on such pairs, and not with what batches decided', async () => {
    const [linde, beuk] = [
      { name: 'De Linde B.V.', kvk: '99000042', address: address('Laan 3') },
      { name: 'De Beuk B.V.', kvk: '99000053', address: address('Dijk 5') },
    ];
    const tenant = await addComparedTenant(
      api,
      [eik, linde, beuk].flatMap((shared) => [0, 1].map((company) => ({ company, shared }))),
    );
    const preview = async () => (await tenant.reviewer.get('/v1/proposal-batch')).body as ProposalBatch;
    const before = await preview();
    expect(before).toMatchObject({ pairs: 3, answers: 0 });

    const { items } = (await tenant.viewer.get('/v1/proposals')).body as { items: ProposalSummary[] };
    const path = `/v1/proposals/${items[0]?.id ?? ''}`;
    const { version } = (await tenant.viewer.get(path)).body as ProposalSummary & { version: number };
    expect((await tenant.reviewer.post(`${path}/decision`, { version, verdict: 'different' })).status).toBe(
      200,
    );

    const { batchId, seenAt, ...after } = await preview();
    expect(after).toMatchObject({ pairs: 2, answers: 1 });
    expect(after.expectedErrors / 2).toBeGreaterThan(before.expectedErrors / 3 + 0.04);
    await tenant.reviewer.post('/v1/proposal-batch', { batchId, seenAt });
    expect(await preview()).toMatchObject({ pairs: 0, answers: 1, expectedErrors: 0 });
  });

  it('is refused to a viewer, and finds nothing of another tenant', async () => {
    const [tenant, other] = [await addComparedTenant(api, accounts), await addComparedTenant(api, accounts)];
    const { batchId, seenAt } = (await tenant.reviewer.get('/v1/proposal-batch')).body as ProposalBatch;
    await tenant.reviewer.post('/v1/proposal-batch', { batchId, seenAt });

    expect((await tenant.viewer.get('/v1/proposal-batch')).status).toBe(403);
    expect((await tenant.viewer.post('/v1/proposal-batch', { batchId, seenAt })).status).toBe(403);
    expect((await other.reviewer.post(`/v1/action-batches/${batchId}/undo`, {})).status).toBe(404);
  });
});
