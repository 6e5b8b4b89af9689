import { ExactError, refusalKindOf, type ExactFailure } from '@koppel/exact-client';
import type { SourceFault } from '@koppel/domain/sync';
import type { ExactClock } from './exact-clock.js';

/** Two pages' worth of seconds: a 401 on a young token is looked at again when Exact allows a refresh. */
const tokenAgeMs = 571_000;

export interface FaultContext {
  readonly clock: ExactClock;
  /** When the access token was issued, by Exact's clock; null when unknown. */
  readonly tokenIssuedAt: Date | null;
}

/** Exact's failure in the words of the sync context. Anything that is no ExactError is nobody's expectation and is thrown on. */
export function toSourceFault(error: unknown, context: FaultContext): SourceFault {
  if (!(error instanceof ExactError)) throw error;
  return faultOf(error.failure, context);
}

function faultOf(failure: ExactFailure, { clock, tokenIssuedAt }: FaultContext): SourceFault {
  switch (failure.kind) {
    case 'rate-limited':
      return {
        kind: 'limited',
        until: clock.toOurs(failure.resetsAt),
        window: failure.window === 'day' ? 'day' : 'minute',
      };
    case 'endpoint-suspended':
      return { kind: 'suspended', until: clock.toOurs(failure.until), status: failure.endpoint };
    case 'circuit-open':
      return { kind: 'silent', until: clock.toOurs(failure.until) };
    case 'reauth-required':
      return { kind: 'reconnect', reason: failure.reason };
    case 'unauthorised': {
      // Whether the token or the consent is dead is only told by the next refresh, which Exact allows at 570 s (E02).
      const issuedAt = tokenIssuedAt?.getTime() ?? clock.now().getTime();
      return {
        kind: 'unavailable',
        retryAt: clock.toOurs(new Date(issuedAt + tokenAgeMs)),
        reason: 'unauthorised',
      };
    }
    case 'forbidden-division':
      return { kind: 'access-lost', reason: failure.reason };
    case 'forbidden-module':
      return { kind: 'right-missing', reason: failure.reason ?? 'forbidden' };
    case 'not-found':
      return { kind: 'refused', message: 'not found' };
    case 'validation': {
      const about = refusalKindOf(failure.message);
      return { kind: 'refused', message: failure.message, ...(about && { about }) };
    }
    case 'uncertain':
      return { kind: 'uncertain', reason: failure.because };
    case 'unavailable':
      return {
        kind: 'unavailable',
        retryAt: failure.retryAt ? clock.toOurs(failure.retryAt) : null,
        reason: `HTTP ${failure.status}`,
      };
    case 'network':
      return { kind: 'unavailable', retryAt: null, reason: `network ${failure.code}` };
    case 'timeout':
      return { kind: 'unavailable', retryAt: null, reason: `no answer after ${failure.afterMs} ms` };
    case 'too-late':
      return { kind: 'unavailable', retryAt: null, reason: 'not sent: too late' };
    case 'too-early':
      return { kind: 'unavailable', retryAt: null, reason: 'token refreshed too early' };
    case 'malformed':
      return { kind: failure.mayPass ? 'unexpected' : 'misshapen', reason: failure.reason };
    case 'code-refused':
      return { kind: 'unexpected', reason: failure.reason };
    case 'unexpected-content':
      return {
        kind: 'unexpected',
        reason: `HTTP ${failure.status}, ${failure.contentType || 'no content type'}`,
      };
    case 'loop':
      return { kind: 'misshapen', reason: 'pages lead in a circle' };
    case 'foreign-link':
      return { kind: 'misshapen', reason: `a page leads to ${failure.host}` };
  }
}
