import {
  err,
  ok,
  type Actor,
  type Deps,
  type RelationId,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import { changeValues, type FieldChanges } from './change-values.js';
import { sharedFieldNames, type SharedValues } from './fields.js';
import type { FreezeTx } from './freeze.port.js';
import { openRelation, type RelationDeskTx } from './open-relation.js';
import type { Leading } from './relation.js';
import { isExactly } from './same-value.js';
import { findInvalidValue, trimValue } from './value-limits.js';

export interface EditRelation {
  readonly tenantId: TenantId;
  readonly relationId: RelationId;
  /** The version that the person saw. */
  readonly version: number;
  /** Only what changes; null or an empty text clears the field, which is a real edit (product.md 3.13). */
  readonly values: Partial<SharedValues>;
  readonly actor: Actor;
}

export type EditRelationError =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'relations-frozen' }
  | { readonly kind: 'changed-meanwhile'; readonly version: number; readonly relationId: RelationId }
  | { readonly kind: 'value-invalid'; readonly field: string; readonly reason: string };

/**
 * Edits shared values; they are written to every linked administration. Refused while contacts are frozen (product.md
 * 3.16). Numbers that fail their check are accepted: `warningsOf` shows them (C11). Saving what stands already is a success
 * without effect. Answers the relation's id.
 */
export function editRelation(
  deps: Deps<RelationDeskTx & FreezeTx>,
  command: EditRelation,
): Promise<Result<RelationId, EditRelationError>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<RelationId, EditRelationError>> => {
    if (await tx.freeze.isFrozen()) return err({ kind: 'relations-frozen' });
    const invalid = findInvalidValue(command.values);
    if (invalid) return err({ kind: 'value-invalid', ...invalid });
    const open = await openRelation(tx, command.relationId);
    if (!open) return err({ kind: 'not-found' });
    const { id, version } = open.relation;
    if (version !== command.version) return err({ kind: 'changed-meanwhile', version, relationId: id });
    const now = deps.now();
    const typed: Leading = { byName: command.actor.name, at: now.toISOString() };
    const fields = changesOf(command.values, open.relation.values, typed);
    if (fields.size > 0)
      await changeValues(tx, open, {
        fields,
        facts: { kind: 'edit', actor: command.actor, newId: deps.newId, now },
      });
    return ok(id);
  });
}

function changesOf(values: Partial<SharedValues>, standing: SharedValues, leading: Leading): FieldChanges {
  const changes = new Map<
    keyof SharedValues,
    { value: SharedValues[keyof SharedValues]; leading: Leading }
  >();
  for (const field of sharedFieldNames) {
    const given = values[field];
    if (given === undefined) continue;
    const value = trimValue(given);
    if (!isExactly(value, standing[field])) changes.set(field, { value, leading });
  }
  return changes;
}
