import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonReply, type HttpReply, type HttpRequest } from './exchange.js';

/** Exact takes at most 10 MB per request; a little above it is read so that the refusal can be answered. */
const BODY_BYTES_MAX = 11 * 1024 * 1024;

const STANDING_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cache-Control': 'no-store',
};

/** A listening server. */
export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves every request with one handler, on the loopback address. An answer may cut the connection on purpose.
 * `onArrival` hears of a request before it is read; what it gives back is called when the answer has gone.
 */
export async function serve(
  port: number,
  handle: (request: HttpRequest) => Promise<HttpReply>,
  onArrival: (path: string) => () => void,
): Promise<HttpServer> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    outgoing.once('close', onArrival(incoming.url ?? '/'));
    void answer(incoming, outgoing, handle);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // Safe: a TCP server that listens has an AddressInfo.
  const { port: bound } = server.address() as AddressInfo;
  return { port: bound, close: () => closeServer(server) };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: (request: HttpRequest) => Promise<HttpReply>,
): Promise<void> {
  try {
    const body = await readBody(incoming);
    if (!body) {
      send(outgoing, { status: 413, headers: { Connection: 'close' }, body: '' });
      return;
    }
    send(outgoing, await handle(toRequest(incoming, body)));
  } catch (cause) {
    // The sandbox's own fault, not one that it plays: shown whole, so that a failing test names its cause.
    if (!outgoing.headersSent)
      send(outgoing, jsonReply(500, { sandboxError: String(cause), stack: stackOf(cause) }));
    else outgoing.destroy();
  }
}

function stackOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? '') : '';
}

function toRequest(incoming: IncomingMessage, body: Buffer): HttpRequest {
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: incoming.headers,
    body,
    origin: `http://${incoming.headers.host ?? '127.0.0.1'}`,
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(outgoing: ServerResponse, answerToSend: HttpReply): void {
  const { status, cutAfter } = answerToSend;
  if (cutAfter === 0) {
    outgoing.socket?.destroy();
    return;
  }
  const { body } = answerToSend;
  const pieces = (typeof body === 'string' ? [body] : body).map((text) => Buffer.from(text, 'utf8'));
  const size = pieces.reduce((total, piece) => total + piece.length, 0);
  const length = status === 204 ? {} : { 'Content-Length': String(size) };
  outgoing.writeHead(status, { ...STANDING_HEADERS, ...answerToSend.headers, ...length });
  if (cutAfter === undefined) {
    for (const piece of pieces) if (piece.length > 0) outgoing.write(piece);
    outgoing.end();
    return;
  }
  outgoing.write(Buffer.concat(pieces).subarray(0, cutAfter));
  setImmediate(() => outgoing.socket?.destroy());
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
  server.closeAllConnections();
  await closed;
}
