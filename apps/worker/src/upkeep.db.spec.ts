import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Queue } from 'bullmq';
import { afterEach, expect, it } from 'vitest';
import { asId, ok, type ConnectionId, type Message } from '@koppel/domain/kernel';
import { systemChance } from './deps.js';
import { createLog } from './log.js';
import { openQueueConnection, upkeepQueue, type QueueConnection } from './queues.js';
import { startWorker, type RunningWorker } from './start-worker.js';
import { addConnection, aCoupledTenant } from './testing/a-coupled-tenant.js';
import { aConfig, aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';

/** Much less than Exact is waited for. */
const soonMs = 10_000;

let rig: WorkerRig;
let worker: RunningWorker | undefined;
let connection: QueueConnection | undefined;
let silent: SilentExact;
afterEach(async () => {
  silent.close();
  await worker?.stop();
  await connection?.close();
  await rig.close();
});

interface SilentExact {
  readonly url: string;
  readonly asked: () => number;
  close(): void;
}

/** An Exact that takes calls and answers none. */
async function aSilentExact(): Promise<SilentExact> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => sockets.size,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

it('goes on for all others while the Exact of one country answers nobody (F95)', async () => {
  silent = await aSilentExact();
  rig = await aWorkerRig();
  const { tenantId } = await aCoupledTenant(rig);
  const connectionId = asId<ConnectionId>(randomUUID());
  await addConnection(rig, { tenantId, connectionId }, { region: 'be', now: () => new Date() });
  const config = aConfig({
    databaseUrl: rig.databaseUrl,
    exactUrl: rig.sandbox.url,
    timings: { relayEveryMs: 20 },
    env: { EXACT_BASE_URL_BE: silent.url },
  });
  connection = await openQueueConnection(config);
  worker = await startWorker(config, { chance: systemChance, log: createLog(config) });
  const send = (message: Message) => rig.uow.run(tenantId, async (tx) => ok(await tx.outbox.add(message)));
  await send({ kind: 'list-divisions', connectionId });
  await expect.poll(silent.asked, { timeout: soonMs }).toBeGreaterThan(0);

  const endpointId = randomUUID();
  await send({ kind: 'forget-deliveries', endpointId });

  const queue = new Queue(upkeepQueue, { connection: connection.options });
  const done = async () =>
    JSON.stringify((await queue.getJobs(['completed'])).map(({ data }) => data as unknown));
  await expect.poll(done, { timeout: soonMs }).toContain(endpointId);
  await queue.close();
});
