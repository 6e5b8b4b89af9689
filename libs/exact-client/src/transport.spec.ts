import { createServer, type Server } from 'node:http';
import {
  createServer as createSocketServer,
  type AddressInfo,
  type Server as SocketServer,
  type Socket,
} from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { ExactError, type ExactFailure } from './errors.js';
import {
  createHttpTransport,
  type HttpTransport,
  type TransportLimits,
  type TransportRequest,
} from './transport.js';

const open: { stop(): void }[] = [];
afterEach(() => {
  for (const item of open.splice(0)) item.stop();
});

async function listening(server: Server | SocketServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers each connection with exactly these bytes and then closes it, or leaves it open. */
async function aRawServer(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', () => answer(socket));
  });
  open.push({
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return listening(server);
}

async function aServer(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handler);
  open.push({
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return listening(server);
}

function aTransport(limits: Partial<TransportLimits> = {}): HttpTransport {
  const transport = createHttpTransport(limits);
  open.push({ stop: () => transport.close() });
  return transport;
}

function aGet(url: string): TransportRequest {
  return { method: 'GET', url, headers: { accept: 'application/json' } };
}

async function failureOf(promise: Promise<unknown>): Promise<ExactFailure | string> {
  try {
    await promise;
    return 'no failure';
  } catch (error) {
    return error instanceof ExactError ? error.failure : String(error);
  }
}

const page = JSON.stringify({ d: { results: [{ ID: 'g1', Name: 'Jansen é' }] } });

describe('http transport', () => {
  it('gives status, headers by any case, and the body', async () => {
    const url = await aServer((request, response) => {
      response.setHeader('X-RateLimit-Limit', '60');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ method: request.method, accept: request.headers.accept }));
    });
    const response = await aTransport()(aGet(url));

    expect(response.status).toBe(200);
    expect(response.headers.get('x-ratelimit-limit')).toBe('60');
    expect(response.headers.get('nope')).toBeNull();
    expect(JSON.parse(response.body)).toEqual({ method: 'GET', accept: 'application/json' });
  });

  it('sends a body in UTF-8 and takes a gzip answer', async () => {
    const url = await aServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.setHeader('content-encoding', 'gzip');
        response.end(gzipSync(Buffer.concat(chunks)));
      });
    });
    const response = await aTransport()({ method: 'POST', url, headers: {}, body: page });

    expect(response.body).toBe(page);
  });

  it('F35 does not follow a redirect', async () => {
    let visits = 0;
    const url = await aServer((_request, response) => {
      visits += 1;
      response.writeHead(302, { location: '/docs/Login.aspx' }).end();
    });

    expect((await aTransport()(aGet(url))).status).toBe(302);
    expect(visits).toBe(1);
  });

  it('keeps a connection for reads and takes a fresh one for a POST', async () => {
    const ports: (number | undefined)[] = [];
    const url = await aServer((request, response) => {
      ports.push(request.socket.remotePort);
      response.end('{}');
    });
    const transport = aTransport();
    await transport(aGet(url));
    await transport(aGet(url));
    await transport({ method: 'POST', url, headers: {}, body: '{}' });

    expect(ports[1]).toBe(ports[0]);
    expect(ports[2]).not.toBe(ports[0]);
  });
});

describe('http transport: half answers', () => {
  const body = Buffer.from(page);
  const zipped = gzipSync(body);
  const head = (lines: string) =>
    Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${lines}\r\n\r\n`);
  const chunked = Buffer.concat([
    head('transfer-encoding: chunked'),
    Buffer.from(`${body.length.toString(16)}\r\n`),
    body,
    Buffer.from('\r\n0\r\n\r\n'),
  ]);
  const whole: [string, Buffer][] = [
    ['with a length', Buffer.concat([head(`content-length: ${body.length}`), body])],
    ['in chunks', chunked],
    [
      'zipped, with a length',
      Buffer.concat([head(`content-encoding: gzip\r\ncontent-length: ${zipped.length}`), zipped]),
    ],
  ];

  it.each(whole)('F34 an answer %s is whole, or a failure at every other length', async (_name, bytes) => {
    let cutAt = bytes.length;
    const url = await aRawServer((socket) => socket.end(bytes.subarray(0, cutAt)));
    const transport = aTransport();

    expect((await transport(aGet(url))).body).toBe(page);
    const kinds = new Set<string>();
    for (cutAt = 0; cutAt < bytes.length; cutAt += 1) {
      const failure = await failureOf(transport(aGet(url)));
      kinds.add(typeof failure === 'string' ? `${failure} at ${cutAt}` : failure.kind);
    }
    expect([...kinds]).toEqual(['network']);
  });

  it('F34 a zipped body that ends early inside a right length is a failure', async () => {
    const cut = zipped.subarray(0, zipped.length - 12);
    const bytes = Buffer.concat([head(`content-encoding: gzip\r\ncontent-length: ${cut.length}`), cut]);
    const url = await aRawServer((socket) => socket.end(bytes));

    expect(await failureOf(aTransport()(aGet(url)))).toMatchObject({ kind: 'network', phase: 'body' });
  });

  it('F34 a broken zip is a failure', async () => {
    const broken = Buffer.from(zipped);
    broken.fill(0, 20, 30);
    const bytes = Buffer.concat([head(`content-encoding: gzip\r\ncontent-length: ${broken.length}`), broken]);
    const url = await aRawServer((socket) => socket.end(bytes));

    expect(await failureOf(aTransport()(aGet(url)))).toMatchObject({ kind: 'network', phase: 'body' });
  });

  it('F34 a zip bomb is stopped at the bound', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, 'a'));
    const url = await aServer((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(bomb);
    });
    const transport = aTransport({ bodyMaxBytes: 1_000_000 });

    expect(bomb.length).toBeLessThan(10_000);
    expect(await failureOf(transport(aGet(url)))).toEqual({
      kind: 'malformed',
      reason: 'body over 1000000 bytes',
      mayPass: true,
    });
  });

  it.each([
    ['another encoding', { 'content-encoding': 'br' }, Buffer.from('x')],
    ['bytes that are no UTF-8', {}, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ])('F35 refuses %s', async (_name, headers, bytes) => {
    const url = await aServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(bytes);
    });

    expect(await failureOf(aTransport()(aGet(url)))).toMatchObject({
      kind: 'unexpected-content',
      status: 200,
    });
  });
});

describe('http transport: refusals that nobody can read', () => {
  it.each([
    ['bytes that are no UTF-8', 403, { reason: 'NoDivisionAccess' }, Buffer.from([0x47, 0xe9, 0xe9, 0x6e])],
    ['another encoding', 429, { 'content-encoding': 'br' }, Buffer.from('x')],
  ])('F35 gives what they are, in %s', async (_name, status, headers, bytes) => {
    const url = await aServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(bytes);
    });

    const answer = await aTransport()(aGet(url));

    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(headers)) expect(answer.headers.get(name)).toBe(value);
  });
});

describe('http transport: time', () => {
  it('F33 gives up on headers that do not come', async () => {
    const url = await aRawServer(() => undefined);

    expect(await failureOf(aTransport({ headersMs: 30 })(aGet(url)))).toEqual({
      kind: 'timeout',
      phase: 'headers',
      afterMs: 30,
    });
  });

  it('F43 takes an answer that came while the process stood still, although its time is over', async () => {
    const url = await aServer((_request, response) => {
      response.end('whole');
      setImmediate(() => {
        const until = performance.now() + 150;
        while (performance.now() < until); // as a process that is stopped
      });
    });

    const { body } = await aTransport()({ ...aGet(url), timeoutMs: 100 });

    expect(body).toBe('whole');
  });

  it('F33 gives up on a body that stalls', async () => {
    const url = await aServer((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{');
    });

    expect(await failureOf(aTransport({ bodyIdleMs: 30 })(aGet(url)))).toEqual({
      kind: 'timeout',
      phase: 'body',
      afterMs: 30,
    });
  });

  it('F33 gives up on a body that comes too slowly, however steadily', async () => {
    const url = await aServer((_request, response) => {
      response.writeHead(200, { 'content-length': '100000' });
      const drip = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(drip));
    });
    const transport = aTransport({ bodyIdleMs: 5_000, totalMs: 80 });

    expect(await failureOf(transport(aGet(url)))).toEqual({ kind: 'timeout', phase: 'body', afterMs: 80 });
  });

  it("keeps to the caller's own bound", async () => {
    const url = await aRawServer(() => undefined);

    expect(await failureOf(aTransport()({ ...aGet(url), timeoutMs: 25 }))).toEqual({
      kind: 'timeout',
      phase: 'headers',
      afterMs: 25,
    });
  });

  it('says that nothing was sent when nobody listens', async () => {
    const url = await aRawServer(() => undefined);
    for (const item of open.splice(0)) item.stop();

    expect(await failureOf(aTransport()(aGet(url)))).toEqual({
      kind: 'network',
      phase: 'connect',
      code: 'ECONNREFUSED',
    });
  });

  it('stops when the caller does', async () => {
    const url = await aRawServer(() => undefined);
    const signal = AbortSignal.abort();

    expect(await failureOf(aTransport()({ ...aGet(url), signal }))).toMatchObject({
      kind: 'network',
      code: 'ABORTED',
    });
  });
});
