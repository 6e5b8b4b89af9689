import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { postEvent } from './post-event.js';

let server: Server | undefined;
afterEach(() => server?.close());

/** A receiver that answers every request with these bytes and leaves the connection open. */
async function answering(bytes: string): Promise<string> {
  const made = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.write(bytes));
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/`;
}

const bounds = {
  timeoutMs: 60_000,
  answerMaxBytes: 1_024,
  policy: { isLoopbackAllowed: true },
  stopping: new AbortController().signal,
};

describe('a post to a receiver', () => {
  it('is taken by its status, however long the answer stays open', async () => {
    const url = await answering('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nopen');
    expect(await postEvent({ url, headers: {}, body: '{}' }, { ...bounds, timeoutMs: 3_000 })).toEqual({
      kind: 'answered',
      status: 200,
    });
  });

  it('that gets no status in time is not taken', async () => {
    const url = await answering('HTTP/1.1');
    expect(await postEvent({ url, headers: {}, body: '{}' }, { ...bounds, timeoutMs: 200 })).toEqual({
      kind: 'unreached',
      reason: 'timeout',
    });
  });

  it('ends when the receiver wants to speak another protocol', async () => {
    const url = await answering(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
    );
    expect(await postEvent({ url, headers: {}, body: '{}' }, bounds)).toEqual({
      kind: 'answered',
      status: 101,
    });
  });
});
