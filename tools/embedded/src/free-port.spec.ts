import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { firstFreePort } from './free-port.js';

describe('firstFreePort', () => {
  it('is never 0, the wish for any port, but one that a program can be told of', async () => {
    expect(await firstFreePort(0)).toBeGreaterThan(0);
  });

  it('passes over a port that somebody listens on', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;

    expect(await firstFreePort(port)).not.toBe(port);

    taken.close();
  });
});
