import { ExactError } from '../errors.js';

/** Query options by name (`$select`, `$filter`, or a function's parameter); undefined ones are left out. */
export type Query = Readonly<Record<string, string | undefined>>;

// About 6,000 characters is what Exact takes.
const URL_MAX = 6_000;

/** The absolute address of a path below a division. Throws ExactError `validation` (status 0) for a senseless division or an address that is too long. */
export function divisionUrl(
  { baseUrl, division }: { readonly baseUrl: string; readonly division: number },
  path: string,
  query: Query = {},
): string {
  if (!Number.isSafeInteger(division) || division <= 0)
    throw refused('a division is a positive whole number');
  return addressOf(`${baseUrl}/api/v1/${division}/${path}`, query);
}

/** The address of the one resource without a division. */
export function currentMeUrl(baseUrl: string, query: Query): string {
  return addressOf(`${baseUrl}/api/v1/current/Me`, query);
}

/**
 * Refuses (ExactError `foreign-link`) an address that is not on the site's own origin or not below the division,
 * so that no Authorization header and no other administration's data can be reached through a link in an answer.
 */
export function assertOwn(baseUrl: string, url: string, division?: number): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const base = new URL(baseUrl);
  const isOwn =
    parsed !== undefined && parsed.origin === base.origin && parsed.username === '' && parsed.password === '';
  const root = `${base.pathname.replace(/\/$/, '')}/api/v1/${division ?? ''}`.toLowerCase();
  const isBelow =
    parsed?.pathname.toLowerCase().startsWith(division === undefined ? root : `${root}/`) ?? false;
  if (!isOwn || !isBelow) throw new ExactError({ kind: 'foreign-link', host: parsed?.host ?? '' });
}

function addressOf(address: string, query: Query): string {
  const options = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const text = options.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const url = text === '' ? address : `${address}?${text}`;
  if (url.length > URL_MAX) throw refused(`the address would be over ${URL_MAX} characters`);
  return url;
}

function refused(message: string): ExactError {
  return new ExactError({ kind: 'validation', message, status: 0 });
}
