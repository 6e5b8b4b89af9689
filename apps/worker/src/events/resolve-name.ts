import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';

/** A name that DNS gives no address of, in time. */
export class NameUnresolved extends Error {
  override readonly name = 'NameUnresolved';
}

/** One question to one server waits so long, and is asked so often. */
const asking = { timeout: 2_000, tries: 2 };
/** However many servers the machine has. */
const resolveMaxMs = 5_000;
const loopback: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * The addresses of a receiver's name, of IPv4 first. Asks DNS itself and not the system's `getaddrinfo`: that holds one of the
 * process's four threads while a server is silent, so four slow names would hold up every lookup, file and database connection. The
 * hosts file is not read; only `localhost` means what it does everywhere (RFC 6761). `servers` are the system's unless given.
 *
 * Throws NameUnresolved within `resolveMaxMs`.
 */
export async function resolveName(
  hostname: string,
  servers?: readonly string[],
): Promise<readonly LookupAddress[]> {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) return loopback;
  const resolver = new Resolver(asking);
  if (servers) resolver.setServers(servers);
  const timer = setTimeout(() => resolver.cancel(), resolveMaxMs);
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  clearTimeout(timer);
  const addresses = answers.flatMap((answer, index) =>
    answer.status === 'fulfilled'
      ? answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 }))
      : [],
  );
  if (addresses.length === 0) throw new NameUnresolved(hostname, { cause: answers });
  return addresses;
}
