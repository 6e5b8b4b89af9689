import net from 'node:net';

/** How often it is looked, within the time after which silence is too long, whether anything was heard: the bound is kept to a tenth. */
export const looksPerBound = 10;

/** Where the driver wants to go: one server, or several that it tries in turn. */
export interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
  /** Of a Unix socket; goes before host and port. */
  readonly path?: string | false | undefined;
}

export type Door = { readonly path: string } | { readonly host: string; readonly port: number };

/** A connection to Postgres that is open or being made. */
export interface WatchedSocket {
  readonly socket: net.Socket;
  /** Where it was asked for. */
  readonly door: Door;
  /** Ends it: nothing was heard on it for so long. */
  readonly cut: (silentMs: number) => void;
}

/**
 * Makes connections to Postgres that end when nothing was heard for `silentMs`: more than the server itself allows a statement, and
 * than the driver keeps one that nobody uses. A network that swallows everything says nothing by itself; the kernel would go on sending for a
 * quarter of an hour, and whoever asked would wait as long (F22). They are still connecting when they are given: the driver bounds that.
 */
export class WatchedSockets {
  /** Those that have not ended. */
  readonly all = new Set<WatchedSocket>();
  private next = 0;

  constructor(private readonly silentMs: number) {}

  open({ host, port, path }: Address): net.Socket {
    const index = this.next++ % host.length;
    const place = { host: host[index] ?? 'localhost', port: port[index] ?? 5432 };
    const door = path ? { path } : place;
    const socket = net.connect(door);
    if (!path) Object.assign(socket, place); // the driver asks a certificate for this name
    const cut = (ms: number): void => void socket.destroy(silence(ms));
    this.watch({ socket, door, cut });
    return socket;
  }

  /** By counting, since the driver takes every listener off a socket that it encrypts. */
  private watch(watched: WatchedSocket): void {
    const { socket, cut } = watched;
    let heard = 0;
    let looksInSilence = 0;
    this.all.add(watched);
    const timer = setInterval(() => {
      if (socket.destroyed) {
        this.all.delete(watched);
        return clearInterval(timer);
      }
      looksInSilence = socket.bytesRead > heard ? 0 : looksInSilence + 1;
      heard = socket.bytesRead;
      if (looksInSilence >= looksPerBound) cut(this.silentMs);
    }, this.silentMs / looksPerBound);
    timer.unref();
  }
}

function silence(ms: number): Error {
  return Object.assign(new Error(`the database said nothing for ${ms} ms`), { code: 'ETIMEDOUT' });
}
