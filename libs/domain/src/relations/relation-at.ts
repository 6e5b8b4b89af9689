import type { RelationId } from '../kernel/index.js';
import type { Action, RelationPicture } from './action.js';

/**
 * A relation as it stood at a moment: what the first act after it found there. `later` are the acts on the relation after the
 * moment, oldest first. Undefined when none of them kept a picture of the relation from before: then it stood as it stands
 * now. Null when the first of them made the relation.
 */
export function pictureAt(
  later: readonly Pick<Action, 'before' | 'after'>[],
  id: RelationId,
): RelationPicture | null | undefined {
  for (const { before, after } of later) {
    const earlier = before.relations.find((relation) => relation.id === id);
    if (earlier) return earlier;
    if (after.relations.some((relation) => relation.id === id)) return null;
  }
  return undefined;
}
