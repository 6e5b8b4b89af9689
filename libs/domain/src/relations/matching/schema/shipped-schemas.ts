import { contactPersonSchema } from './contact-person.js';
import type { MatchSchema } from './match-schema.js';

/** The match schemas that come with Koppel, by their names; relations have an engine of their own. */
export const shippedSchemas: ReadonlyMap<string, MatchSchema> = new Map(
  [contactPersonSchema].map((schema) => [schema.name, schema]),
);
