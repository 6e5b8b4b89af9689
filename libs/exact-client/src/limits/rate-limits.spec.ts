import { describe, expect, it } from 'vitest';
import { parseRateLimits, parseRetryAfter, waitOf429 } from './rate-limits.js';

const now = new Date('2026-11-25T09:00:15.000Z');
const inMs = (ms: number) => String(now.getTime() + ms);

function waitS(headers: Record<string, string>): { waitS: number; window: string } {
  const wait = waitOf429(parseRateLimits(new Headers(headers), now), now);
  return { waitS: (wait.resetsAt.getTime() - now.getTime()) / 1_000, window: wait.window };
}

describe('the wait after a 429', () => {
  it.each([
    [
      'a',
      { 'X-RateLimit-Minutely-Remaining': '0', 'X-RateLimit-Minutely-Reset': inMs(30_000) },
      31,
      'minute',
    ],
    ['b', { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': inMs(6 * 3_600_000) }, 6 * 3_600 + 1, 'day'],
    ['c', {}, 60, 'unknown'],
    ['e', { 'X-RateLimit-Minutely-Reset': '0' }, 60, 'unknown'],
    [
      'seconds instead of ms',
      { 'X-RateLimit-Minutely-Reset': String(now.getTime() / 1_000 + 30) },
      60,
      'unknown',
    ],
    ['words', { 'X-RateLimit-Minutely-Reset': 'soon' }, 60, 'unknown'],
    ['a reset of next year', { 'X-RateLimit-Reset': inMs(365 * 86_400_000) }, 60, 'unknown'],
    ['our clock is ahead', { 'X-RateLimit-Minutely-Reset': inMs(-30_000) }, 1, 'minute'],
    [
      'our clock is ahead, and the answer says what time it is',
      { Date: new Date(now.getTime() - 50_000).toUTCString(), 'X-RateLimit-Minutely-Reset': inMs(-30_000) },
      21,
      'minute',
    ],
    [
      'both families, the day is empty',
      {
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': inMs(3_600_000),
        'X-RateLimit-Minutely-Remaining': '12',
        'X-RateLimit-Minutely-Reset': inMs(10_000),
      },
      3_601,
      'day',
    ],
  ] as const)('E04 %s', (...row) => {
    const [, headers, seconds, window] = row;
    expect(waitS(headers)).toEqual({ waitS: seconds, window });
  });
});

describe('parseRateLimits', () => {
  it('E04 reads both families of an ordinary answer', () => {
    const headers = new Headers({
      Date: 'Wed, 25 Nov 2026 09:00:15 GMT',
      'X-RateLimit-Limit': '5000',
      'X-RateLimit-Remaining': '4987',
      'X-RateLimit-Reset': String(Date.parse('2026-11-26T00:00:00Z')),
      'X-RateLimit-Minutely-Limit': '60',
      'X-RateLimit-Minutely-Remaining': '59',
      'X-RateLimit-Minutely-Reset': String(Date.parse('2026-11-25T09:01:00Z')),
    });

    expect(parseRateLimits(headers, now)).toEqual({
      day: { limit: 5000, remaining: 4987, resetsAt: new Date('2026-11-26T00:00:01Z') },
      minute: { limit: 60, remaining: 59, resetsAt: new Date('2026-11-25T09:01:01Z') },
    });
  });

  it('E04 takes a missing header for missing, never for zero', () => {
    expect(parseRateLimits(new Headers({ 'X-RateLimit-Minutely-Remaining': '' }), now)).toEqual({});
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['120', 120],
    ['0', 1],
    ['Wed, 25 Nov 2026 09:05:15 GMT', 300],
    ['Wed, 25 Nov 2020 09:05:15 GMT', 1],
    ['999999999', 86_400],
    ['later', undefined],
    ['', undefined],
  ])('F32 reads %j', (value, seconds) => {
    const at = parseRetryAfter(new Headers({ 'Retry-After': value }), now);

    expect(at && (at.getTime() - now.getTime()) / 1_000).toBe(seconds);
  });
});
