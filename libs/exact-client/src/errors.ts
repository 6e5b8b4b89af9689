/** Which limit was met; `unknown` when Exact did not say (a 429 without headers). */
export type LimitWindow = 'minute' | 'day' | 'unknown';

/** How far a request came before it broke: nothing left this machine before `headers`. */
export type RequestPhase = 'connect' | 'headers' | 'body';

/**
 * Everything that can go wrong between us and Exact Online, one member per thing a caller can decide on.
 * No member holds an answer's body or a token. `validation.message` is Exact's own text in the user's language: show it; `refusalKindOf` reads what it is about.
 */
export type ExactFailure =
  | { readonly kind: 'rate-limited'; readonly resetsAt: Date; readonly window: LimitWindow }
  | {
      readonly kind: 'endpoint-suspended';
      readonly division: number;
      readonly endpoint: string;
      readonly until: Date;
    }
  /** Exact gave no answer several times in a row: it is not asked before `until`. */
  | { readonly kind: 'circuit-open'; readonly until: Date }
  | { readonly kind: 'unauthorised' }
  | { readonly kind: 'reauth-required'; readonly reason: ReauthReason }
  | { readonly kind: 'forbidden-division'; readonly reason: string }
  | { readonly kind: 'forbidden-module'; readonly reason: string | undefined }
  | { readonly kind: 'not-found' }
  /** `status` is 0 when the request was refused here, before any call. */
  | { readonly kind: 'validation'; readonly message: string; readonly status: number }
  /** A POST without a readable answer: it may have happened. Look it up before repeating it. */
  | { readonly kind: 'uncertain'; readonly because: string }
  | { readonly kind: 'unavailable'; readonly status: number; readonly retryAt: Date | undefined }
  | { readonly kind: 'network'; readonly phase: RequestPhase; readonly code: string }
  | { readonly kind: 'timeout'; readonly phase: RequestPhase; readonly afterMs: number }
  /** `mayPass`: it may have been cut on its way, so that the same call may be answered well. What is whole and of another shape stays so. */
  | { readonly kind: 'malformed'; readonly reason: string; readonly mayPass?: true }
  | { readonly kind: 'unexpected-content'; readonly status: number; readonly contentType: string }
  | { readonly kind: 'loop' }
  | { readonly kind: 'foreign-link'; readonly host: string }
  | { readonly kind: 'code-refused'; readonly reason: string }
  | { readonly kind: 'too-early' }
  /** A write that was not sent: whoever wanted it said so right before (`ExactClient.writing`). */
  | { readonly kind: 'too-late' };

/** The word of a failure, the same in code, logs and tests. */
export type ExactErrorKind = ExactFailure['kind'];

/** Why a person must give consent again. */
export type ReauthReason =
  | 'no-connection'
  | 'old-token'
  | 'expired'
  | 'refused'
  | 'answer-unreadable'
  | 'declared'
  | 'key-unavailable';

type FailureOf<K extends ExactErrorKind> = Extract<ExactFailure, { kind: K }>;
type DetailOf<K extends ExactErrorKind> = Omit<FailureOf<K>, 'kind'>;

/** The only error this package throws on purpose. `failure` is a discriminated union, so a `switch (error.failure.kind)` is checked by the compiler. */
export class ExactError extends Error {
  override readonly name = 'ExactError';
  readonly failure: ExactFailure;

  constructor(failure: ExactFailure, options?: { readonly cause?: unknown }) {
    super(`exact: ${failure.kind}`, options);
    this.failure = failure;
  }

  get kind(): ExactErrorKind {
    return this.failure.kind;
  }

  /** The failure's details when it is of this kind, else undefined. */
  detail<K extends ExactErrorKind>(kind: K): DetailOf<K> | undefined {
    return this.failure.kind === kind ? (this.failure as FailureOf<K>) : undefined;
  }
}

const TRANSIENT: ReadonlySet<ExactErrorKind> = new Set<ExactErrorKind>([
  'rate-limited',
  'endpoint-suspended',
  'circuit-open',
  'unavailable',
  'network',
  'timeout',
  'unexpected-content',
  'too-early',
  'too-late',
]);

const neverSent: ReadonlySet<ExactErrorKind> = new Set<ExactErrorKind>([
  'rate-limited',
  'endpoint-suspended',
  'circuit-open',
  'too-early',
  'too-late',
]);

/** True when the same call may succeed later without anybody changing anything. `uncertain` is not: it needs a look-up first. */
export function isTransient(error: unknown): boolean {
  return error instanceof ExactError && TRANSIENT.has(error.kind);
}

/** The methods that Exact documents; there is no PATCH. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * True when a caller may send the same request again (section 10, retry matrix): GET, PUT and DELETE after anything transient;
 * a POST only when Exact certainly never acted on it, because no idempotency key exists.
 */
export function isSafeToRepeat(method: HttpMethod, error: unknown): boolean {
  if (!isTransient(error)) return false;
  if (method !== 'POST') return true;
  const { failure } = error as ExactError;
  if (failure.kind === 'network' || failure.kind === 'timeout') return failure.phase === 'connect';
  return neverSent.has(failure.kind);
}
