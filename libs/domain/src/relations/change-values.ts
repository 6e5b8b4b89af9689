import { asId, type ActionId, type Actor } from '../kernel/index.js';
import type { Action, ActionKind } from './action.js';
import { sharedFieldNames, type SharedField, type SharedValues } from './fields.js';
import { withValue } from './leading-values.js';
import type { OpenRelation, RelationDeskTx } from './open-relation.js';
import { takePicture } from './picture.js';
import type { Leading, Relation } from './relation.js';
import { isExactly } from './same-value.js';
import { searchTextOf } from './search-text.js';
import { isWritable, planWritesFor } from './write-planner.js';
import { purposeOf } from './write-purpose.js';

/** New values of a relation, each with where it comes from. */
export type FieldChanges = ReadonlyMap<
  SharedField,
  { readonly value: SharedValues[SharedField]; readonly leading: Leading | undefined }
>;

export interface ChangeFacts {
  readonly kind: ActionKind;
  readonly actor: Actor;
  readonly newId: () => string;
  readonly now: Date;
  readonly undoOf?: ActionId;
  /** A new id when left out. */
  readonly actionId?: ActionId;
}

export interface ChangedValues {
  readonly relation: Relation;
  readonly action: Action;
  readonly writes: number;
}

/**
 * Gives fields of a relation new values by a person's act: stores it, closes the fields' conflicts, records the act and
 * plans the writes to every linked administration (product.md 3.3). Undefined, and nothing stored, when nothing changes.
 */
export async function changeValues(
  tx: RelationDeskTx,
  open: OpenRelation,
  change: { readonly fields: FieldChanges; readonly facts: ChangeFacts },
): Promise<ChangedValues | undefined> {
  const { facts } = change;
  const relation = withFields(open, change.fields, facts.now);
  const conflicts = await tx.conflicts.findOpenOfRelations([open.relation.id]);
  const settled = conflicts.filter((conflict) => change.fields.has(conflict.field));
  if (!relation && settled.length === 0) return undefined;
  const after = relation ?? open.relation;
  if (relation) await tx.relations.saveMany([relation]);
  const closing = { state: 'resolved', resolvedAt: facts.now, resolvedBy: facts.actor.name } as const;
  await tx.conflicts.saveMany(settled.map((one) => ({ ...one, ...closing, version: one.version + 1 })));
  const action = toAction(open.relation, after, facts);
  await tx.actions.addMany([action]);
  const writes = await writeToAll(
    tx,
    { ...open, relation: after },
    { fields: [...change.fields.keys()], facts },
  );
  return { relation: after, action, writes };
}

/** The relation with its new values; undefined when it has them already. */
function withFields(
  { relation, members }: OpenRelation,
  fields: FieldChanges,
  now: Date,
): Relation | undefined {
  let { values } = relation;
  const leading: Partial<Record<SharedField, Leading>> = { ...relation.leading };
  let isChanged = false;
  for (const [field, next] of fields) {
    const isSame = isExactly(values[field], next.value) && isSameOrigin(leading[field], next.leading);
    if (isSame) continue;
    isChanged = true;
    values = withValue(values, field, next.value);
    if (next.leading) leading[field] = next.leading;
    else delete leading[field];
  }
  if (!isChanged) return undefined;
  const searchText = searchTextOf(
    values,
    members.map(({ source }) => source.fields.local.code),
  );
  return { ...relation, values, leading, searchText, version: relation.version + 1, updatedAt: now };
}

// Choosing again what one has chosen already is no change, whenever it was.
function isSameOrigin(one: Leading | undefined, other: Leading | undefined): boolean {
  return one?.source === other?.source && (one?.byName === undefined) === (other?.byName === undefined);
}

/** Plans a write to every linked account of an active administration that says something else in the fields. */
export function writeToAll(
  tx: RelationDeskTx,
  { relation, members, administrations }: OpenRelation,
  { fields, facts }: { readonly fields: readonly SharedField[]; readonly facts: ChangeFacts },
): Promise<number> {
  const writes = members
    .filter((member) => isWritable(member, administrations))
    .map((member) => ({ member, relationId: relation.id, relation, fields }));
  const { newId, now, actor } = facts;
  return planWritesFor(tx, writes, { newId, now, byName: actor.name, purpose: purposeOf(actor) });
}

function toAction(before: Relation, after: Relation, facts: ChangeFacts): Action {
  return {
    id: facts.actionId ?? asId<ActionId>(facts.newId()),
    kind: facts.kind,
    actorId: facts.actor.id,
    actorName: facts.actor.name,
    at: facts.now,
    relationIds: [after.id],
    administrationId: null,
    before: takePicture({ relations: [before] }),
    after: takePicture({ relations: [after] }),
    batchId: null,
    undoOf: facts.undoOf ?? null,
    undoneBy: null,
    isUndoable: facts.kind !== 'undo',
  };
}

/** Every shared field with its value and origin. */
export function fieldsOf(relation: Pick<Relation, 'values' | 'leading'>): FieldChanges {
  return new Map(
    sharedFieldNames.map((field) => [
      field,
      { value: relation.values[field], leading: relation.leading[field] },
    ]),
  );
}
