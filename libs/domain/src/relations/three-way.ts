import type { SourceRelationId } from '../kernel/index.js';
import type { SharedField, SharedValues } from './fields.js';
import { isChosen, type Leading } from './relation.js';
import { isEmpty, isExactly, saysTheSame } from './same-value.js';

type SharedValue = SharedValues[SharedField];

/** What one account said of a field last time, and says now. */
export interface Edit {
  readonly source: SourceRelationId;
  readonly base: SharedValue;
  readonly now: SharedValue;
}

/** One field of a relation and the accounts' edits since they were last compared with it. */
export interface FieldSides {
  readonly field: SharedField;
  readonly value: SharedValue;
  readonly leading: Leading | undefined;
  readonly edits: readonly Edit[];
  readonly hasOpenConflict: boolean;
}

export type FieldOutcome =
  | { readonly kind: 'keep' }
  /** The edit becomes the shared value; it is written to the others unless it is a mere respelling. */
  | { readonly kind: 'take'; readonly edit: Edit; readonly isRespelling: boolean }
  /** Nothing is overwritten; a person decides. */
  | { readonly kind: 'conflict'; readonly edits: readonly Edit[] };

/**
 * The three-way merge of one field (product.md 3.3, C18). A sole edit becomes the shared value while the relation still says
 * what that account said before; else, or when two edits differ, it is a conflict. Where a person chose an account to lead,
 * only that account's edits count and the others merely differ. Empty never wins over filled.
 */
export function mergeField(sides: FieldSides): FieldOutcome {
  const { field, value, leading } = sides;
  const edits = sides.edits.filter((edit) => !isExactly(edit.base, edit.now) && !isEmpty(edit.now));
  if (isChosen(leading) && leading?.source !== undefined) return followChosen(sides, edits);
  const contenders = edits.filter((edit) => !saysTheSame(field, edit.now, value));
  const [first] = contenders;
  if (!first) return respell(sides, edits);
  if (sides.hasOpenConflict) return { kind: 'conflict', edits: contenders };
  const isOneValue = contenders.every((edit) => saysTheSame(field, edit.now, first.now));
  const agreed = contenders.find((edit) => hadAgreed(sides, edit));
  return isOneValue && agreed
    ? { kind: 'take', edit: agreed, isRespelling: false }
    : { kind: 'conflict', edits: contenders };
}

/** Whether the relation still says what the account said before its edit; filling what nobody said is no disagreement. */
function hadAgreed({ field, value, leading }: FieldSides, edit: Edit): boolean {
  return saysTheSame(field, edit.base, value) || (isEmpty(value) && !isChosen(leading));
}

function followChosen({ field, value, leading }: FieldSides, edits: readonly Edit[]): FieldOutcome {
  const edit = edits.find(({ source }) => source === leading?.source);
  if (!edit || isExactly(edit.now, value)) return { kind: 'keep' };
  return { kind: 'take', edit, isRespelling: saysTheSame(field, edit.now, value) };
}

/** The leading account wrote the same in another way: the relation follows, and nobody else is bothered. */
function respell({ value, leading }: FieldSides, edits: readonly Edit[]): FieldOutcome {
  const edit = edits.find(({ source, now }) => source === leading?.source && !isExactly(now, value));
  return edit ? { kind: 'take', edit, isRespelling: true } : { kind: 'keep' };
}
