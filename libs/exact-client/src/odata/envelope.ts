import { ExactError } from '../errors.js';

/** What stood in an answer, whichever of Exact's shapes it had. `next` is the verbatim link to the following page. */
export interface Envelope {
  readonly rows: readonly unknown[];
  readonly next?: string;
}

/**
 * Reads `{"d":{"results":[…]}}`, `{"d":[…]}` and `{"d":{…one entity…}}` alike, since Exact gives any of them (E08).
 * Throws ExactError `malformed` for everything else: an unknown shape is never an empty list.
 */
export function unwrap(body: string): Envelope {
  const d = payload(body);
  if (Array.isArray(d)) return { rows: d };
  if (!isRecord(d)) throw malformed('d is neither a list nor an entity');
  if (!('results' in d)) {
    if (!('__metadata' in d)) throw malformed('d is of an unknown shape');
    return { rows: [d] };
  }
  if (!Array.isArray(d['results'])) throw malformed('results is no list');
  const next: unknown = d['__next'] ?? undefined;
  if (next !== undefined && typeof next !== 'string') throw malformed('__next is no text');
  return next === undefined ? { rows: d['results'] } : { rows: d['results'], next };
}

/** The value of a function endpoint: `{"d":false}` or `{"d":{"UserHasRights":false}}`. Throws ExactError `malformed`. */
export function unwrapFlag(body: string): boolean {
  const d = payload(body);
  if (typeof d === 'boolean') return d;
  const flags = isRecord(d) ? Object.values(d).filter((value) => typeof value === 'boolean') : [];
  const [flag] = flags;
  if (flag === undefined || flags.length > 1) throw malformed('d holds no yes or no');
  return flag;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function payload(body: string): unknown {
  const parsed = parseJson(body);
  if (!isRecord(parsed) || !('d' in parsed)) throw malformed('no d in the answer');
  return parsed['d'];
}

function parseJson(body: string): unknown {
  const text = body.startsWith('\uFEFF') ? body.slice(1) : body;
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the body, which may hold personal data; it is not kept.
    throw new ExactError({ kind: 'malformed', reason: 'not JSON', mayPass: true });
  }
}

function malformed(reason: string): ExactError {
  return new ExactError({ kind: 'malformed', reason });
}
