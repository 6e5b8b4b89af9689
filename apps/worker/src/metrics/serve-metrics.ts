import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../log.js';
import { contentType } from './exposition.js';

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `GET /metrics` and nothing else, on a port of its own. Throws when the port is taken. */
export async function serveMetrics(
  place: { readonly host: string; readonly port: number },
  parts: { readonly read: () => Promise<string>; readonly log: Log },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    void answer(response, parts);
  });
  server.listen(place.port, place.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a file
  return {
    url: `http://${place.host}:${port}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  response: ServerResponse,
  { read, log }: { readonly read: () => Promise<string>; readonly log: Log },
): Promise<void> {
  try {
    const text = await read();
    response.writeHead(200, { 'content-type': contentType }).end(text);
  } catch (error) {
    log.warn({ err: error }, 'metrics could not be read');
    response.writeHead(503).end();
  }
}
