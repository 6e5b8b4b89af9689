import type { EndpointShape } from './endpoint.js';
import type { PlainRoute } from './plain-routes.js';
import { changedMeanwhile } from './problems.js';

export const ifMatchHeader = 'if-match';

/**
 * Whether a change must say which version it is meant for: every one that can be `changed-meanwhile`. It stands in If-Match, as the ETag of the
 * resource or as its `version` in quotes, or as `version` in the body; If-Match wins.
 */
export function takesVersion(one: EndpointShape | PlainRoute): boolean {
  return one.problems.some(({ kind }) => kind === changedMeanwhile.kind);
}

/** The strong ETag of a version of a resource, with a digest of all that is answered with it when there is one. */
export function entityTag(version: number, digest?: string): string {
  return digest === undefined ? `"${version}"` : `"${version}.${digest}"`;
}

/** What no resource has: a tag that was never given is an old one, and who sent it is told which there is now. */
export const noVersion = -1;

/**
 * The version that an If-Match names: `any` for `*`, `noVersion` for what no resource here ever had. A weak tag never matches (RFC 9110, 13.1.1), and
 * a list neither: a decision is meant for one version.
 */
export function versionNamedIn(ifMatch: string): number | 'any' {
  if (ifMatch.trim() === '*') return 'any';
  const version = /^"(\d{1,9})(?:\.[\w-]{1,100})?"$/.exec(ifMatch.trim())?.[1];
  return version === undefined ? noVersion : Number(version);
}
