import { z } from 'zod';
import { ExactError, type ExactFailure } from './errors.js';
import { parseRetryAfter, waitOf429, type RateLimits } from './limits/rate-limits.js';
import type { TransportResponse } from './transport.js';

/** Causes in the `Reason` header that concern the whole administration for this user (F80). */
const DIVISION_REASONS: ReadonlySet<string> = new Set([
  'NoDivisionAccess',
  'DivisionBlocked',
  'LicenseExpired',
  'BlockedCustomer',
  'BlockedUser',
  'InactiveUser',
]);

/** The untranslated texts seen where `Reason` is missing. */
const DIVISION_TEXTS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/not within division scope/i, 'DivisionOutOfScope'],
  [/license expired/i, 'LicenseExpired'],
];
const SCOPE_TEXT = /application scope violated/i;
const MESSAGE_MAX = 500;

const odataError = z.object({ error: z.object({ message: z.object({ value: z.string().trim().min(1) }) }) });

/**
 * The failure that an answer stands for, undefined for a 2xx. Judged by status, `Reason` and shape; message texts are translated and
 * so never decide here, but for the untranslated ones of a 403. A 500 with a message is a business rule, hence permanent; without one it is a fault.
 */
export function failureOf(
  response: TransportResponse,
  limits: RateLimits,
  now: Date,
): ExactFailure | undefined {
  const { status } = response;
  if (status >= 200 && status < 300) return undefined;
  if (status === 401) return { kind: 'unauthorised' };
  if (status === 403) return forbidden(response);
  if (status === 404) return { kind: 'not-found' };
  if (status === 429) return { kind: 'rate-limited', ...waitOf429(limits, now) };
  if (status >= 300 && status < 400) return unexpectedContent(response);
  const message = messageOf(response.body);
  if (status < 500) return { kind: 'validation', message: message ?? '', status };
  if (status === 500 && message !== undefined) return { kind: 'validation', message, status };
  return { kind: 'unavailable', status, retryAt: parseRetryAfter(response.headers, now) };
}

/** Refuses (ExactError `unexpected-content`) a 2xx that is not JSON: a login or maintenance page, or nothing at all. */
export function assertJson(response: TransportResponse): void {
  const isJson = /^application\/(?:[\w.-]+\+)?json\b/i.test(contentTypeOf(response));
  if (!isJson || response.body === '') throw new ExactError(unexpectedContent(response));
}

/** For `$count`, which answers in plain text. */
export function assertPlainText(response: TransportResponse): void {
  if (/html/i.test(contentTypeOf(response))) throw new ExactError(unexpectedContent(response));
}

function forbidden(response: TransportResponse): ExactFailure {
  const reason = response.headers.get('reason')?.trim() ?? '';
  const said = messageOf(response.body) ?? '';
  const named = [...DIVISION_REASONS].find((known) => reason.startsWith(known));
  const inText = DIVISION_TEXTS.find(([pattern]) => pattern.test(said) || pattern.test(reason))?.[1];
  const division = named ?? inText;
  if (division !== undefined) return { kind: 'forbidden-division', reason: division };
  if (SCOPE_TEXT.test(said) || SCOPE_TEXT.test(reason))
    return { kind: 'forbidden-module', reason: 'ApplicationScope' };
  return { kind: 'forbidden-module', reason: reason === '' ? undefined : reason.slice(0, 100) };
}

function messageOf(body: string): string | undefined {
  try {
    const parsed = odataError.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data.error.message.value.slice(0, MESSAGE_MAX) : undefined;
  } catch {
    return undefined; // An HTML page or nothing: the status alone decides.
  }
}

function unexpectedContent(response: TransportResponse): ExactFailure {
  return { kind: 'unexpected-content', status: response.status, contentType: contentTypeOf(response) };
}

function contentTypeOf(response: TransportResponse): string {
  return response.headers.get('content-type') ?? '';
}
