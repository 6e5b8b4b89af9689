import * as z from 'zod';

/** A kind of refusal: stable type, status, and what a person reads in either language. */
export interface ProblemDefinition {
  readonly kind: string;
  readonly status: number;
  readonly title: { readonly nl: string; readonly en: string };
}

/** Defines a problem; its type is `urn:problem:<kind>`. */
export function problem<const K extends string>(
  kind: K,
  status: number,
  title: { nl: string; en: string },
): {
  readonly kind: K;
  readonly status: number;
  readonly title: { readonly nl: string; readonly en: string };
} {
  return { kind, status, title };
}

/** RFC 9457 `application/problem+json` as the api sends it. Extension members are data for the way out. */
export const problemBody = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string(),
  kind: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});
export type ProblemBody = z.output<typeof problemBody>;
