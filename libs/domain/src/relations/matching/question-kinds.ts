import type { NameLevel } from './compare-names.js';
import type { Comparison } from './compare.js';
import type { Released } from './release.js';
import type { Decision } from './rules/compile-decision.js';
import { crowdedValues, isRegistered } from './rules/ties.js';

/**
 * Kinds of question that answers to others of their kind may spare by joining: what only a lack of proof, or another address, keeps
 * from it. What the product always asks before it joins (another branch, a slip in a KvK number, another legal form, a fiscal
 * unity) is none of them.
 */
const joined = ['hold-no-proof', 'hold-no-proof/sharers', 'hold-no-proof/contained', 'hold-other-address'];
/** The names of kinds that are set aside begin so. */
export const asidePrefix = 'aside/';
/**
 * Kinds that answers may spare by setting them aside, one name and something that speaks for another company: other registration
 * numbers, another legal form, a town or a word that may belong to the name.
 */
const aside = ['registration', 'form', 'place', 'name'].map((what) => asidePrefix + what);
/** What the product asks about whatever else there is. */
const alwaysAsked = ['hold-branch', 'hold-kvk-near', 'hold-vat-only'];
/** A kind's number is its place here; 0 is a question that no answer to others can spare. */
const kinds: readonly string[] = ['', ...joined, ...aside];

/**
 * The kind of question that a pair is, as a number; 0 for one that no answer to others can spare. Persons are left out:
 * those of one household look alike.
 */
export function questionKindOf(c: Comparison, decision: Decision): number {
  if (decision.band !== 'ask' || c.name.a?.person || c.name.b?.person) return 0;
  return joinedKindOf(c, decision) || asideKindOf(c, decision);
}

function joinedKindOf(c: Comparison, { holds }: Decision): number {
  if (holds.length !== 1) return 0;
  // One name among the many who share a mailbox or an address is another matter than one name in one town.
  const isAmongSharers = holds[0] === 'hold-no-proof' && isOneName(c.name.level) && crowdedValues(c) > 0;
  return Math.max(0, kinds.indexOf(`${holds[0]}${isAmongSharers ? '/sharers' : suffixOf(c.name.level)}`));
}

// Who shares a registration number is asked about whatever else there is, too: a branch, a member of a fiscal unity.
function asideKindOf(c: Comparison, { holds }: Decision): number {
  if (isRegistered(c) || c.vat === 'suffix' || !isOneName(c.name.level)) return 0;
  if (alwaysAsked.some((hold) => holds.includes(hold))) return 0;
  const [first = ''] = holds;
  const hold = holds.includes('hold-form') ? 'hold-form' : holds.length === 1 ? first : '';
  return Math.max(0, kinds.indexOf(hold.replace('hold-', asidePrefix)));
}

function suffixOf(level: NameLevel): string {
  return isOneName(level) ? '' : `/${level}`;
}

function isOneName(level: NameLevel): boolean {
  return level === 'equal' || level === 'typo';
}

/** The name under which a kind of question is stored; empty for 0. */
export function nameOfKind(kind: number): string {
  return kinds[kind] ?? '';
}

/** Whether answers may set questions of this kind aside; those of the other kinds they may join. */
export function isAsideKind(kind: number): boolean {
  return kind > joined.length;
}

/** A pair in question, by its kind and its score. */
interface Asked {
  readonly kind: number;
  readonly score: number;
}

/** Whether answers to others of its kind join a pair. */
export function isReleased({ kind, score }: Asked, released: Released): boolean {
  return (
    kind !== 0 && !isAsideKind(kind) && score >= (released[nameOfKind(kind)] ?? Number.POSITIVE_INFINITY)
  );
}

/** Whether answers to others of its kind set a pair aside: it is not asked any more. */
export function isSetAside({ kind, score }: Asked, released: Released): boolean {
  return isAsideKind(kind) && score <= (released[nameOfKind(kind)] ?? Number.NEGATIVE_INFINITY);
}
