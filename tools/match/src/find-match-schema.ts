import {
  relationRulesOf,
  shippedSchemas,
  WrongSchema,
  type MatchSchema,
  type RelationRules,
  type RelationSchema,
} from '@koppel/domain/matching';
import { InputError } from './input-error.js';

/** The match schema of this name that comes with Koppel, or else the one in a file of JSON. */
export async function findMatchSchema(nameOrFile: string): Promise<MatchSchema | RelationSchema> {
  const shipped = shippedSchemas.get(nameOrFile);
  if (shipped) return shipped;
  const { readMatchSchema } = await import('./match-schema.js'); // takes a quarter of the time to start, and few need it
  return readMatchSchema(nameOrFile);
}

/** Resolves a schema of relations; one that names a rule that is none is an InputError. */
export function rulesOf(schema: RelationSchema): RelationRules {
  try {
    return relationRulesOf(schema);
  } catch (error) {
    if (!(error instanceof WrongSchema)) throw error;
    throw new InputError('wrong-schema', `the match schema "${schema.name}": ${error.message}`, {
      cause: error,
    });
  }
}
