import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  listProposalReasonsEndpoint,
  listProposalsEndpoint,
  ProposalDetail,
  ProposalSummary,
  Response as Answer,
} from '@koppel/contracts';
import { anAddress } from '@koppel/domain/testing';
import { addComparedTenant, type ComparedTenant } from '../testing/a-compared-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

let api: TestApi;
let tenant: ComparedTenant;
beforeAll(async () => {
  api = await startTestApi();
  const kade = anAddress('Kade 9', '1234 AB', 'Voorbeeldstad');
  const dijk = anAddress('Dijk 4', '4321 BA', 'Elders');
  tenant = await addComparedTenant(api, [
    { company: 0, shared: { name: 'De Eik B.V.', kvk: '99000031', address: kade } },
    { company: 1, shared: { name: 'De Eik B.V.', kvk: '99000031', address: dijk } },
    { company: 0, shared: { name: 'Vlier Advies B.V.', kvk: '99000021', address: kade } },
    { company: 1, shared: { name: 'Vlier Advies B.V.', kvk: '99000021', address: kade } },
  ]);
});
afterAll(() => api.close());

async function read<T>(path: string): Promise<T> {
  const { status, body } = await tenant.viewer.get(path);
  expect(status).toBe(200);
  return body as T; // the api parses its answers by the contract
}

describe('pairs over http', () => {
  it('tells which reasons occur, in words without values, and filters by one', async () => {
    const { items } = await read<Answer<typeof listProposalReasonsEndpoint>>(
      '/v1/proposals/reasons?kind=match',
    );
    expect(items.map(({ pairs }) => pairs)).toEqual(
      [...items.map(({ pairs }) => pairs)].sort((a, b) => b - a),
    );
    expect(items).toContainEqual({
      key: 'kvk-equal',
      text: { nl: 'zelfde KvK-nummer', en: 'same KvK number' },
      pairs: 2,
    });
    expect(items).toContainEqual(expect.objectContaining({ key: 'hold-other-address', pairs: 1 }));
    const held = await read<{ items: ProposalSummary[] }>('/v1/proposals?reason=hold-other-address');
    expect(held.items.map(({ left }) => left.name)).toEqual(['De Eik B.V.']);
  });

  it('says of a pair what would have given another verdict', async () => {
    const { items } = await read<{ items: ProposalSummary[] }>('/v1/proposals?reason=hold-other-address');
    const pair = await read<ProposalDetail>(`/v1/proposals/${items[0]?.id ?? ''}`);
    expect(pair.wouldChange[0]).toEqual({
      field: 'address',
      change: 'equal',
      band: 'automatic',
      text: {
        nl: 'Met hetzelfde adres was het zeker dezelfde',
        en: 'With the same address, it would certainly be the same',
      },
    });
  });

  it('says which other records of the two relations a merge would join against a veto', async () => {
    const kade = anAddress('Kade 44', '1234 AB', 'Voorbeeldstad');
    const chain = await addComparedTenant(api, [
      { company: 0, shared: { name: 'Zonnevlier', address: kade } },
      { company: 1, shared: { name: 'Zonnevlier Advies', kvk: '99000031', address: kade } },
      { company: 2, shared: { name: 'Zonnevlier Techniek', kvk: '99000099', address: kade } },
    ]);
    const list = async () =>
      ((await chain.viewer.get('/v1/proposals')).body as { items: ProposalSummary[] }).items;
    const detailOf = async ({ id }: ProposalSummary) =>
      (await chain.viewer.get(`/v1/proposals/${id}`)).body as ProposalDetail;
    const [first, ...others] = await list();
    expect(others).toHaveLength(1);
    const { id, version, contradictions } = await detailOf(first!);
    expect(contradictions).toEqual([]);
    await chain.reviewer.post(`/v1/proposals/${id}/decision`, { version, verdict: 'same' });

    const [left] = await list();
    const detail = await detailOf(left!);
    expect(detail.vetoes).toEqual([]);
    expect(detail.contradictions.map(({ key }) => key)).toEqual(['veto-kvk']);
  });

  it('lists every pair once, page by page, in the order that teaches most', async () => {
    const page = '/v1/proposals?kind=match&order=teaching&limit=1';
    const first = await read<{ items: ProposalSummary[]; nextCursor: string }>(page);
    const second = await read<{ items: ProposalSummary[]; nextCursor: string | null }>(
      `${page}&cursor=${first.nextCursor}`,
    );
    const whole = await read<Answer<typeof listProposalsEndpoint>>('/v1/proposals?kind=match&order=teaching');

    expect(second.nextCursor).toBeNull();
    expect([...first.items, ...second.items]).toEqual(whole.items);
    expect(whole.items.length).toBe(2);
    expect(whole.isRanked).toBe(true);
  });
});
