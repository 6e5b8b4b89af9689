import { createServer } from 'node:net';

/**
 * A TCP port on the loopback interface that nobody listens on at this moment.
 * Another process may still take it before the caller does, so callers must treat "address in use" as a reason to ask again.
 */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

/** The first port from `wanted` upwards that is free, after at most `triesMax` ports; any free port after that, and for 0. */
export async function firstFreePort(wanted: number, triesMax = 50): Promise<number> {
  if (wanted === 0) return freePort();
  for (let port = wanted; port < wanted + triesMax && port < 65_536; port++) {
    if (await isFree(port)) return port;
  }
  return freePort();
}

function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string')
          reject(new Error('the probe socket has no port'));
        else resolve(address.port);
      });
    });
  });
}
