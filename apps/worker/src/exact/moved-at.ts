import type { Division } from '@koppel/exact-client';

/** The two dates of which a change means that all row versions are new, as one text; null where neither was ever set. */
export function movedAtOf(
  division: Pick<Division, 'DivisionMoveDate' | 'DivisionHRLinkUnlinkDate'>,
): string | null {
  const dates = [division.DivisionMoveDate, division.DivisionHRLinkUnlinkDate];
  return dates.every((date) => date === null) ? null : dates.map((date) => date ?? '').join('|');
}
