/** The country sites. A connection belongs to one region for ever: tokens, apps and users are not shared between them. */
export const REGIONS = ['nl', 'be', 'de', 'uk', 'fr', 'es', 'com'] as const;
/** One of REGIONS, by the country it serves; `com` is everybody else. */
export type Region = (typeof REGIONS)[number];

const HOSTS: Readonly<Record<Region, string>> = {
  nl: 'start.exactonline.nl',
  be: 'start.exactonline.be',
  de: 'start.exactonline.de',
  uk: 'start.exactonline.co.uk',
  fr: 'start.exactonline.fr',
  es: 'start.exactonline.es',
  com: 'start.exactonline.com',
};

/** The site of a region, without a trailing slash: `https://start.exactonline.nl`. */
export function regionBaseUrl(region: Region): string {
  return `https://${HOSTS[region]}`;
}

/**
 * The zone of a region's servers, in which `Created` and `Modified` are written as if they were UTC.
 * Recorded for the continental sites; London for the UK site is inferred. `me().ServerUtcOffset` tells the offset of this moment.
 */
export function regionTimeZone(region: Region): string {
  return region === 'uk' ? 'Europe/London' : 'Europe/Amsterdam';
}
