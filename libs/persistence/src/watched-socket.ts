import net from 'node:net';

/** Where the driver wants to go: one server, or several that it tries in turn. */
export interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
  /** Of a Unix socket; goes before host and port. */
  readonly path?: string | false | undefined;
}

/**
 * Makes connections to Postgres that end when nothing was heard for `silentMs`: more than the server itself allows a statement, and
 * than the driver keeps one that nobody uses. A network that swallows everything says nothing by itself; the kernel would go on sending for a
 * quarter of an hour, and whoever asked would wait as long (F22). They are still connecting when they are given: the driver bounds that.
 */
export function watchedSockets(silentMs: number): (address: Address) => net.Socket {
  let next = 0;
  return ({ host, port, path }) => {
    const index = next++ % host.length;
    const door = { host: host[index] ?? 'localhost', port: port[index] ?? 5432 };
    const socket = net.connect(path ? { path } : door);
    if (!path) Object.assign(socket, door); // the driver asks a certificate for this name
    watch(socket, silentMs);
    return socket;
  };
}

const looksPerBound = 10;

/** By counting, since the driver takes every listener off a socket that it encrypts. */
function watch(socket: net.Socket, silentMs: number): void {
  let heard = 0;
  let looksInSilence = 0;
  const timer = setInterval(() => {
    if (socket.destroyed) return clearInterval(timer);
    looksInSilence = socket.bytesRead > heard ? 0 : looksInSilence + 1;
    heard = socket.bytesRead;
    if (looksInSilence >= looksPerBound) socket.destroy(silence(silentMs));
  }, silentMs / looksPerBound);
  timer.unref();
}

function silence(ms: number): Error {
  return Object.assign(new Error(`the database said nothing for ${ms} ms`), { code: 'ETIMEDOUT' });
}
