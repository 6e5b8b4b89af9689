import type { RelationDetail } from '@koppel/contracts';
import { textOfValue, type Conflict } from '@koppel/domain/relations';

type ConflictResponse = RelationDetail['conflicts'][number];

/** A conflict with its values as text and its sides by name. */
export function toConflictResponse(
  conflict: Conflict,
  names: { readonly relationName: string; readonly administrations: ReadonlyMap<string, string> },
): ConflictResponse {
  return {
    id: conflict.id,
    relationId: conflict.relationId,
    relationName: names.relationName,
    field: conflict.field,
    base: textOfValue(conflict.base),
    candidates: conflict.candidates.map(({ side, administrationId, value, changedAt }) => ({
      side,
      administrationId,
      administrationName: (administrationId && names.administrations.get(administrationId)) ?? null,
      value: textOfValue(value),
      changedAt,
    })),
    openedAt: conflict.openedAt.toISOString(),
    version: conflict.version,
  };
}
