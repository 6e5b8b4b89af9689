import { distance } from 'fastest-levenshtein';

/** Edits (insert, delete, replace, or one swap of neighbours) between two words; exact up to 2, then "3 or more". */
export function editsBetween(a: string, b: string): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > 2) return 3;
  const edits = distance(a, b);
  return edits === 2 && isOneSwap(a, b) ? 1 : edits;
}

/** Whether `b` is `a` with two neighbouring characters swapped. */
export function isOneSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}

/**
 * Whether two words are one word and a slip of the pen: one edit from 5 letters, two from 9, and in
 * words of 4 letters one that is missing, doubled or swapped. Digits never slip.
 */
export function isTypo(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || Math.abs(a.length - b.length) > 2) return false;
  const editsMax = shorter >= 9 ? 2 : 1;
  if (editsMax === 1 && isFarApart(a, b)) return false;
  if (/\d/.test(a) || /\d/.test(b)) return false;
  // "Vibo" and "Vido" are two names; "Vibo" and "Vbio" are one.
  if (shorter === 4 && a.length === b.length) return isOneSwap(a, b);
  return editsBetween(a, b) <= editsMax;
}

// One edit or swap touches two neighbouring letters at most: before and behind them all letters agree.
function isFarApart(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let same = 0;
  while (same < shorter && a.charCodeAt(same) === b.charCodeAt(same)) same++;
  let behind = 0;
  while (
    behind < shorter - same &&
    a.charCodeAt(a.length - 1 - behind) === b.charCodeAt(b.length - 1 - behind)
  )
    behind++;
  return same + behind < shorter - 2;
}
