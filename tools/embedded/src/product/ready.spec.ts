import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { instanceHeader, waitUntilReady } from './ready.js';

describe('waitUntilReady', () => {
  const servers: Server[] = [];
  const serve = async (answer: () => { status: number; instance: string }): Promise<string> => {
    const server = createServer((_, response) => {
      const { status, instance } = answer();
      response.writeHead(status, { [instanceHeader]: instance }).end();
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  it('waits while the instance says that it is not ready yet', async () => {
    let asked = 0;
    const url = await serve(() => ({ status: ++asked < 3 ? 503 : 200, instance: 'mine' }));

    await waitUntilReady(url, 'mine', { timeoutMs: 5_000, signal: new AbortController().signal });

    expect(asked).toBe(3);
  });

  it('does not take the answer of another instance on the same port for its own', async () => {
    const url = await serve(() => ({ status: 200, instance: 'of yesterday' }));

    const waiting = waitUntilReady(url, 'mine', { timeoutMs: 200, signal: new AbortController().signal });

    await expect(waiting).rejects.toThrow('is not ready after 0.2 s');
  });

  it('stops waiting with the reason it is given', async () => {
    const stop = new AbortController();
    const waiting = waitUntilReady('http://127.0.0.1:1', 'mine', { timeoutMs: 60_000, signal: stop.signal });

    stop.abort(new Error('the api crashed too often'));

    await expect(waiting).rejects.toThrow('the api crashed too often');
  });
});
