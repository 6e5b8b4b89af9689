import type { NameLevel } from './compare-names.js';
import type { Comparison } from './compare.js';
import type { Decision } from './rules/compile-decision.js';

/**
 * Questions that answers to others of their kind may spare: what only a lack of proof, or another address, keeps from joining. What
 * the product always asks about (another branch, a slip in a KvK number, another legal form, a fiscal unity) is none of them.
 */
const kinds: readonly string[] = ['', 'hold-no-proof', 'hold-no-proof/contained', 'hold-other-address'];

/**
 * The kind of question that a pair is, as a number; 0 for one that no answer to others can spare. Persons are left out:
 * those of one household look alike.
 */
export function questionKindOf(c: Comparison, { band, holds }: Decision): number {
  if (band !== 'ask' || holds.length !== 1 || c.name.a?.person || c.name.b?.person) return 0;
  return Math.max(0, kinds.indexOf(`${holds[0]}${suffixOf(c.name.level)}`));
}

function suffixOf(level: NameLevel): string {
  return level === 'equal' || level === 'typo' ? '' : `/${level}`;
}

/** The name under which a kind of question is stored; empty for 0. */
export function nameOfKind(kind: number): string {
  return kinds[kind] ?? '';
}
