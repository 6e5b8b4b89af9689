import type { LimitWindow } from '../errors.js';
import type { ResponseHeaders } from '../transport.js';

/** One family of limit headers. Absent members were absent or senseless in the answer: absent is never zero. */
export interface WindowLimits {
  readonly limit?: number;
  readonly remaining?: number;
  /** On our own clock, at least a second from now. */
  readonly resetsAt?: Date;
}

/** Both families of limits of one answer; on a 429 only one of them is there (E04). */
export interface RateLimits {
  readonly minute?: WindowLimits;
  readonly day?: WindowLimits;
}

/** E04 c and e: the wait when Exact says 429 and not until when. */
export const FALLBACK_WAIT_MS = 60_000;

// Exact gives epoch milliseconds; anything smaller is seconds, or nothing.
const RESET_MIN_MS = 1e12;
// A reset has the precision of a minute and Exact's Date header that of a second.
const MARGIN_MS = 1_000;
const WAIT_MIN_MS = 1_000;
const WAIT_MAX_MS: Readonly<Record<'minute' | 'day', number>> = { minute: 5 * 60_000, day: 49 * 3_600_000 };

/**
 * The limits in an answer's `X-RateLimit-*` headers. The wait is measured against the answer's own `Date` where there is one,
 * so a clock that is ahead or behind does not matter; a negative wait becomes one second (E04).
 */
export function parseRateLimits(headers: ResponseHeaders, now: Date): RateLimits {
  const minute = parseFamily(headers, 'minute', now);
  const day = parseFamily(headers, 'day', now);
  return { ...(minute && { minute }), ...(day && { day }) };
}

/** Until when a 429 asks us to wait, and for which limit. Falls back to 60 s when the headers do not say (E04). */
export function waitOf429(limits: RateLimits, now: Date): { resetsAt: Date; window: LimitWindow } {
  // On a day 429 the minute family is missing and the other way round; with both, the empty one is meant.
  const order = limits.day?.remaining === 0 ? (['day', 'minute'] as const) : (['minute', 'day'] as const);
  for (const window of order) {
    const resetsAt = limits[window]?.resetsAt;
    if (resetsAt !== undefined) return { resetsAt, window };
  }
  return { resetsAt: new Date(now.getTime() + FALLBACK_WAIT_MS), window: 'unknown' };
}

/** `Retry-After` in seconds or as a date; undefined when absent or senseless. Capped at a day. */
export function parseRetryAfter(headers: ResponseHeaders, now: Date): Date | undefined {
  const value = headers.get('retry-after');
  if (value === null || value.trim() === '') return undefined;
  const at = /^\s*\d{1,9}\s*$/.test(value) ? now.getTime() + Number(value) * 1_000 : Date.parse(value);
  if (Number.isNaN(at)) return undefined;
  const waitMs = Math.min(Math.max(at - now.getTime(), WAIT_MIN_MS), 24 * 3_600_000);
  return new Date(now.getTime() + waitMs);
}

function parseFamily(
  headers: ResponseHeaders,
  window: 'minute' | 'day',
  now: Date,
): WindowLimits | undefined {
  const prefix = window === 'minute' ? 'x-ratelimit-minutely-' : 'x-ratelimit-';
  const limit = count(headers.get(`${prefix}limit`));
  const remaining = count(headers.get(`${prefix}remaining`));
  const resetsAt = resetOf(headers, headers.get(`${prefix}reset`), { window, now });
  if (limit === undefined && remaining === undefined && resetsAt === undefined) return undefined;
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(resetsAt !== undefined && { resetsAt }),
  };
}

function resetOf(
  headers: ResponseHeaders,
  value: string | null,
  { window, now }: { window: 'minute' | 'day'; now: Date },
): Date | undefined {
  const reset = count(value);
  if (reset === undefined || reset <= RESET_MIN_MS) return undefined;
  const served = Date.parse(headers.get('date') ?? '');
  const waitMs = reset - (Number.isNaN(served) ? now.getTime() : served);
  if (waitMs > WAIT_MAX_MS[window]) return undefined;
  return new Date(now.getTime() + Math.max(waitMs, 0) + MARGIN_MS);
}

function count(value: string | null): number | undefined {
  return value !== null && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : undefined;
}
