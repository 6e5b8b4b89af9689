import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { asId, ok, type TenantId } from '@koppel/domain/kernel';
import { inSystem, inTenant } from '@koppel/persistence';
import {
  addDelivery,
  claimEndpoints,
  findAttempts,
  listDeliveries,
  replayDelivery,
  replayRange,
} from '@koppel/persistence/events';
import { sql } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { forgetDeliveries } from './forget-deliveries.js';
import { WebhookSender } from './webhook-sender.js';

const hour = 3_600_000;
const tenantId = asId<TenantId>('0190aaaa-0000-7000-8000-000000000001');

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answering = Parameters<typeof createServer>[1];

let rig: WorkerRig;
let sender: WebhookSender;
const servers: Server[] = [];
const endpoints: string[] = [];
beforeAll(async () => {
  rig = await aWorkerRig({ env: { WEBHOOKS_TO_LOOPBACK: 'on', PUBLIC_URL: 'https://koppel.example' } });
  sender = new WebhookSender(rig.services);
  await inSystem(rig.database, (tx) =>
    tx.execute(sql`insert into tenants (id, name, created_at) values (${tenantId}, 'Bouwgroep', now())`),
  );
  await switchFeature('on');
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await inPorts(async ({ webhookEndpoints }) => {
    for (const id of endpoints.splice(0)) await webhookEndpoints.remove(id);
  });
});
afterAll(() => rig.close());

type Ports = Parameters<Parameters<WorkerRig['uow']['run']>[1]>[0];
async function inPorts<T>(work: (tx: Ports) => Promise<T>): Promise<T> {
  const done = await rig.uow.run<T, never>(tenantId, async (tx) => ok(await work(tx)));
  return (done as { value: T }).value; // `never` fails
}

const switchFeature = (to: 'on' | 'off') =>
  inSystem(rig.database, (tx) =>
    tx.execute(
      sql`update tenants set feature_enabled_at = ${to === 'on' ? sql`now()` : null} where id = ${tenantId}`,
    ),
  );

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

interface Sink {
  readonly url: string;
  readonly received: Received[];
  answer: NonNullable<Answering>;
}

const withStatus =
  (status: number, headers: Record<string, string> = {}): NonNullable<Answering> =>
  (_, response) =>
    void response.writeHead(status, headers).end();

async function aSink(answer: NonNullable<Answering>): Promise<Sink> {
  const received: Received[] = [];
  const sink = { received, answer, url: '' };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      sink.answer(request, response);
    });
  });
  sink.url = `http://127.0.0.1:${await listen(server)}/hook`;
  return sink;
}

const secrets = {
  first: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
  second: `whsec_${Buffer.alloc(32, 2).toString('base64')}`,
};

async function anEndpoint(url: string, eventTypes: readonly string[] = []): Promise<string> {
  const id = rig.services.deps.newId();
  const seal = (secret: string) =>
    rig.services.cipher.encrypt(secret, { tenantId, endpointId: id, field: 'webhook-secret' });
  const until = new Date(rig.clock.now().getTime() + 24 * hour);
  await inPorts(({ webhookEndpoints }) =>
    webhookEndpoints.add({
      ...{ id, tenantId, url, description: '', eventTypes, version: 1 },
      ...{ isEnabled: true, disabledReason: null, disabledAt: null, failingSince: null },
      ...{ secret: seal(secrets.second), previous: { secret: seal(secrets.first), until } },
      ...{ createdBy: 'test', createdAt: rig.clock.now() },
    }),
  );
  endpoints.push(id);
  return id;
}

/** An event of a run that failed. */
async function tell(endpointId: string): Promise<string> {
  const event = {
    type: 'sync.failed',
    subjectId: 'x',
    data: { syncRunId: 'x' },
    link: '/v1/sync-runs/x',
    at: rig.clock.now(),
  } as const;
  return inTenant(rig.database, tenantId, (tx) => addDelivery(tx, { id: endpointId, tenantId }, event));
}

const deliveriesOf = async (endpointId: string) =>
  (await inTenant(rig.database, tenantId, (tx) => listDeliveries(tx, { endpointId }))).items;
const attemptsOf = (id: string) => inTenant(rig.database, tenantId, (tx) => findAttempts(tx, id));
const endpointOf = (id: string) => inPorts(({ webhookEndpoints }) => webhookEndpoints.findById(id));

/** One round, to the end of its turns. */
async function sendDue(): Promise<void> {
  await sender.round();
  await sender.idle();
}

describe('a delivery (F54)', () => {
  it('is thin, and signed with the new secret and the one before it', async () => {
    const sink = await aSink(withStatus(204));
    const id = await anEndpoint(sink.url);
    await tell(id);
    await sendDue();

    const [{ headers, body } = { headers: {}, body: '' }] = sink.received;
    for (const secret of Object.values(secrets))
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'sync.failed',
        data: { syncRunId: 'x', link: 'https://koppel.example/v1/sync-runs/x' },
      });
    expect(() => new Webhook('whsec_AAAA').verify(body, headers as Record<string, string>)).toThrow();
    expect(await deliveriesOf(id)).toMatchObject([
      { state: 'delivered', attempts: 1, dueAt: null, eventId: headers['webhook-id'] },
    ]);
  });

  it('keeps its webhook-id over retries and a replay (I2)', async () => {
    const since = rig.clock.now();
    const sink = await aSink(withStatus(500));
    const id = await anEndpoint(sink.url);
    const deliveryId = await tell(id);
    await sendDue();
    await sendDue(); // not due yet
    await rig.advance(6_000);
    sink.answer = withStatus(200);
    await sendDue();
    const range = { since, until: rig.clock.now(), now: rig.clock.now(), limit: 10 };
    await inTenant(rig.database, tenantId, (tx) => replayRange(tx, { id, tenantId, eventTypes: [] }, range));
    await sendDue();

    expect(sink.received).toHaveLength(3);
    expect(new Set(sink.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await attemptsOf(deliveryId)).toMatchObject([
      { status: 500, failure: 'status' },
      { status: 200, failure: null },
      { status: 200, failure: null },
    ]);
  });

  it('that is asked for anew during an attempt goes once more after it', async () => {
    let release = () => undefined as void;
    const sink = await aSink((_, response) => {
      release = () => void response.end();
    });
    const id = await anEndpoint(sink.url);
    const deliveryId = await tell(id);
    await sender.round();
    await until(() => sink.received.length === 1);
    await inTenant(rig.database, tenantId, (tx) => replayDelivery(tx, deliveryId, rig.clock.now()));
    sink.answer = withStatus(200);
    release();
    await sender.idle();

    expect(sink.received).toHaveLength(2);
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    expect(await attemptsOf(deliveryId)).toHaveLength(2);
  });

  it('waits while the organisation is switched off', async () => {
    const sink = await aSink(withStatus(200));
    const id = await anEndpoint(sink.url);
    await tell(id);
    await switchFeature('off');
    await sendDue();
    const received = sink.received.length;
    await switchFeature('on');
    expect(received).toBe(0);
    await sendDue();
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'delivered' }]);
  });

  it('ends with the round under way when the organisation is switched off', async () => {
    let release = () => undefined as void;
    const sink = await aSink((_, response) => {
      release = () => void response.end();
    });
    const id = await anEndpoint(sink.url);
    await tell(id);
    await sender.round();
    await until(() => sink.received.length === 1);
    await tell(id);
    await switchFeature('off');
    sink.answer = withStatus(200);
    release();
    await sender.idle();
    await switchFeature('on');
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'waiting' }, { state: 'delivered' }]);
  });

  it('is forgotten with its attempts when its endpoint was removed', async () => {
    const id = await anEndpoint((await aSink(withStatus(200))).url);
    const deliveryId = await tell(id);
    await sendDue();
    await inPorts(({ webhookEndpoints }) => webhookEndpoints.remove(id));
    expect(await attemptsOf(deliveryId)).toHaveLength(1);

    expect(await forgetDeliveries(rig.services, tenantId, id)).toEqual({ kind: 'done' });
    expect(await deliveriesOf(id)).toEqual([]);
    expect(await attemptsOf(deliveryId)).toEqual([]);
  });

  it('does not follow a redirect', async () => {
    const other = await aSink(withStatus(200));
    const sink = await aSink(withStatus(302, { location: other.url }));
    const deliveryId = await tell(await anEndpoint(sink.url));
    await sendDue();

    expect(other.received).toEqual([]);
    expect(await attemptsOf(deliveryId)).toMatchObject([{ status: 302, failure: 'redirect' }]);
  });

  it('reads an endless answer to a bound only', async () => {
    let written = 0;
    const sink = await aSink((_, response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(65_536);
      const more = () => {
        if (response.destroyed) return;
        written += chunk.length;
        response.write(chunk, () => setImmediate(more));
      };
      more();
    });
    const id = await anEndpoint(sink.url);
    await tell(id);
    await sendDue();

    expect(await deliveriesOf(id)).toMatchObject([{ state: 'delivered' }]);
    expect(written).toBeLessThan(64 * 1_048_576);
  });

  it('names a broken handshake, a closed port and an address inside a network', async () => {
    const broken = await listen(https.createServer()); // no certificate: no handshake
    const closed = await listen(createServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const reasons = [];
    for (const url of [`https://127.0.0.1:${broken}/`, `http://127.0.0.1:${closed}/`, 'https://10.0.0.8/']) {
      const deliveryId = await tell(await anEndpoint(url));
      await sendDue();
      reasons.push(...(await attemptsOf(deliveryId)).map(({ failure }) => failure));
    }
    expect(reasons).toEqual(['tls', 'connection', 'address-refused']);
  });
});

describe('attempts', () => {
  it('are counted by how they ended', async () => {
    const services = rig.anotherWorker();
    sender = new WebhookSender(services);
    for (const status of [200, 204, 500, 302])
      await tell(await anEndpoint((await aSink(withStatus(status))).url));
    await sendDue();
    sender = new WebhookSender(rig.services);
    expect(new Set(services.deliveryResults.samples())).toEqual(
      new Set([
        { labels: { result: 'delivered' }, value: 2 },
        { labels: { result: 'status' }, value: 1 },
        { labels: { result: 'redirect' }, value: 1 },
      ]),
    );
  });
});

describe('a receiver', () => {
  it('that is slow holds up nobody else, nor a second worker', async () => {
    let release = () => undefined as void;
    const slow = await aSink((_, response) => {
      release = () => void response.end();
    });
    const quick = await aSink(withStatus(200));
    const [slowId, quickId] = [await anEndpoint(slow.url), await anEndpoint(quick.url)];
    await tell(slowId);
    await sender.round();
    await until(() => slow.received.length === 1);
    await tell(slowId);
    await tell(quickId);
    const second = new WebhookSender(rig.anotherWorker());
    await second.round();
    await second.idle();

    expect(quick.received).toHaveLength(1);
    expect(slow.received).toHaveLength(1);
    slow.answer = withStatus(200);
    release();
    await sender.idle();
    expect(await deliveriesOf(slowId)).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }]);
  });

  it('that fails for three days gets it all when it is back', async () => {
    const sink = await aSink(withStatus(500));
    const id = await anEndpoint(sink.url);
    await tell(id);
    for (let hours = 0; hours < 72; hours += 6) {
      await sendDue();
      await rig.advance(6 * hour);
    }
    expect(await endpointOf(id)).toMatchObject({ isEnabled: true });
    sink.answer = withStatus(200);
    await rig.advance(24 * hour);
    await sendDue();
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'delivered' }]);
    expect(await endpointOf(id)).toMatchObject({ failingSince: null });
  });

  it('that fails for five days is switched off with an issue, once', async () => {
    const sink = await aSink(withStatus(503));
    const id = await anEndpoint(sink.url);
    for (let days = 0; days <= 5; days += 1) {
      await tell(id);
      await sendDue();
      await rig.advance(24 * hour);
    }
    const received = sink.received.length;
    await tell(id);
    await sendDue();

    expect(sink.received).toHaveLength(received);
    expect(await endpointOf(id)).toMatchObject({ isEnabled: false, disabledReason: 'failing' });
    const issues = await inPorts((tx) => tx.issues.findOpen(`webhook-disabled:${id}`));
    expect(issues).toMatchObject([
      { cause: 'webhook-disabled', occurrences: 1, params: { reason: 'failing' } },
    ]);
  });

  it('that answers 410 is switched off at once', async () => {
    const sink = await aSink(withStatus(410));
    const id = await anEndpoint(sink.url);
    await tell(id);
    await sendDue();
    expect(await endpointOf(id)).toMatchObject({ isEnabled: false, disabledReason: 'gone' });
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'failed', attempts: 1, dueAt: null }]);
  });

  it('whose worker died in the middle is served by another one after a minute', async () => {
    const sink = await aSink(withStatus(200));
    const id = await anEndpoint(sink.url);
    await tell(id);
    const dead = { now: rig.clock.now(), leaseMs: 60_000, limit: 10 };
    expect(await claimEndpoints(rig.database, dead)).toHaveLength(1);
    await sendDue();
    expect(sink.received).toEqual([]);

    await rig.advance(60_000);
    await sendDue();
    expect(sink.received).toHaveLength(1);
  });
});

/** Until something that the machine does by itself has happened; the test's own time bounds it. */
async function until(hasHappened: () => boolean): Promise<void> {
  while (!hasHappened()) await new Promise((resolve) => setImmediate(resolve));
}
