import { asId, ok, type SyncRunId } from '@koppel/domain/kernel';
import { DrizzleUnitOfWork } from '@koppel/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addListedTenant, startCoupling, type ListedTenant } from '../testing/a-listed-tenant.js';
import { startTestApi, type Client, type TestApi } from '../testing/test-api.js';

let api: TestApi;
let url: string;
beforeAll(async () => {
  api = await startTestApi();
  await api.app.listen(0, '127.0.0.1');
  url = await api.app.getUrl();
});
afterAll(() => api.close());

interface Listener {
  readonly status: number;
  /** The next `run` event's data; undefined when the stream ended first. */
  next(): Promise<{ state: string; isPaused: boolean } | undefined>;
  leave(): void;
}

async function listen(client: Client, runId: string): Promise<Listener> {
  const leaving = new AbortController();
  const answer = await fetch(`${url}/v1/sync-runs/${runId}/events`, {
    headers: { cookie: client.cookie(), accept: 'text/event-stream' },
    signal: leaving.signal,
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next: Listener['next'] = async () => {
    for (;;) {
      const found = /event: run\n(?:id: .*\n)?data: (.*)\n\n/.exec(text);
      if (found) {
        text = text.slice(found.index + found[0].length);
        return JSON.parse(found[1] ?? '') as { state: string; isPaused: boolean };
      }
      const chunk = await reader?.read();
      if (!chunk || chunk.done) return undefined;
      text += chunk.value;
    }
  };
  return { status: answer.status, next, leave: () => leaving.abort() };
}

async function endRun(tenant: ListedTenant, runId: string): Promise<void> {
  await new DrizzleUnitOfWork(api.database).run(tenant.id, async (tx) => {
    const run = await tx.syncRuns.findByIdForUpdate(asId<SyncRunId>(runId));
    if (run) await tx.syncRuns.save({ ...run, state: 'completed', endedAt: api.chance.now() });
    return ok(undefined);
  });
}

describe('a run', () => {
  it('is shown per administration and kind, and listed', async () => {
    const tenant = await addListedTenant(api, 2);
    const runId = await startCoupling(tenant);
    const shown = await tenant.viewer.get(`/v1/sync-runs/${runId}`);
    expect(shown.status).toBe(200);
    const { administrations } = shown.body as {
      administrations: { administrationId: string; parts: object[] }[];
    };
    expect(administrations.map((one) => one.administrationId)).toEqual(tenant.ids);
    expect(administrations[0]?.parts).toHaveLength(11);
    const listed = (await tenant.viewer.get('/v1/sync-runs?limit=10')).body;
    expect(listed).toMatchObject({
      items: [{ id: runId, kind: 'initial', startedByName: 'admin' }],
      total: 1,
    });
  });

  it('is paused and continued by an admin, also twice, and refuses both when it has ended', async () => {
    const tenant = await addListedTenant(api, 1);
    const runId = await startCoupling(tenant);
    const act = (what: string) => tenant.admin.post(`/v1/sync-runs/${runId}/${what}`);
    expect((await act('pause')).body).toMatchObject({ isPaused: true });
    expect((await act('pause')).body).toMatchObject({ isPaused: true });
    expect((await act('continue')).body).toMatchObject({ isPaused: false });
    await endRun(tenant, runId);
    expect((await act('pause')).body).toMatchObject({ kind: 'sync-not-running' });
  });

  it('has no failed part to retry when nothing failed', async () => {
    const tenant = await addListedTenant(api, 1);
    const runId = await startCoupling(tenant);
    const { body } = await tenant.viewer.get(`/v1/sync-runs/${runId}`);
    const stepId = (body as { administrations: { parts: { stepId: string }[] }[] }).administrations[0]
      ?.parts[0]?.stepId;
    const retry = await tenant.reviewer.post(`/v1/sync-runs/${runId}/steps/${stepId}/retry`);
    expect([retry.status, retry.body]).toEqual([409, expect.objectContaining({ kind: 'step-not-failed' })]);
  });

  it('cannot be a resync before the coupling is active', async () => {
    const tenant = await addListedTenant(api, 1);
    expect((await tenant.reviewer.post('/v1/sync-runs', {})).body).toMatchObject({ kind: 'wrong-step' });
  });
});

describe('the events of a run', () => {
  it('tell every change until the run ends, and then close', async () => {
    const tenant = await addListedTenant(api, 1);
    const runId = await startCoupling(tenant);
    const listener = await listen(tenant.viewer, runId);
    expect(listener.status).toBe(200);
    expect(await listener.next()).toMatchObject({ state: 'fetching', isPaused: false });
    await tenant.admin.post(`/v1/sync-runs/${runId}/pause`);
    expect(await listener.next()).toMatchObject({ state: 'fetching', isPaused: true });
    await endRun(tenant, runId);
    expect(await listener.next()).toMatchObject({ state: 'completed' });
    expect(await listener.next()).toBeUndefined();
  });

  it('close within five seconds for who signed out', async () => {
    const tenant = await addListedTenant(api, 1);
    const runId = await startCoupling(tenant);
    const listener = await listen(tenant.viewer, runId);
    await listener.next();
    await tenant.viewer.delete('/v1/session');
    const began = performance.now();
    expect(await listener.next()).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(6_000);
  });

  it('are not for who is not signed in, nor for another tenant', async () => {
    const [tenant, other] = [await addListedTenant(api, 1), await addListedTenant(api, 1)];
    const runId = await startCoupling(tenant);
    expect((await listen(api.browser(), runId)).status).toBe(401);
    expect((await listen(other.admin, runId)).status).toBe(404);
    expect((await listen(tenant.viewer, 'no-id')).status).toBe(404);
  });

  it('do not keep the api from stopping', async () => {
    const own = await startTestApi();
    await own.app.listen(0, '127.0.0.1');
    const tenant = await addListedTenant(own, 1);
    const runId = await startCoupling(tenant);
    const answer = await fetch(`${await own.app.getUrl()}/v1/sync-runs/${runId}/events`, {
      headers: { cookie: tenant.viewer.cookie() },
    });
    const closed = answer.text().catch(() => 'cut');
    const began = performance.now();
    await own.close();
    expect(performance.now() - began).toBeLessThan(5_000);
    await closed;
  });
});
