import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { contentType } from './exposition.js';

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Connections at a time; a scraper needs one. */
const connectionsMax = 8;
/** A scraper that says or takes nothing for so long is hung up on. */
const silentMs = 10_000;

/** Serves `GET /metrics` and nothing else, on a port of its own. Throws when the port is taken. */
export async function serveMetrics(
  place: { readonly host: string; readonly port: number },
  parts: { readonly read: () => Promise<string>; readonly log: Logger },
): Promise<MetricsServer> {
  const shared = { ...parts, read: oneAtATime(parts.read) };
  const server = createServer({ requestTimeout: silentMs }, (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    void answer(response, shared);
  });
  server.maxConnections = connectionsMax;
  server.setTimeout(silentMs);
  server.listen(place.port, place.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a file
  return {
    url: urlOf(place.host, port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An address of IPv6 stands in brackets. */
export function urlOf(host: string, port: number): string {
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}/metrics`;
}

/** Whoever asks while they are being read gets the same ones: scrapes never pile up on the database. */
export function oneAtATime(read: () => Promise<string>): () => Promise<string> {
  let reading: Promise<string> | undefined;
  return () =>
    (reading ??= read().finally(() => {
      reading = undefined;
    }));
}

async function answer(
  response: ServerResponse,
  { read, log }: { readonly read: () => Promise<string>; readonly log: Logger },
): Promise<void> {
  try {
    const text = await read();
    response.writeHead(200, { 'content-type': contentType }).end(text);
  } catch (error) {
    log.warn({ err: error }, 'metrics could not be read');
    response.writeHead(503).end();
  }
}
