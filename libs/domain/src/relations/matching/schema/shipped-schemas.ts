import { relationSchema } from '../rules/relation-schema.js';
import type { RelationSchema } from '../rules/relation-schema-type.js';
import { contactPersonSchema } from './contact-person.js';
import type { MatchSchema } from './match-schema.js';

/** The match schemas that come with Koppel, by their names. */
export const shippedSchemas: ReadonlyMap<string, MatchSchema | RelationSchema> = new Map(
  [relationSchema, contactPersonSchema].map((schema) => [schema.name, schema]),
);
