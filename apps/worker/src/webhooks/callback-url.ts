import type { Config } from '../config.js';

/**
 * Where Exact calls us for a country; the path names it, since a division's number counts within one. Undefined when Exact cannot
 * reach us: it wants https, and only a stand-in on our own machine takes http.
 */
export function callbackUrlOf({ publicUrl, webhooks, exact }: Config, region: string): string | undefined {
  if (webhooks === 'off' || publicUrl === undefined) return undefined;
  const isStandIn = Object.keys(exact.baseUrls).includes(region);
  if (!publicUrl.startsWith('https:') && !isStandIn) return undefined;
  return `${publicUrl}/webhooks/exact/${region}`;
}
