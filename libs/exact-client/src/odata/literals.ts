import { ExactError } from '../errors.js';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CODE_WIDTH = 18;

/** OData v2 literals for `$filter` and keys. Each refuses (ExactError `validation`, status 0) what would change the query's meaning. */
export const literal = {
  guid: (value: string): string => `guid'${checked(value, GUID, 'a GUID')}'`,
  /** A quote is doubled; a NUL cannot be in a URL. */
  text: (value: string): string =>
    `'${checked(value, /^[^\0]*$/, 'text without NUL').replaceAll("'", "''")}'`,
  int64: (value: string): string => `${checked(value, /^\d{1,19}$/, 'a whole number')}L`,
  /** A wall-clock time of Exact's servers, `2026-01-31T00:00:00`, without a zone: a `Z` would shift it (E12). */
  datetime: (value: string): string =>
    `datetime'${checked(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'a local time')}'`,
};

/** Exact keeps account codes left-padded to 18; an unpadded filter matches nothing, without an error. */
export function paddedCode(code: string): string {
  return code.trim().padStart(CODE_WIDTH, ' ');
}

function checked(value: string, pattern: RegExp, what: string): string {
  if (!pattern.test(value)) throw new ExactError({ kind: 'validation', message: `not ${what}`, status: 0 });
  return value;
}
