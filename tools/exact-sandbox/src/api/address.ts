import { Refusal } from '../odata/refusal.js';

/** An address of the API, taken apart. */
export interface ApiAddress {
  /** Undefined for `current/Me`. */
  readonly division: number | undefined;
  /** `service/Set`, without key. */
  readonly path: string;
  /** The text between the parentheses of `Set(key)`. */
  readonly key: string | undefined;
  /** `$count` or a collection after the key or set. */
  readonly tail: string | undefined;
}

const PREFIX = '/api/v1/';
const SEGMENTS_MAX = 7;

/** Takes an API path apart; undefined when it is none. */
export function parseAddress(path: string): ApiAddress | undefined {
  if (!path.toLowerCase().startsWith(PREFIX)) return undefined;
  const segments = decode(path.slice(PREFIX.length)).split('/');
  if (segments.length > SEGMENTS_MAX) return undefined;
  const [first = '', ...rest] = segments;
  if (first.toLowerCase() === 'current')
    return { division: undefined, path: segments.join('/'), key: undefined, tail: undefined };
  if (!/^\d{1,10}$/.test(first)) return undefined;
  const keyed = rest.findIndex((segment) => segment.includes('('));
  const end = keyed >= 0 ? keyed : rest.at(-1) === '$count' ? rest.length - 2 : rest.length - 1;
  const tail = rest.slice(end + 1);
  if (end < 1 || tail.length > 1) return undefined;
  const last = /^([^()]+)(?:\((.*)\))?$/.exec(rest[end] ?? '');
  if (!last) return undefined;
  const set = [...rest.slice(0, end), last[1] ?? ''].join('/');
  return { division: Number(first), path: set, key: last[2], tail: tail[0] };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new Refusal(400, 'Bad Request - Error in URL.');
  }
}
