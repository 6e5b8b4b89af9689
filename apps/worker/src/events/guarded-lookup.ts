import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isReachable, type AddressPolicy } from '@koppel/domain/outgoing-events';

/** A name that leads into a network where we call nobody. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** How names are looked up; the system's way unless a spec knows better. */
export type Resolve = (
  hostname: string,
  options: { readonly all: true; readonly family?: number | undefined },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const systemResolve: Resolve = (hostname, { family = 0 }, done) =>
  lookup(hostname, { all: true, family }, done);

/**
 * Looks a name up for a connection and refuses it when any of its addresses is not to be reached. The connection uses what was judged
 * here, so a name that leads elsewhere a moment later gains nothing.
 */
export function guardedLookup(policy: AddressPolicy, resolve: Resolve = systemResolve): LookupFunction {
  return (hostname, { all, family }, done) => {
    resolve(hostname, { all: true, family: typeof family === 'number' ? family : 0 }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new AddressRefused(hostname), '', 0);
      if (addresses.some(({ address }) => !isReachable(address, policy)))
        return done(new AddressRefused(hostname), '', 0);
      return all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}
