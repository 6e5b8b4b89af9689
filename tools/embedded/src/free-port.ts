import { createServer } from 'node:net';

/**
 * A TCP port on the loopback interface that nobody listens on at this moment.
 * Another process may still take it before the caller does, so callers must treat "address in use" as a reason to ask again: `onFreePort`.
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

const choicesMax = 5;

/** Another program listens on the port that was chosen. */
export class PortTaken extends Error {
  constructor(
    readonly port: number,
    readonly of: string,
  ) {
    super(
      `another program took port ${port} before the ${of} listened on it: start again, or with a port below 32768, which systems hand out to nobody`,
    );
  }
}

/**
 * Gives `work` a free port, from `wanted` upwards when there is such a wish, and another one as often as it throws `PortTaken`; at most five.
 */
export async function onFreePort<T>(
  wanted: number | undefined,
  work: (port: number) => Promise<T>,
): Promise<T> {
  for (let choice = 1; ; choice += 1) {
    const port = await firstFreePort(wanted ?? 0);
    try {
      return await work(port);
    } catch (error) {
      if (!(error instanceof PortTaken) || choice === choicesMax) throw error;
    }
  }
}

/** The port of which the last words of a program say that another one listens on it. */
export function takenPortIn(lines: readonly string[]): number | undefined {
  const found = /address already in use \S*?:(\d+)/i.exec(lines.join('\n'));
  return found ? Number(found[1]) : undefined;
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
