import type { ContactHandling } from '../kernel/index.js';
import type { AccountRow } from '../sync/index.js';
import { sharedFieldNames, type SharedValues } from './fields.js';
import { nothing } from './leading-values.js';
import { comparePair, type MatchRecord } from './matching/index.js';
import { isEmpty, saysTheSame } from './same-value.js';

/** What is known before a create of what it may find. */
export interface CreateSearch {
  readonly contactHandling: ContactHandling;
  /** Exact ids of accounts there of which a person said that they are not this relation. */
  readonly apart: ReadonlySet<string>;
  /** Whether the relation is one of our own companies: never joined with outsiders (product.md 3.15). */
  readonly isIntercompany: boolean;
  readonly isOwnCompany: (row: AccountRow) => boolean;
  /** Since when it may have been sent before: an account made since of what was sent is the one that it made. Null when it was not. */
  readonly sentSince: Date | null;
}

/** What to do with accounts that a search before a create found. */
export type Alike =
  | { readonly kind: 'none' }
  | { readonly kind: 'found' | 'made-earlier'; readonly row: AccountRow }
  /** It may be the same: making another could make a double, so that a person looks first. */
  | { readonly kind: 'doubtful'; readonly row: AccountRow };

/**
 * Judges them as comparing would: what is certainly the relation is taken, when the contact handling allows to join without a person; what
 * certainly is not stays aside (product.md 3.12).
 */
export function pickAlike(
  values: Partial<SharedValues>,
  rows: readonly AccountRow[],
  search: CreateSearch,
): Alike {
  const others = rows.filter(({ exactId }) => !search.apart.has(exactId));
  const { sentSince } = search;
  const made = sentSince && others.find((row) => isMadeOf(values, row, sentSince));
  if (made) return { kind: 'made-earlier', row: made };
  const judged = others.map((row) => ({
    row,
    verdict: comparePair(wanted(values, search), recordOf(row, search)),
  }));
  const likely = judged.filter(({ verdict }) => verdict.band !== 'separate');
  const [best] = likely.sort((one, other) => other.verdict.score - one.verdict.score);
  if (!best) return { kind: 'none' };
  const isCertain = best.verdict.band === 'automatic' && best.verdict.vetoes.length === 0;
  const isTaken = isCertain && mayJoin(values, best.row, search.contactHandling);
  return { kind: isTaken ? 'found' : 'doubtful', row: best.row };
}

/** How far Exact's clock may be from ours: nobody sets both. */
const exactSkewMs = 5 * 60_000;

/** It was written since, and says all that was sent, or nothing else: Exact may have dropped something. */
function isMadeOf(values: Partial<SharedValues>, { fields, modifiedAt }: AccountRow, since: Date): boolean {
  const sent = sharedFieldNames.filter((field) => values[field] !== undefined);
  const kept = sent.filter((field) => saysTheSame(field, fields.shared[field], values[field] ?? null));
  const isRecent = modifiedAt !== null && modifiedAt.getTime() >= since.getTime() - exactSkewMs;
  const isOnlyLess = sent.every((field) => kept.includes(field) || isEmpty(fields.shared[field]));
  return isRecent && isOnlyLess && kept.includes('name');
}

function mayJoin(values: Partial<SharedValues>, { fields }: AccountRow, handling: ContactHandling): boolean {
  if (handling !== 'careful') return handling === 'automatic';
  return (['kvk', 'vat'] as const).some((field) => {
    const value = values[field] ?? null;
    return !isEmpty(value) && saysTheSame(field, fields.shared[field], value);
  });
}

/** Sorts before every id of Exact. */
function wanted(values: Partial<SharedValues>, { isIntercompany: isOwnCompany }: CreateSearch): MatchRecord {
  const of = { id: '', administrationId: 'here', code: null, isBlocked: false, isOwnCompany };
  return { ...toRecord({ ...nothing, ...values }), ...of };
}

function recordOf(row: AccountRow, search: CreateSearch): MatchRecord {
  const { exactId, fields, isBlocked } = row;
  const isOwnCompany = search.isOwnCompany(row);
  const of = { id: exactId, administrationId: 'there', code: null, isBlocked, isOwnCompany };
  return { ...toRecord(fields.shared), ...of };
}

function toRecord({ address, ...values }: SharedValues) {
  return {
    ...values,
    ibans: [],
    addressLine1: address?.line1 ?? null,
    postcode: address?.postcode ?? null,
    city: address?.city ?? null,
    country: address?.country ?? null,
  };
}
