import { z } from 'zod';
import type { Zone } from './zone.js';

/**
 * The kinds of value Exact sends. They expect what `cleaned` made of the record: trimmed text, null for empty, all-zero GUIDs as null.
 * Messages name what is wrong and never quote the value.
 */
const TEXT_MAX = 2_000;
const LONG_TEXT_MAX = 200_000;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE = /^\/Date\((-?\d{1,16})([+-]\d{4})?\)\/$/;
const YEAR_1_MS = -62_135_596_800_000;
const YEAR_9999_END_MS = 253_402_300_799_999;

/** A record's own id. */
export const guid = z.string().regex(GUID, 'is no GUID').toLowerCase();
/** A reference to another record of the same division. */
export const reference = guid.nullable();
export const text = z.string().max(TEXT_MAX, 'is too long').nullable();
export const longText = z.string().max(LONG_TEXT_MAX, 'is too long').nullable();
export const requiredText = z.string('is missing').max(TEXT_MAX, 'is too long');
export const int32 = z.number('is no number').int('is no whole number').nullable();
export const double = z.number('is no number').nullable();
/** Booleans; some are bytes 0 and 1. */
export const flag = z
  .union([z.boolean(), z.literal(0), z.literal(1)], 'is no yes or no')
  .transform(Boolean)
  .nullable();

/** An Int64 as digits. Exact sends text; a bare number beyond 2^53 has already lost digits in JSON.parse, so it is refused (E10). */
export const int64 = z
  .union([z.string(), z.number()], 'is no 64-bit number')
  .refine(isInt64, 'is no 64-bit number')
  .transform(String);

/** A date without time, `YYYY-MM-DD`, from the UTC parts whatever zone we run in (E12). */
export const calendarDate = z
  .string('is no date')
  .transform((value, context) => {
    const ms = dateMs(value);
    if (ms !== undefined) return new Date(ms).toISOString().slice(0, 10);
    context.addIssue({ code: 'custom', message: 'is no date' });
    return z.NEVER;
  })
  .nullable();

/** `Created` and `Modified`: Exact writes the server's wall clock as if it were UTC; the result is the instant, `2024-07-03T10:00:00.000Z`. */
export function localTimestamp(zone: Zone) {
  return z
    .string('is no time')
    .transform((value, context) => {
      const ms = dateMs(value);
      if (ms !== undefined) return new Date(zone.toInstant(ms)).toISOString();
      context.addIssue({ code: 'custom', message: 'is no time' });
      return z.NEVER;
    })
    .nullable();
}

function dateMs(value: string): number | undefined {
  const match = DATE.exec(value);
  if (match === null) return undefined;
  const ms = Number(match[1]);
  // Two days inside the calendar's ends, so that a zone's offset cannot leave it.
  return ms >= YEAR_1_MS && ms <= YEAR_9999_END_MS - 172_800_000 ? ms : undefined;
}

function isInt64(value: string | number): boolean {
  return typeof value === 'string' ? /^\d{1,19}$/.test(value) : Number.isSafeInteger(value) && value >= 0;
}
