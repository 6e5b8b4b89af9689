import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action, ProposalSummary } from '@koppel/contracts';
import { asId, systemActor, type Deps, type ProposalId } from '@koppel/domain/kernel';
import { acceptBatch } from '@koppel/domain/relations';
import { DrizzleUnitOfWork, type FullTransaction } from '@koppel/persistence';
import { addComparedTenant } from '../testing/a-compared-tenant.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

class Killed extends Error {}

/** A process that is killed before its given transaction commits, from 1; nothing that it does later arrives. */
function mortalDeps(diesAt: number): Deps<FullTransaction> {
  const uow = new DrizzleUnitOfWork(api.database);
  let count = 0;
  const run: typeof uow.run = (tenantId, work) =>
    uow.run(tenantId, async (tx) => {
      count += 1;
      if (count > diesAt) throw new Killed();
      const result = await work(tx);
      if (count === diesAt) throw new Killed();
      return result;
    });
  return { ...api.chance, uow: { run } };
}

const names = ['De Eik', 'De Linde', 'De Es'];
const kvkOf = (index: number) => String(99_000_050 + index);

async function threePairs() {
  const accounts = names.flatMap((name, index) =>
    [0, 1].map((company) => ({ company, shared: { name: `${name} B.V.`, kvk: kvkOf(index) } })),
  );
  const tenant = await addComparedTenant(api, accounts);
  const { body } = await tenant.reviewer.get('/v1/proposals?kind=match&state=open');
  const { items } = body as { items: ProposalSummary[] };
  return { tenant, proposalIds: items.map(({ id }) => asId<ProposalId>(id)) };
}

describe('a batch that is killed in the middle (F73)', () => {
  it('keeps what was done, and done again it does the rest: every pair once, wherever it was killed', async () => {
    let deaths = 0;
    for (let diesAt = 1; ; diesAt += 1) {
      const { tenant, proposalIds } = await threePairs();
      expect(proposalIds).toHaveLength(names.length);
      const batchId = randomUUIDv7();
      const seenAt = api.chance.now();
      const command = { tenantId: tenant.id, proposalIds, batchId, seenAt, actor: systemActor };
      const merges = async () => {
        const { body } = await tenant.viewer.get(`/v1/actions?batchId=${batchId}`);
        return (body as { items: Action[] }).items.length;
      };
      const first = await acceptBatch(mortalDeps(diesAt), command).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
        return undefined;
      });
      if (first) break;
      deaths += 1;
      const done = await merges();
      expect(done).toBeLessThan(names.length);

      const again = await acceptBatch(mortalDeps(Infinity), command);

      expect(again).toEqual({ merged: names.length - done, skipped: done });
      expect(await merges()).toBe(names.length);
    }
    expect(deaths).toBeGreaterThanOrEqual(names.length);
  }, 300_000);
});
