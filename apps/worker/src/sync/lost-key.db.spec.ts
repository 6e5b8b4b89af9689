import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SyncRunId } from '@koppel/domain/kernel';
import { inTenant } from '@koppel/persistence';
import { someKeys } from '../testing/a-coupled-tenant.js';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { reconnect } from '../testing/reconnect.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';
import { tick } from './tick.js';

const dayMs = 86_400_000;
/** For so long, and a millisecond, a worker goes on with the token that it has in memory. */
const rememberedMs = 5_001;

let rig: WorkerRig;
beforeEach(async () => {
  const keys = { ...someKeys, k2: randomBytes(32).toString('base64') };
  rig = await aWorkerRig({
    sandbox: { world: { seed: 5, divisions: 1, relations: 10, contacts: 0 } },
    env: { ENCRYPTION_KEYS: JSON.stringify(keys), ENCRYPTION_KEY_ID: 'k2' },
  });
});
afterEach(() => rig.close());

const keyOf = async ({ tenantId }: FetchingTenant) => {
  const [row] = await inTenant(rig.database, tenantId, (tx) =>
    tx.execute<{ key_id: string }>(sql`select key_id from connections`),
  );
  return row?.key_id;
};
const setKey = ({ tenantId }: FetchingTenant, keyId: string) =>
  inTenant(rig.database, tenantId, (tx) => tx.execute(sql`update connections set key_id = ${keyId}`));

/** A run that was started and stands still at its first step, for want of the tokens. */
async function waitingRunOf(tenant: FetchingTenant): Promise<SyncRunId> {
  const runId = await tenant.start();
  await rig.advance(rememberedMs);
  await rig.drain();
  const { division } = tenant.administrations[0]!; // one was taken
  expect(await tenant.step(runId, division, 'accounts')).toMatchObject({ waitReason: 'reconnect' });
  expect(await tenant.openIssues()).toEqual([`connection-broken:${tenant.connectionId}`]);
  return runId;
}

describe('keys of encryption (F47)', () => {
  it('are changed while everything runs: the next refresh of a connection seals its tokens with the current one', async () => {
    const tenant = await aFetchingTenant(rig, { state: 'active' });
    expect(await keyOf(tenant)).toBe('k1');

    await rig.advance(dayMs);
    await tick(rig.services, 'daily');
    await rig.drain();

    expect(await keyOf(tenant)).toBe('k2');
    const runId = await tenant.start();
    await workToTheEnd(rig);
    expect(await tenant.run(runId)).toMatchObject({ state: 'completed' });
  });

  it('that are missing stop their own connection only, without a call, until somebody reconnects', async () => {
    const tenant = await aFetchingTenant(rig, { state: 'active' });
    const other = await aFetchingTenant(rig, { state: 'active', username: 'accountant@demo.nl' });
    await setKey(tenant, 'gone');
    rig.sandbox.journal.clear();

    const runId = await waitingRunOf(tenant);
    expect(rig.sandbox.journal.entries()).toEqual([]);
    const othersRun = await other.start();
    await rig.drain();
    expect(await other.run(othersRun)).toMatchObject({ state: 'completed' });

    await reconnect(rig, tenant);
    await rig.drain();
    expect(await tenant.run(runId)).toMatchObject({ state: 'completed' });
    expect(await tenant.openIssues()).toEqual([]);
  });

  it('that are listed again let their connections go on by themselves', async () => {
    const tenant = await aFetchingTenant(rig, { state: 'active' });
    await setKey(tenant, 'gone');
    const runId = await waitingRunOf(tenant);

    await setKey(tenant, 'k1');
    await rig.advance(dayMs);
    await tick(rig.services, 'daily');
    await rig.drain();

    expect(await tenant.run(runId)).toMatchObject({ state: 'completed' });
    expect(await tenant.openIssues()).toEqual([]);
  });
});
