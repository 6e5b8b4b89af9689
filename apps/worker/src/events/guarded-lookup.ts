import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isReachable, type AddressPolicy } from '@koppel/domain/outgoing-events';
import { resolveName } from './resolve-name.js';

/** A name that leads into a network where we call nobody. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** How names are looked up; DNS's way unless a spec knows better. Rejects when a name leads nowhere. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/**
 * Looks a name up for a connection and refuses it when any of its addresses is not to be reached. The connection uses what was judged
 * here, so a name that leads elsewhere a moment later gains nothing.
 */
export function guardedLookup(policy: AddressPolicy, resolve: Resolve = resolveName): LookupFunction {
  const judged = async (hostname: string, family: number): Promise<[LookupAddress, ...LookupAddress[]]> => {
    const addresses = await resolve(hostname);
    if (addresses.some(({ address }) => !isReachable(address, policy))) throw new AddressRefused(hostname);
    const [first, ...others] = addresses.filter((one) => family === 0 || one.family === family);
    if (!first) throw new AddressRefused(hostname);
    return [first, ...others];
  };
  return (hostname, { all, family }, done) => {
    judged(hostname, typeof family === 'number' ? family : 0).then(
      (addresses) => (all ? done(null, addresses) : done(null, addresses[0].address, addresses[0].family)),
      (error: NodeJS.ErrnoException) => done(error, '', 0),
    );
  };
}
