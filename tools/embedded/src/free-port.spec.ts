import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { firstFreePort, onFreePort, PortTaken } from './free-port.js';

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

describe('onFreePort', () => {
  const lose = (taken: number[]) => async (port: number) => {
    taken.push(port);
    throw new PortTaken(port, 'api');
  };

  it('chooses another port when the chosen one is lost, five times at most, and says then what to do', async () => {
    const taken: number[] = [];

    await expect(onFreePort(undefined, lose(taken))).rejects.toThrow(
      /took port \d+ before the api listened on it: start again, or with a port below 32768/,
    );

    expect(taken).toHaveLength(5);
  });

  it('does not try again what failed for another reason', async () => {
    const chosen: number[] = [];
    const failure = onFreePort(undefined, async (port) => {
      chosen.push(port);
      throw new Error('no such setting');
    });

    await expect(failure).rejects.toThrow('no such setting');
    expect(chosen).toHaveLength(1);
  });
});
