import { asId, systemActor, type ActionId } from '../kernel/index.js';
import type { Action } from './action.js';
import type { Member } from './leading-values.js';
import { MATCHER_VERSION } from './matching/index.js';
import { takePicture } from './picture.js';
import type { Relation } from './relation.js';

/**
 * The act of joining accounts into one relation without a person. Undoing it gives each account a relation of its own. A
 * relation that stood before is kept as it was and as it became: the joining accounts filled what nobody had said.
 */
export function automaticMerge(
  id: string,
  relation: Relation,
  made: { readonly members: readonly Member[]; readonly stood?: Relation | undefined; readonly now: Date },
): Action {
  return {
    id: asId<ActionId>(id),
    kind: 'merge-automatic',
    actorId: systemActor.id,
    actorName: systemActor.name,
    at: made.now,
    relationIds: [relation.id],
    administrationId: null,
    before: takePicture({ relations: made.stood ? [made.stood] : [] }),
    after: {
      ...takePicture({
        relations: made.stood ? [relation] : [],
        sources: made.members.map(({ source }) => source),
      }),
      matcherVersion: MATCHER_VERSION,
    },
    batchId: null,
    undoOf: null,
    undoneBy: null,
    isUndoable: true,
  };
}
