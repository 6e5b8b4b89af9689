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

type SourceMark = Picture['sources'][number];

interface Forgotten {
  /** With the hash of what is left of each. */
  readonly sourceIds: ReadonlyMap<SourceRelationId, string>;
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
  const anonymous = members.filter(({ source }) => isAnonymised(source));
  const sourceIds = new Map(anonymous.map(({ source }) => [source.id, source.contentHash]));
  if (sourceIds.size === 0) return;
  for (const sourceId of sourceIds.keys()) await tx.erasure.eraseTraces({ sourceId, relationId }, now);
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
  const areValuesLost = before.relations !== act.before.relations || after.relations !== act.after.relations;
  return { ...act, before, after, isUndoable: act.isUndoable && !areValuesLost };
}

function erasedPicture(picture: Picture, forgotten: Forgotten): Picture {
  const relations = eachOrSame(picture.relations, (relation) => erasedRelation(relation, forgotten));
  const sources = eachOrSame(picture.sources, (source) => erasedMark(source, forgotten));
  const isSame = relations === picture.relations && sources === picture.sources;
  return isSame ? picture : { ...picture, relations, sources };
}

/** The very same list when nothing in it changes. */
function eachOrSame<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const changed = items.map(change);
  return changed.every((item, index) => item === items[index]) ? items : changed;
}

/** A hash of what an account said lets guess what that was. Undo asks no more than whether it is still the same, and it is not. */
function erasedMark(mark: SourceMark, { sourceIds }: Forgotten): SourceMark {
  const left = sourceIds.get(mark.id);
  const isKept = left === undefined || mark.contentHash === left || mark.contentHash === '';
  return isKept ? mark : { ...mark, contentHash: '' };
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
