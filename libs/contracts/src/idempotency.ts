import * as z from 'zod';
import type { EndpointShape } from './endpoint.js';
import { problem } from './problem.js';

/** The request header (draft-ietf-httpapi-idempotency-key-header-07), as Node names it. */
export const idempotencyKeyHeader = 'idempotency-key';
/** `true` on an answer that was given before. */
export const idempotencyReplayedHeader = 'idempotency-replayed';
/** Characters of a key at most. */
export const idempotencyKeyMax = 255;
/** Answers are given again for so long. */
export const idempotencyKeptHours = 48;

/** Visible characters without quotes, commas and backslashes, as most clients send it; or the draft's quoted string. */
const bareOrQuoted = /^(?:[!#-+\--[\]-~]+|"(?:[ !#-[\]-~]|\\["\\])+")$/;

/** The header's value, decoded: `"abc"` and `abc` are one key. */
export const idempotencyKey = z
  .string()
  .regex(bareOrQuoted)
  .transform((text) => (text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text))
  .pipe(z.string().max(idempotencyKeyMax));

export const idempotencyKeyMalformed = problem('idempotency-key-malformed', 400, {
  nl: 'Idempotency-Key moet 1 tot 255 zichtbare ASCII-tekens zijn.',
  en: 'Idempotency-Key must be 1 to 255 visible ASCII characters.',
});
export const idempotencyKeyInProgress = problem('idempotency-key-in-progress', 409, {
  nl: 'De eerste aanvraag met deze Idempotency-Key is nog bezig.',
  en: 'The first request with this Idempotency-Key is still in progress.',
});
export const idempotencyKeyReused = problem('idempotency-key-reused', 422, {
  nl: 'Deze Idempotency-Key hoort bij een andere aanvraag.',
  en: 'This Idempotency-Key belongs to another request.',
});
export const idempotencyAnswerUnreadable = problem('idempotency-answer-unreadable', 410, {
  nl: 'Deze aanvraag is uitgevoerd, maar het antwoord is niet meer te lezen. Kijk wat er staat; stuur hem niet met een andere sleutel opnieuw.',
  en: 'This request was done, but its answer can no longer be read. Look at what is there; do not send it again with another key.',
});

/** What a request with a key can be answered because of the key. */
export const idempotencyProblems = [
  idempotencyKeyMalformed,
  idempotencyKeyInProgress,
  idempotencyKeyReused,
  idempotencyAnswerUnreadable,
] as const;

const changing: readonly EndpointShape['method'][] = ['POST', 'PUT', 'PATCH'];

/** Whether the endpoint takes an Idempotency-Key: every change within a tenant, unless it happens once by itself. */
export function takesIdempotencyKey(one: Omit<EndpointShape, 'response'>): boolean {
  const isTenants = ['viewer', 'reviewer', 'admin'].includes(one.access);
  return isTenants && changing.includes(one.method) && !one.happensOnce;
}
