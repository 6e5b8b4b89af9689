import type { LinkedMember } from '../members.js';
import { agrees, partUnits, spellingOf, type PartUnit } from './part-units.js';
import type { PartFields, SourcePart } from './source-part.js';

/** Another account of the same relation, and its part that is the same thing, if any. */
export interface OtherSide {
  readonly member: LinkedMember;
  readonly part: SourcePart | undefined;
  /** What that part says once the writes that wait have arrived; empty when there is none, nor will be. */
  readonly expected: PartFields;
  /** What that part was to say when Exact refused to make it; empty when it did not. */
  readonly refused: PartFields;
}

/** One unit of a changed part against one other account. */
export interface UnitVerdict {
  readonly unit: PartUnit;
  readonly side: OtherSide;
  /**
   * `same`: nothing to do. `write`: the other said what this one said before. `create`: the other has no such part, or is to get one.
   * `apart`: both say something else than before, or had never agreed: a person decides.
   */
  readonly verdict: 'same' | 'write' | 'create' | 'apart';
}

/**
 * The three-way comparison of a changed part with those of the other accounts (product.md 3.3): never over what somebody else
 * edited or what stood apart. Empty never wins over filled. Only units that changed since the base are judged.
 */
export function judgePart(part: SourcePart, others: readonly OtherSide[]): UnitVerdict[] {
  const base = part.base ?? part.fields;
  return changedUnits(part).flatMap((unit) =>
    others.flatMap((side): UnitVerdict[] => {
      const verdict = judge(unit, { base, now: part.fields }, side);
      return verdict ? [{ unit, side, verdict }] : [];
    }),
  );
}

/** The shared units in which a part says something, and something else than when it was last compared. */
export function changedUnits({ kind, base, fields }: SourcePart): PartUnit[] {
  if (base === null) return [];
  return partUnits[kind].filter((unit) => spellingOf(unit, fields) !== '' && !agrees(unit, base, fields));
}

function judge(
  unit: PartUnit,
  own: { readonly base: PartFields; readonly now: PartFields },
  side: OtherSide,
): UnitVerdict['verdict'] | undefined {
  const was = spellingOf(unit, own.base);
  const theirs = spellingOf(unit, side.expected);
  if (theirs === spellingOf(unit, own.now)) return 'same';
  if (!side.part) {
    const isRefused = spellingOf(unit, side.refused) === was;
    return was === '' || theirs === was || isRefused ? 'create' : undefined;
  }
  const isEdited = side.part.base !== null && !agrees(unit, side.part.base, side.part.fields);
  if (isEdited) return 'apart';
  if (theirs === was) return 'write';
  return theirs === '' ? undefined : 'apart';
}
