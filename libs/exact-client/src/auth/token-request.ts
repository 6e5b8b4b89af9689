import { z } from 'zod';
import { ExactError, type ReauthReason } from '../errors.js';
import { parseRetryAfter } from '../limits/rate-limits.js';
import type { Transport, TransportResponse } from '../transport.js';

/** What the token endpoint gave. Lifetimes are ours to compare with `now`; Exact gives the access token 600 s. */
export interface TokenPair {
  readonly accessToken: string;
  /** Single use: it dies at the next refresh, and after 30 days without one. */
  readonly refreshToken: string;
  /** When the answer reached us, so never before Exact issued it. */
  readonly accessIssuedAt: Date;
  readonly accessExpiresAt: Date;
}

/** How the token endpoint can answer. Only what cannot be read is handed on as it came: it may carry tokens, and goes nowhere but into the store. */
export type TokenAnswer =
  | { readonly kind: 'granted'; readonly pair: TokenPair }
  | { readonly kind: 'refused'; readonly reason: ReauthReason; readonly error: string }
  | { readonly kind: 'too-early' }
  /** A 200 that cannot be read: the old refresh token may well be spent. */
  | {
      readonly kind: 'unreadable';
      /** What was said, cut off; undefined when the body never came to us whole. */
      readonly body: string | undefined;
    };

export interface TokenEndpoint {
  readonly transport: Transport;
  /** The region's site, without a trailing slash. */
  readonly baseUrl: string;
  readonly now: () => Date;
}

const ACCESS_LIFE_S = 600;
const TOKEN_TIMEOUT_MS = 15_000;
const DEFAULT_WAIT_MS = 60_000;
/** Eight times what tokens take; pages of proxies are longer. */
const KEPT_BODY_MAX = 16_000;

const lifeS = z
  .union([z.number(), z.string().regex(/^\d{1,6}$/)])
  .transform(Number)
  .pipe(z.number().int().min(1).max(86_400));

// `expires_in` is documented as a string and seen as both.
const grant = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: lifeS.catch(ACCESS_LIFE_S),
});
const refusal = z.object({ error: z.string(), error_description: z.string().catch('') });

/**
 * One POST to the token endpoint (form-encoded). Throws ExactError `rate-limited`, `unavailable`, `network` or `timeout`;
 * everything else it can say is a TokenAnswer.
 */
export async function requestTokens(
  endpoint: TokenEndpoint,
  form: Record<string, string>,
): Promise<TokenAnswer> {
  const response = await endpoint.transport({
    method: 'POST',
    url: `${endpoint.baseUrl}/api/oauth2/token`,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    timeoutMs: TOKEN_TIMEOUT_MS,
  });
  const now = endpoint.now();
  if (response.status === 429) {
    const resetsAt = parseRetryAfter(response.headers, now) ?? new Date(now.getTime() + DEFAULT_WAIT_MS);
    throw new ExactError({ kind: 'rate-limited', resetsAt, window: 'unknown' });
  }
  if (response.status >= 500) {
    throw new ExactError({
      kind: 'unavailable',
      status: response.status,
      retryAt: parseRetryAfter(response.headers, now),
    });
  }
  return response.status >= 200 && response.status < 300 ? readGrant(response, now) : readRefusal(response);
}

function readGrant(response: TransportResponse, now: Date): TokenAnswer {
  const parsed = grant.safeParse(jsonOrUndefined(response.body));
  if (!parsed.success) return { kind: 'unreadable', body: response.body.slice(0, KEPT_BODY_MAX) };
  const { access_token, refresh_token, expires_in } = parsed.data;
  const accessExpiresAt = new Date(now.getTime() + expires_in * 1_000);
  return {
    kind: 'granted',
    pair: { accessToken: access_token, refreshToken: refresh_token, accessIssuedAt: now, accessExpiresAt },
  };
}

/**
 * 400 or 401 both occur for each of these. Only OAuth's own error words are matched (they are not translated),
 * with the description to tell the cases apart. An answer that is no OAuth error at all (a page of some proxy) proves nothing.
 */
function readRefusal(response: TransportResponse): TokenAnswer {
  const said = `${response.headers.get('reason') ?? ''} ${response.body}`;
  if (/access_token not expired/i.test(said)) return { kind: 'too-early' };
  const parsed = refusal.safeParse(jsonOrUndefined(response.body));
  if (!parsed.success) {
    const contentType = response.headers.get('content-type') ?? '';
    throw new ExactError({ kind: 'unexpected-content', status: response.status, contentType });
  }
  const { error, error_description } = parsed.data;
  if (/old refresh token/i.test(error_description)) return { kind: 'refused', reason: 'old-token', error };
  if (/refresh token expired/i.test(error_description)) return { kind: 'refused', reason: 'expired', error };
  return { kind: 'refused', reason: 'refused', error };
}

function jsonOrUndefined(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // The schema turns this into `unreadable` or `unexpected-content`.
  }
}
