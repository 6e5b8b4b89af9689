import {
  err,
  ok,
  type Actor,
  type Deps,
  type RelationId,
  type Result,
  type SourceRelationId,
  type TenantId,
} from '../kernel/index.js';
import { changeValues } from './change-values.js';
import type { SharedField } from './fields.js';
import { openRelation, type RelationDeskTx } from './open-relation.js';

export interface ChooseLeading {
  readonly tenantId: TenantId;
  readonly relationId: RelationId;
  readonly version: number;
  readonly field: SharedField;
  readonly sourceRelationId: SourceRelationId;
  readonly actor: Actor;
}

export type ChooseLeadingError =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'changed-meanwhile'; readonly version: number; readonly relationId: RelationId };

/**
 * Lets one account's value lead for a field, also when it is empty (C16). From then on that account's edits of the field
 * count and the others merely differ (C18). Choosing the same again is a success without effect. Answers the relation's id.
 */
export function chooseLeading(
  deps: Deps<RelationDeskTx>,
  command: ChooseLeading,
): Promise<Result<RelationId, ChooseLeadingError>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<RelationId, ChooseLeadingError>> => {
    const open = await openRelation(tx, command.relationId);
    const member = open?.members.find(
      ({ source, isLinked }) => isLinked && source.id === command.sourceRelationId,
    );
    if (!open || !member) return err({ kind: 'not-found' });
    const { id, version, leading } = open.relation;
    const { field, actor } = command;
    const isChosenAlready =
      leading[field]?.source === member.source.id && leading[field]?.byName !== undefined;
    if (version !== command.version && !isChosenAlready)
      return err({ kind: 'changed-meanwhile', version, relationId: id });
    const now = deps.now();
    const choice = { source: member.source.id, byName: actor.name, at: now.toISOString() };
    const fields = new Map([[field, { value: member.source.fields.shared[field], leading: choice }]]);
    await changeValues(tx, open, {
      fields,
      facts: { kind: 'choose-leading', actor, newId: deps.newId, now },
    });
    return ok(id);
  });
}
