import { z } from 'zod';
import { doubt, quickly } from './quick.js';
import type { Zone } from './zone.js';

/**
 * The kinds of value Exact sends. They expect what `cleaned` made of the record: trimmed text, null for empty, all-zero GUIDs as null.
 * Messages name what is wrong and never quote the value.
 */
const TEXT_MAX = 2_000;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE = /^\/Date\((-?\d{1,16})([+-]\d{4})?\)\/$/;
const YEAR_1_MS = -62_135_596_800_000;
const YEAR_9999_END_MS = 253_402_300_799_999;
/** Four digits of a year, which is what Postgres takes. */
const CALENDAR = { first: YEAR_1_MS, last: YEAR_9999_END_MS };
/** Two days inside of it, so that a zone's offset cannot leave it. */
const ANY_ZONE = { first: YEAR_1_MS + 172_800_000, last: YEAR_9999_END_MS - 172_800_000 };

/** Exact's "no reference". */
export const zeroGuid = '00000000-0000-0000-0000-000000000000';

/** A record's own id. */
export const guid = quickly(z.string().regex(GUID, 'is no GUID').toLowerCase(), (value) => {
  const id = quickText(value);
  return typeof id === 'string' && GUID.test(id) ? id.toLowerCase() : doubt;
});
/** A reference to another record of the same division. */
export const reference = quickly(guid.nullable(), (value) => {
  const id = quickText(value);
  return typeof id !== 'string' ? id : GUID.test(id) ? id.toLowerCase() : doubt;
});
export const text = quickly(z.string().max(TEXT_MAX, 'is too long').nullable(), quickText);
export const requiredText = quickly(z.string('is missing').max(TEXT_MAX, 'is too long'), (value) =>
  value === null ? doubt : (quickText(value) ?? doubt),
);
export const int32 = quickly(z.number('is no number').int('is no whole number').nullable(), (value) =>
  value === null || Number.isSafeInteger(value) ? value : doubt,
);
export const double = quickly(z.number('is no number').nullable(), (value) =>
  value === null || Number.isFinite(value) ? value : doubt,
);
/** Booleans; some are bytes 0 and 1. */
export const flag = quickly(
  z
    .union([z.boolean(), z.literal(0), z.literal(1)], 'is no yes or no')
    .transform(Boolean)
    .nullable(),
  (value) => (value === null || typeof value === 'boolean' ? value : quickBit(value)),
);

/** An Int64 as digits. Exact sends text; a bare number beyond 2^53 has already lost digits in JSON.parse, so it is refused (E10). */
export const int64 = quickly(
  z
    .union([z.string(), z.number()], 'is no 64-bit number')
    .refine(isInt64, 'is no 64-bit number')
    .transform(String),
  (value) => (typeof value === 'string' && isInt64(value) ? value : doubt),
);

/** A date without time, `YYYY-MM-DD`, from the UTC parts whatever zone we run in (E12). */
export const calendarDate = quickly(
  z
    .string('is no date')
    .transform((value, context) => {
      const ms = dateMs(value);
      if (ms !== undefined) return new Date(ms).toISOString().slice(0, 10);
      context.addIssue({ code: 'custom', message: 'is no date' });
      return z.NEVER;
    })
    .nullable(),
  (value) => quickMoment(value, (ms) => new Date(ms).toISOString().slice(0, 10)),
);

/** `Created` and `Modified`: Exact writes the server's wall clock as if it were UTC; the result is the instant, `2024-07-03T10:00:00.000Z`. */
export function localTimestamp(zone: Zone) {
  const schema = z
    .string('is no time')
    .transform((value, context) => {
      const ms = dateMs(value, ANY_ZONE);
      if (ms !== undefined) return new Date(zone.toInstant(ms)).toISOString();
      context.addIssue({ code: 'custom', message: 'is no time' });
      return z.NEVER;
    })
    .nullable();
  return quickly(schema, (value) =>
    quickMoment(value, (ms) => new Date(zone.toInstant(ms)).toISOString(), ANY_ZONE),
  );
}

/** Trimmed, null for nothing. Text that cannot be stored as it is, or is very long, is left to the schema. */
function quickText(value: unknown): unknown {
  if (value === null) return null;
  if (typeof value !== 'string' || value.length > TEXT_MAX) return doubt;
  if (!value.isWellFormed() || value.includes('\0')) return doubt;
  const trimmed = value.trim();
  return trimmed === '' || trimmed === zeroGuid ? null : trimmed;
}

function quickBit(value: unknown): unknown {
  return value === 0 || value === 1 ? value === 1 : doubt;
}

function quickMoment(value: unknown, write: (ms: number) => string, within = CALENDAR): unknown {
  if (value === null) return null;
  const ms = typeof value === 'string' ? dateMs(value, within) : undefined;
  return ms === undefined ? doubt : write(ms);
}

function dateMs(value: string, within = CALENDAR): number | undefined {
  const match = DATE.exec(value);
  if (match === null) return undefined;
  const ms = Number(match[1]);
  return ms >= within.first && ms <= within.last ? ms : undefined;
}

function isInt64(value: string | number): boolean {
  return typeof value === 'string' ? /^\d{1,19}$/.test(value) : Number.isSafeInteger(value) && value >= 0;
}
