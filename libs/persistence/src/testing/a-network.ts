import { once } from 'node:events';
import net from 'node:net';

export interface Network {
  /** The way to Postgres through it. */
  readonly url: string;
  /** From now on nothing arrives, or everything does again; what was swallowed stays so. */
  swallow(is: boolean): void;
  /** From what carries this text on nothing arrives. */
  swallowAt(text: string): void;
  close(): void;
}

/** A network between here and Postgres that can swallow everything without saying so; its near end is here, or at the place given. */
export async function aNetworkTo(url: string, near = { host: '127.0.0.1', port: 0 }): Promise<Network> {
  const target = new URL(url);
  const pairs = new Set<readonly [net.Socket, net.Socket]>();
  let isSwallowing = false;
  let trigger: string | undefined;
  const server = net.createServer((caller) => {
    const far = net.connect(Number(target.port), target.hostname);
    const pair = [caller, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, caller] as const]) {
      from.on('data', (bytes: Buffer) => {
        if (trigger !== undefined && bytes.includes(trigger)) isSwallowing = true;
        if (!isSwallowing) to.write(bytes);
      });
      from.on('error', () => undefined);
      from.on('close', () => void (pairs.delete(pair), to.destroy()));
    }
  });
  server.listen(near);
  await once(server, 'listening');
  const via = new URL(url);
  via.hostname = near.host;
  via.port = String((server.address() as net.AddressInfo).port);
  return {
    url: via.href,
    swallow: (is) => void (isSwallowing = is),
    swallowAt: (text) => void (trigger = text),
    close: () => {
      for (const pair of pairs) pair.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}
