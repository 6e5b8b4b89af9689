import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const content = z.object({
  Topic: z.string().min(1).max(100),
  ClientId: z.string().max(100),
  Division: z.number().int().positive(),
  Action: z.enum(['Create', 'Update', 'Delete']),
  Key: z.guid().toLowerCase(),
  ExactOnlineEndpoint: z.string().max(2_000),
  /** The server's local time, without a zone. */
  EventCreatedOn: z.string().max(50),
});

/** A hint that something changed: no values, unordered, sometimes twice, sometimes lost. The schedule stays the truth. */
export type WebhookContent = z.output<typeof content>;

/**
 * - `validation-request`: Exact's empty POST after a subscription was made; answer 200 and do nothing.
 * - `too-large`, `malformed`: not a message of Exact.
 * - `signature-wrong`: forged, changed, re-serialised, in lower case, or for another app.
 */
export type WebhookErrorKind = 'validation-request' | 'too-large' | 'malformed' | 'signature-wrong';

/** The content of a message that Exact signed, or why it is not one. */
export type WebhookVerdict =
  | { readonly ok: true; readonly content: WebhookContent }
  | { readonly ok: false; readonly error: { readonly kind: WebhookErrorKind } };

const BODY_MAX_BYTES = 64 * 1024;
const START = Buffer.from('{"Content":');
const BETWEEN = Buffer.from(',"HashCode":"');
const HASH_LENGTH = 64;

/**
 * Checks a notification. HashCode is the upper-case hex HMAC-SHA256, with the app's webhook secret (not its client secret), of the raw bytes
 * between `{"Content":` and `,"HashCode":` (section 7). So give the body as it came in, not parsed and written again.
 */
export function verifyWebhook(rawBody: string | Uint8Array, secret: string): WebhookVerdict {
  const raw = Buffer.from(typeof rawBody === 'string' ? Buffer.from(rawBody, 'utf8') : rawBody);
  if (raw.length === 0) return refused('validation-request');
  if (raw.length > BODY_MAX_BYTES) return refused('too-large');
  const parts = split(raw);
  if (parts === undefined) return refused('malformed');
  const wanted = Buffer.from(createHmac('sha256', secret).update(parts.signed).digest('hex').toUpperCase());
  if (!timingSafeEqual(wanted, parts.hash)) return refused('signature-wrong');
  const parsed = content.safeParse(jsonOrUndefined(parts.signed.toString('utf8')));
  return parsed.success ? { ok: true, content: parsed.data } : refused('malformed');
}

/** The last HashCode counts: one inside the content would be part of what is signed. */
function split(raw: Buffer): { signed: Buffer; hash: Buffer } | undefined {
  const at = raw.lastIndexOf(BETWEEN);
  if (at < START.length || !raw.subarray(0, START.length).equals(START)) return undefined;
  const hash = raw.subarray(at + BETWEEN.length, at + BETWEEN.length + HASH_LENGTH);
  const end = raw.subarray(at + BETWEEN.length + HASH_LENGTH).toString('latin1');
  if (hash.length !== HASH_LENGTH || !/^"\s*\}\s*$/.test(end)) return undefined;
  return { signed: raw.subarray(START.length, at), hash };
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The schema turns it into `malformed`.
  }
}

function refused(kind: WebhookErrorKind): WebhookVerdict {
  return { ok: false, error: { kind } };
}
