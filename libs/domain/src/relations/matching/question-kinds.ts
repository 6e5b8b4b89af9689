import type { NameLevel } from './compare-names.js';
import type { Comparison } from './compare.js';
import type { Released } from './release.js';
import type { Decision } from './rules/compile-decision.js';
import { crowdedValues, hasAnyTie, isRegistered } from './rules/ties.js';

/**
 * Kinds of question that answers to others of their kind may spare by joining: what only a lack of proof, or another address, keeps
 * from it. What the product always asks before it joins (another branch, a slip in a KvK number, another legal form, a fiscal
 * unity) is none of them.
 */
const joined = [
  'hold-no-proof',
  'hold-no-proof/sharers',
  'hold-no-proof/contained',
  'hold-no-proof/person',
  'hold-other-address',
  'low-score',
];
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

/** The kind of question that a pair is, as a number; 0 for one that no answer to others can spare. */
export function questionKindOf(c: Comparison, decision: Decision): number {
  if (decision.band !== 'ask') return 0;
  if (c.name.a?.person || c.name.b?.person) return numberOf(personKindOf(c, decision));
  return numberOf(joinedKindOf(c, decision)) || asideKindOf(c, decision);
}

// Those of one household look alike, unless both have their given name in full.
function personKindOf(c: Comparison, { holds }: Decision): string {
  const isNamed = !!c.name.a?.person?.given && !!c.name.b?.person?.given;
  return isNamed && isOneName(c.name.level) && lacksProofOnly(holds) ? 'hold-no-proof/person' : '';
}

function joinedKindOf(c: Comparison, { holds }: Decision): string {
  if (holds.length > 1) return '';
  const [hold] = holds;
  // Where nothing but the name agrees the two may be namesakes.
  if (hold === undefined)
    return isOneName(c.name.level) && !isRegistered(c) && hasAnyTie(c) ? 'low-score' : '';
  if (!isOneName(c.name.level)) return `${hold}/${c.name.level}`;
  // One name among the many who share a mailbox or an address is another matter than one name in one town.
  return hold === 'hold-no-proof' && crowdedValues(c) > 0 ? 'hold-no-proof/sharers' : hold;
}

function lacksProofOnly(holds: readonly string[]): boolean {
  return holds.length === 1 && holds[0] === 'hold-no-proof';
}

function numberOf(kind: string): number {
  return Math.max(0, kinds.indexOf(kind));
}

// Who shares a registration number is asked about whatever else there is, too: a branch, a member of a fiscal unity.
function asideKindOf(c: Comparison, { holds }: Decision): number {
  if (isRegistered(c) || c.vat === 'suffix' || !isOneName(c.name.level)) return 0;
  if (alwaysAsked.some((hold) => holds.includes(hold))) return 0;
  const [first = ''] = holds;
  if (holds.includes('hold-form')) return numberOf('aside/form');
  if (first === 'hold-registration' && c.form === 'different') return numberOf('aside/form');
  // One name and one legal form: as often a slip in a number as another company.
  if (first === 'hold-registration' && c.form === 'equal') return 0;
  const hold = holds.length === 1 ? first : '';
  return numberOf(hold.replace('hold-', asidePrefix));
}

function isOneName(level: NameLevel): boolean {
  return level === 'equal' || level === 'typo';
}

/** The name under which a kind of question is stored; empty for 0. */
export function nameOfKind(kind: number): string {
  return kinds[kind] ?? '';
}

/** The reason that says that answers set a pair of this kind (its name) aside; a key of `reasonTexts`. */
export function asideReasonOf(kind: string): string {
  return kind.replace(asidePrefix, 'set-aside-');
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
