import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * Stands between a process and its database and breaks one connection at one query. Odd points: the query never arrives; even ones: it
 * was carried out and its answer is lost, so that a commit may have happened or not.
 */
export class QueryCutter {
  /** Pieces that the process sent: a query, or several that it sent at once. */
  queries = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
    /** From 1; absent = never. */
    private readonly cutAt: number | undefined,
  ) {}

  static async open(databaseUrl: string, cutAt: number | undefined): Promise<QueryCutter> {
    const server = createServer();
    const cutter = new QueryCutter(server, Number(new URL(databaseUrl).port), cutAt);
    server.on('connection', (client) => cutter.accept(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return cutter;
  }

  /** The same database by way of this cutter. */
  urlOf(databaseUrl: string): string {
    const url = new URL(databaseUrl);
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  async close(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.server, 'close');
  }

  private accept(client: Socket): void {
    const server = connect({ port: this.target, host: '127.0.0.1', noDelay: true });
    let isAnswerLost = false;
    const cut = (): void => {
      client.resetAndDestroy();
      server.destroy();
    };
    client.on('data', (query: Buffer) => {
      this.queries += 1;
      if (this.cutAt === this.queries * 2 - 1) return cut();
      isAnswerLost ||= this.cutAt === this.queries * 2;
      server.write(query);
    });
    server.on('data', (answer: Buffer) => {
      if (isAnswerLost) return cut();
      client.write(answer);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroySoon();
      });
    }
  }
}
