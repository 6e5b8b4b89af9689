import { spawnSync } from 'node:child_process';
import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { PortTaken } from '@koppel/embedded';
import { findRedis, startRedis } from './redis.js';

const isInstalled = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

describe('findRedis', () => {
  it('takes the one that it is given, and leaves it running', async () => {
    const redis = await findRedis('redis://queue:6379');

    await expect(redis?.stop()).resolves.toBeUndefined();
    expect(redis?.url).toBe('redis://queue:6379');
  });

  it.skipIf(!isInstalled)('starts the installed redis-server on a free port and ends it', async () => {
    const redis = await findRedis(undefined);
    const { hostname, port } = new URL(redis?.url ?? '');

    const socket = connect(Number(port), hostname);
    socket.write('PING\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    await redis?.stop();

    expect(answer.toString()).toBe('+PONG\r\n');
    const refused = connect(Number(port), hostname);
    await expect(once(refused, 'connect')).rejects.toThrow('ECONNREFUSED');
  });
});

describe('startRedis', () => {
  it.skipIf(!isInstalled)('says that somebody else has the port, for whoever can take another', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;

    await expect(startRedis(port)).rejects.toThrow(PortTaken);

    squatter.close();
  });
});
