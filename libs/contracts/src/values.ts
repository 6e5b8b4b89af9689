import * as z from 'zod';

/** A UUID in lower case. */
export const id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
/** RFC 3339 in UTC. */
export const moment = z.iso.datetime();
/** YYYY-MM-DD. */
export const calendarDate = z.iso.date();
/** In a `u` pattern a surrogate is only one without its other half. */
const halfCharacter = /\p{Surrogate}/u;
/** Text of a person, bounded: what a database can hold, so no NUL and no half of a surrogate pair. */
export const line = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('\u0000') && !halfCharacter.test(text), {
      message: 'contains NUL or half of a character',
    });
/** Opaque place in a list. */
export const cursor = line(400);
export const listQuery = {
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
};
/** The language of a file; without it the one that Accept-Language prefers. Beside the filter in the query. */
export const fileQuery = z.object({ language: z.enum(['nl', 'en']).optional() });
export const role = z.enum(['viewer', 'reviewer', 'admin']);
export type Role = z.output<typeof role>;
export const region = z.enum(['nl', 'be', 'de', 'uk', 'fr', 'es', 'com']);
export type Region = z.output<typeof region>;
export const idParams = z.strictObject({ id });
export const nothing = z.void();
/** A page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: cursor.nullable(), total: z.int().nullable() });
/** A counted contribution to a verdict; texts are found by `key`. */
export const reason = z.strictObject({
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  weight: z.number(),
  text: z.strictObject({ nl: z.string(), en: z.string() }),
});

/** A text in both languages. */
export const both = z.strictObject({ nl: z.string(), en: z.string() });
