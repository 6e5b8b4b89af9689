import type { RelationId, SourceRelationId } from '../kernel/index.js';
import type { Action, Picture, RelationPicture } from './action.js';
import type { ActionsTx } from './actions.port.js';
import { isAnonymised, isWhollyAnonymised } from './anonymised.js';
import type { ErasureTx } from './erasure.port.js';
import { sharedFieldNames, type SharedField } from './fields.js';
import { withValue } from './leading-values.js';
import type { LinkedMember } from './members.js';

/** Acts read at a time. */
const actsPerRead = 200;
/** A million acts on one relation. */
const readsMax = 5_000;
/** Merges into a relation, one after the other, whose acts are looked through too. */
const mergesMax = 50;

interface Forgotten {
  readonly sourceIds: ReadonlySet<SourceRelationId>;
  /** Relations of which nothing at all is kept. */
  readonly whole: ReadonlySet<RelationId>;
}

/**
 * Erases what accounts said that Exact made anonymous (product.md 3.20): from every picture in the history of their relation and of those
 * merged into it, from conflicts, writes and issues. Who did what and when stays; an act that lost values can no longer be undone.
 */
export async function eraseAnonymised(
  tx: ActionsTx & ErasureTx,
  of: { readonly relationId: RelationId; readonly members: readonly LinkedMember[] },
  now: Date,
): Promise<void> {
  const { relationId, members } = of;
  const sourceIds = new Set(
    members.filter(({ source }) => isAnonymised(source)).map(({ source }) => source.id),
  );
  if (sourceIds.size === 0) return;
  for (const sourceId of sourceIds) await tx.erasure.eraseTraces({ sourceId, relationId }, now);
  const isWhole = isWhollyAnonymised(members);
  const known = new Set<RelationId>([relationId]);
  for (let round = 0; round < mergesMax; round += 1) {
    const before = known.size;
    const whole: ReadonlySet<RelationId> = isWhole ? new Set(known) : new Set();
    await eraseActs(tx, known, { sourceIds, whole });
    if (known.size === before) return;
  }
}

/** Erases in the acts on the relations, and adds those that were merged into them. */
async function eraseActs(tx: ActionsTx, known: Set<RelationId>, forgotten: Forgotten): Promise<void> {
  const ids = [...known];
  let last: Pick<Action, 'at'> & Partial<Pick<Action, 'id'>> = { at: new Date(0) };
  for (let read = 0; read < readsMax; read += 1) {
    const acts = await tx.actions.findLater(last, ids, actsPerRead);
    const erased = acts.flatMap((act) => withoutValues(act, forgotten) ?? []);
    if (erased.length > 0) await tx.actions.savePictures(erased);
    for (const { id, survivorId } of acts.flatMap((act) => act.after.relations))
      if (survivorId !== null && known.has(survivorId)) known.add(id);
    const [end] = acts.slice(-1);
    if (!end || acts.length < actsPerRead) return;
    last = end;
  }
}

/** The act without the values; undefined when it holds none of them. */
function withoutValues(act: Action, forgotten: Forgotten): Action | undefined {
  const before = erasedPicture(act.before, forgotten);
  const after = erasedPicture(act.after, forgotten);
  if (before === act.before && after === act.after) return undefined;
  return { ...act, before, after, isUndoable: false };
}

function erasedPicture(picture: Picture, forgotten: Forgotten): Picture {
  const relations = picture.relations.map((relation) => erasedRelation(relation, forgotten));
  return relations.every((relation, index) => relation === picture.relations[index])
    ? picture
    : { ...picture, relations };
}

function erasedRelation(relation: RelationPicture, { sourceIds, whole }: Forgotten): RelationPicture {
  let { values } = relation;
  for (const field of sharedFieldNames) {
    const origin = relation.leading[field]?.source;
    const isLost = whole.has(relation.id) || (origin !== undefined && sourceIds.has(origin));
    if (isLost && !isErased(field, values[field])) values = withValue(values, field, nothingOf(field));
  }
  return values === relation.values ? relation : { ...relation, values };
}

function nothingOf(field: SharedField): '' | null {
  return field === 'name' ? '' : null;
}

function isErased(field: SharedField, value: unknown): boolean {
  return value === nothingOf(field);
}
