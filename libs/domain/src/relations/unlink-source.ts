import {
  asId,
  err,
  ok,
  type ActionId,
  type Actor,
  type Deps,
  type RelationId,
  type Result,
  type SourceRelationId,
  type TenantId,
} from '../kernel/index.js';
import { dutchDay } from './activity.js';
import { carryOutSplit, type SplitTx } from './carry-out-split.js';
import { openRelation } from './open-relation.js';

export interface UnlinkSource {
  readonly tenantId: TenantId;
  readonly relationId: RelationId;
  readonly version: number;
  readonly sourceRelationId: SourceRelationId;
  readonly actor: Actor;
}

export interface Unlinked {
  readonly relationId: RelationId;
  readonly newRelationId: RelationId;
  readonly actionId: ActionId;
}

export type UnlinkSourceError =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'changed-meanwhile'; readonly version: number; readonly relationId: RelationId }
  | { readonly kind: 'merge-not-possible'; readonly reason: 'only-account' };

/**
 * Takes one account out of a relation; it becomes a relation of its own, and is never put back by a comparison: the person
 * said "not the same" of it and each account that stays.
 */
export function unlinkSource(
  deps: Deps<SplitTx>,
  command: UnlinkSource,
): Promise<Result<Unlinked, UnlinkSourceError>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<Unlinked, UnlinkSourceError>> => {
    const open = await openRelation(tx, command.relationId);
    if (!open?.members.some(({ source }) => source.id === command.sourceRelationId))
      return err({ kind: 'not-found' });
    const { relation, members } = open;
    if (relation.version !== command.version)
      return err({ kind: 'changed-meanwhile', version: relation.version, relationId: relation.id });
    if (members.length < 2) return err({ kind: 'merge-not-possible', reason: 'only-account' });
    const now = deps.now();
    const actionId = asId<ActionId>(deps.newId());
    const split = await carryOutSplit(tx, open, {
      ids: new Set([command.sourceRelationId]),
      actor: command.actor,
      kind: 'unlink',
      actionId,
      facts: { newId: deps.newId, now, today: dutchDay(now) },
    });
    const [created] = split.created;
    if (!created) return err({ kind: 'not-found' });
    return ok({ relationId: relation.id, newRelationId: created.id, actionId });
  });
}
