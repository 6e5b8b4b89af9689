import { describe, expect, it } from 'vitest';
import { ExactError, type ExactFailure } from '@koppel/exact-client';
import { exactClock } from './exact-clock.js';
import { toSourceFault } from './to-source-fault.js';

const now = new Date('2026-11-25T09:00:00Z');
const later = new Date('2026-11-25T09:01:00Z');
const context = { clock: exactClock(() => now, 1), tokenIssuedAt: new Date('2026-11-25T08:55:00Z') };

const cases: readonly (readonly [ExactFailure, object])[] = [
  [
    { kind: 'rate-limited', resetsAt: later, window: 'minute' },
    { kind: 'limited', until: later, window: 'minute' },
  ],
  [
    { kind: 'rate-limited', resetsAt: later, window: 'day' },
    { kind: 'limited', until: later, window: 'day' },
  ],
  [
    { kind: 'rate-limited', resetsAt: later, window: 'unknown' },
    { kind: 'limited', until: later, window: 'minute' },
  ],
  [
    { kind: 'endpoint-suspended', division: 1, endpoint: 'crm/Accounts', until: later },
    { kind: 'suspended', until: later },
  ],
  [
    { kind: 'reauth-required', reason: 'old-token' },
    { kind: 'reconnect', reason: 'old-token' },
  ],
  [{ kind: 'unauthorised' }, { kind: 'unavailable', retryAt: new Date('2026-11-25T09:04:31Z') }],
  [
    { kind: 'forbidden-division', reason: 'NoDivisionAccess' },
    { kind: 'access-lost', reason: 'NoDivisionAccess' },
  ],
  [{ kind: 'forbidden-module', reason: undefined }, { kind: 'right-missing' }],
  [{ kind: 'not-found' }, { kind: 'refused' }],
  [
    { kind: 'validation', message: 'Gegeven bestaat reeds.', status: 500 },
    { kind: 'refused', message: 'Gegeven bestaat reeds.', about: 'already-exists' },
  ],
  [
    { kind: 'validation', message: 'Invalid reference: VAT code', status: 500 },
    { kind: 'refused', about: 'unknown-code' },
  ],
  [{ kind: 'uncertain', because: 'network' }, { kind: 'uncertain' }],
  [
    { kind: 'unavailable', status: 503, retryAt: later },
    { kind: 'unavailable', retryAt: later, reason: 'HTTP 503' },
  ],
  [
    { kind: 'network', phase: 'body', code: 'ECONNRESET' },
    { kind: 'unavailable', retryAt: null },
  ],
  [
    { kind: 'timeout', phase: 'headers', afterMs: 30_000 },
    { kind: 'unavailable', retryAt: null },
  ],
  [{ kind: 'too-early' }, { kind: 'unavailable' }],
  [
    { kind: 'malformed', reason: 'not JSON', mayPass: true },
    { kind: 'unexpected', reason: 'not JSON' },
  ],
  [
    { kind: 'malformed', reason: 'no d' },
    { kind: 'misshapen', reason: 'no d' },
  ],
  [
    { kind: 'unexpected-content', status: 200, contentType: 'text/html' },
    { kind: 'unexpected', reason: 'HTTP 200, text/html' },
  ],
  [{ kind: 'loop' }, { kind: 'misshapen' }],
  [{ kind: 'foreign-link', host: 'evil.test' }, { kind: 'misshapen' }],
  [{ kind: 'code-refused', reason: 'x' }, { kind: 'unexpected' }],
];

describe('toSourceFault', () => {
  it.each(cases)('makes of %o: %o', (failure, fault) => {
    expect(toSourceFault(new ExactError(failure), context)).toMatchObject(fault);
  });

  it('throws on what Exact did not cause', () => {
    const error = new TypeError('ours');
    expect(() => toSourceFault(error, context)).toThrow(error);
  });

  it("tells the end of a wait by our clock when Exact's runs faster", () => {
    let ours = now.getTime();
    const clock = exactClock(() => new Date(ours), 20);
    ours += 1_000;
    expect(clock.now()).toEqual(new Date('2026-11-25T09:00:20Z'));
    const fault = toSourceFault(new ExactError({ kind: 'rate-limited', resetsAt: later, window: 'minute' }), {
      ...context,
      clock,
    });
    expect(fault).toMatchObject({ until: new Date('2026-11-25T09:00:03Z') });
  });
});
