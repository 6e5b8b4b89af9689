import { afterEach, describe, expect, it } from 'vitest';
import type { RelationSource } from '@koppel/domain/sync';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { mirrorOf, truthOf } from '../testing/truth.js';

let rig: WorkerRig;
let tenant: FetchingTenant;
afterEach(() => rig.close());

/** Exact whose list of accounts ends after one page, and beyond it gives as many pages as told. */
function aShortSource(pagesBeyond: number): RelationSource {
  const source = rig.services.relationSource;
  let pages = 0;
  return {
    countAccounts: source.countAccounts.bind(source),
    countParts: source.countParts.bind(source),
    movedAt: source.movedAt.bind(source),
    mayReadAccounts: source.mayReadAccounts.bind(source),
    fetchPage: async (request) => {
      const page = await source.fetchPage(request);
      if (request.kind !== 'accounts' || !page.ok) return page;
      pages += 1;
      if (pages === 1) return { ok: true, value: { ...page.value, next: null } };
      if (pages <= 1 + pagesBeyond) return page;
      const { timestamp } = request.cursor;
      return {
        ok: true,
        value: { rows: { kind: 'accounts', rows: [] }, rejected: [], next: null, timestamp },
      };
    },
  };
}

async function readFrom(pagesBeyond: number) {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 1, relations: 1_300 } } });
  tenant = await aFetchingTenant(rig);
  const runId = await tenant.start();
  await rig.drain({ ...rig.services, relationSource: aShortSource(pagesBeyond) });
  return tenant.step(runId, tenant.administrations[0]!.division, 'accounts');
}
const truth = () => truthOf(rig.sandbox, [tenant.administrations[0]!.division]);
const mirror = () => mirrorOf(rig.database, tenant.tenantId);

describe('a list of Exact that ends before all was given', () => {
  it('is read on until all that Exact counts is there (I1)', async () => {
    expect(await readFrom(10)).toMatchObject({ state: 'done' });
    expect(await mirror()).toEqual(truth());
    expect(await tenant.openIssues()).toEqual([]);
  });

  it('is told when that brings no more, and read as a whole by the next run (I1)', async () => {
    const { administrationId, ...step } = await readFrom(0);
    expect(step).toMatchObject({ state: 'failed', records: 1_000, failure: { kind: 'accounts-missing' } });
    expect(await tenant.openIssues()).toContain(`accounts-missing:${administrationId}`);

    await tenant.start();
    await rig.drain();
    expect(await mirror()).toEqual(truth());
    expect(await tenant.openIssues()).toEqual([]);
  });
});
