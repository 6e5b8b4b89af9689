import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Looks this often whether a held connection may go on. */
const heldStepMs = 20;

/** A TCP proxy on the loopback that cuts, delays and holds what goes through it. */
export class ChaosProxy {
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private next = 0;
  private delayMs = 0;
  private isHeld = false;

  private constructor(
    private readonly server: Server,
    /** Ports on the loopback; those that nobody listens on are passed over. */
    private readonly targets: () => readonly number[],
  ) {}

  static async open(targets: () => readonly number[]): Promise<ChaosProxy> {
    const server = createServer({ pauseOnConnect: true, allowHalfOpen: true });
    const proxy = new ChaosProxy(server, targets);
    server.on('connection', (client) => void proxy.accept(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Resets every connection; gives how many there were. */
  cutAll(): number {
    const { size } = this.pairs;
    for (const pair of this.pairs) for (const socket of pair) socket.resetAndDestroy();
    return size;
  }

  /** Passes every piece on this much later; 0 = at once. */
  slowDown(ms: number): void {
    this.delayMs = ms;
  }

  /** Connections stay open and nothing passes, as behind a firewall that lost its state. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
  }

  heal(): void {
    this.slowDown(0);
    this.hold(false);
  }

  async close(): Promise<void> {
    this.heal();
    this.server.close();
    this.cutAll();
    await once(this.server, 'close');
  }

  private async accept(client: Socket): Promise<void> {
    client.on('error', () => client.destroy());
    const server = await this.dial();
    if (!server) return void client.resetAndDestroy();
    const pair = [client, server] as const;
    this.pairs.add(pair);
    const ended = [this.carry(client, server), this.carry(server, client)];
    await Promise.allSettled(ended);
    this.pairs.delete(pair);
  }

  /** One piece at a time, so that order is kept and at most one piece waits here. */
  private async carry(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) {
        if (this.delayMs > 0) await delay(this.delayMs);
        while (this.isHeld && !from.destroyed) await delay(heldStepMs);
        if (!to.writable) break;
        if (!to.write(chunk as Buffer)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
      }
      to.end();
    } catch {
      // Whoever broke off is told to the other side in the same way.
      to.destroy();
    }
  }

  private async dial(): Promise<Socket | undefined> {
    const ports = this.targets();
    for (let tries = 0; tries < ports.length; tries += 1) {
      const port = ports[this.next++ % ports.length] ?? 0;
      const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
      const isOpen = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      socket.on('error', () => socket.destroy());
      if (isOpen) return socket;
    }
    return undefined;
  }
}
