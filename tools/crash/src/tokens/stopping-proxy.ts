import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Asked before each piece is passed on; true = this one and all later ones go nowhere. */
export type StopsAt = (piece: { readonly from: 'client' | 'server' }) => boolean;

/** A TCP proxy on the loopback that stops at an exact piece, so that whoever waits for it can be killed right there. */
export class StoppingProxy {
  private readonly sockets = new Set<Socket>();
  private hasStopped = false;

  private constructor(
    private readonly server: Server,
    private readonly target: number,
    private readonly stopsAt: StopsAt,
  ) {}

  static async open(url: string, stopsAt: StopsAt): Promise<StoppingProxy> {
    const server = createServer();
    const proxy = new StoppingProxy(server, Number(new URL(url).port), stopsAt);
    server.on('connection', (client) => proxy.accept(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** The same place by way of this proxy. */
  urlOf(url: string): string {
    const own = new URL(url);
    own.port = String((this.server.address() as AddressInfo).port);
    return own.href.replace(/\/$/, '');
  }

  async close(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.server, 'close');
  }

  private accept(client: Socket): void {
    const server = connect({ port: this.target, host: '127.0.0.1', noDelay: true });
    this.carry('client', client, server);
    this.carry('server', server, client);
  }

  private carry(from: 'client' | 'server', source: Socket, sink: Socket): void {
    this.sockets.add(source);
    source.on('data', (piece: Buffer) => {
      this.hasStopped ||= this.stopsAt({ from });
      if (!this.hasStopped) sink.write(piece);
    });
    source.on('error', () => sink.destroy());
    source.on('close', () => {
      this.sockets.delete(source);
      sink.destroySoon();
    });
  }
}
