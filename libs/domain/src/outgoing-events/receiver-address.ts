import ipaddr from 'ipaddr.js';

export type AddressRefusal = 'malformed' | 'not-https' | 'credentials' | 'fragment' | 'private-address';

/** What an operator lets receivers be beside public https addresses. */
export interface AddressPolicy {
  /** The machine's own loopback, by http too: for trying things out. */
  readonly isLoopbackAllowed: boolean;
}

/** The parts of a parsed URL (WHATWG) that matter here. */
export interface UrlParts {
  readonly protocol: string;
  readonly hostname: string;
  readonly username: string;
  readonly password: string;
  readonly hash: string;
}

const numeric = /^[\d.]+$|^\[/;

/**
 * Why an endpoint's URL is not taken, or undefined. A name is looked up when it is called and not here: `isReachable` judges what it
 * leads to then, since it may lead elsewhere by that time.
 */
export function refusalOfUrl(url: UrlParts | null, policy: AddressPolicy): AddressRefusal | undefined {
  if (!url || url.hostname === '') return 'malformed';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (url.hash !== '') return 'fragment';
  const host = url.hostname.replace(/\.$/, '');
  const isLocal =
    host === 'localhost' || host.endsWith('.localhost') || (numeric.test(host) && isLoopback(bare(host)));
  if (isLocal)
    return policy.isLoopbackAllowed && /^https?:$/.test(url.protocol) ? undefined : 'private-address';
  if (url.protocol !== 'https:') return 'not-https';
  return numeric.test(host) && !isReachable(bare(host), policy) ? 'private-address' : undefined;
}

/** Whether we may connect to an address: a public one, or the loopback where that is allowed. */
export function isReachable(address: string, { isLoopbackAllowed }: AddressPolicy): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address inside an IPv6 one is judged as what it is; other ways to wrap one are no `unicast`, but for the oldest.
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === 'unicast' && parsed instanceof ipaddr.IPv6 && isIpv4Compatible(parsed)) return false;
  return range === 'unicast' || (range === 'loopback' && isLoopbackAllowed);
}

/** `::a.b.c.d` (RFC 4291, 2.5.5.1, deprecated): nobody is reached there by its right. */
function isIpv4Compatible({ parts }: ipaddr.IPv6): boolean {
  return parts.slice(0, 6).every((part) => part === 0);
}

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

const bare = (host: string) => host.replace(/^\[|\]$/g, '');
