import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ChaosProxy, runChaos } from './index.js';

const root = path.resolve(import.meta.dirname, '../../..');
const isBuilt = ['api', 'worker'].every((app) => existsSync(path.join(root, `apps/${app}/dist/main.js`)));

describe('the proxy that cuts and delays', () => {
  const open: { close: () => unknown }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  /** Answers every piece with the same piece. */
  async function anEcho(): Promise<number> {
    const server: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.pipe(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push(server);
    return (server.address() as AddressInfo).port;
  }

  async function aClient(port: number) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    open.push({ close: () => socket.destroy() });
    return socket;
  }

  it('passes everything on in order while it slows down, and nothing while it holds', async () => {
    const target = await anEcho();
    const proxy = await ChaosProxy.open(() => [target]);
    open.push(proxy);
    const client = await aClient(proxy.port);
    let heard = '';
    client.on('data', (chunk: Buffer) => (heard += chunk.toString()));

    proxy.slowDown(20);
    client.write('a');
    await expect.poll(() => heard).toBe('a');
    proxy.slowDown(0);
    proxy.hold(true);
    client.write('b');
    const other = await aClient(target);
    other.write('x');
    await once(other, 'data');
    expect(heard).toBe('a');
    proxy.heal();
    client.write('c');

    await expect.poll(() => heard).toBe('abc');
  });

  it('resets what is open when it cuts, takes new connections, and passes over who does not listen', async () => {
    const target = await anEcho();
    const proxy = await ChaosProxy.open(() => [1, target]);
    open.push(proxy);
    const client = await aClient(proxy.port);
    client.write('a');
    await once(client, 'data');

    const broken = once(client, 'error');
    expect(proxy.cutAll()).toBe(1);

    expect(await broken).toMatchObject([{ code: 'ECONNRESET' }]);
    const next = await aClient(proxy.port);
    next.write('b');
    expect(await once(next, 'data')).toMatchObject([Buffer.from('b')]);
  });
});

describe.skipIf(!isBuilt)('everything that is attacked at once', () => {
  it('ends with what Exact holds and people were told (I1-I12); longer: npm run test:chaos', async () => {
    const report = await runChaos({
      ...{ seed: 11, apis: 1, workers: 2, divisions: 3, relations: 60 },
      ...{ minuteLimit: 600, stormMs: 20_000, quietMs: 120_000, isHurried: true },
    });

    expect(report.wrong).toEqual([]);
    expect(Object.keys(report.attacks).length).toBeGreaterThan(3);
    expect(report.editsInExact).toBeGreaterThan(0);
    expect(report.editsAcknowledged).toBeGreaterThan(0);
  }, 400_000);
});
