import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AttackedRedis } from './attacked-redis.js';

const isInstalled = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
const shortlyMs = 300;

describe.skipIf(!isInstalled)('a Redis that is attacked', () => {
  let folder: string;
  let redis: AttackedRedis;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'koppel-redis-'));
    redis = await AttackedRedis.start(folder);
  });
  afterEach(async () => {
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function said(command: string): Promise<string> {
    const socket = connect(redis.port, '127.0.0.1');
    socket.write(`${command}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return answer.toString().trim();
  }

  it('keeps through a kill what it had answered', async () => {
    expect(await said('SET job waits')).toBe('+OK');

    await redis.restart();

    expect(await said('GET job')).toContain('waits');
  });

  it('says nothing while it is paused, and all when it goes on', async () => {
    redis.pause(true);
    let answer: string | undefined;
    const asked = said('PING').then((heard) => (answer = heard));
    await delay(shortlyMs);
    expect(answer).toBeUndefined();

    redis.pause(false);

    expect(await asked).toBe('+PONG');
  });
});
