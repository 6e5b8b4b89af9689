import { sql, type SQL } from 'drizzle-orm';
import type { AccountScope } from '@koppel/domain/relations';
import { sourceRelations } from '../schema/index.js';
import { uuidArray } from './arrays.js';

/** Whether an account of `source_relations` is in the scope; without one each is. */
export function isInScope(scope: AccountScope | null): SQL {
  if (!scope) return sql`true`;
  const { id, administrationId } = sourceRelations;
  const isChosen = sql`${administrationId} = any(${uuidArray(scope.administrationIds)})`;
  return scope.upTo === null ? isChosen : sql`(${isChosen} and ${id} <= ${scope.upTo})`;
}
