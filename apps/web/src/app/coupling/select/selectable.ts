import type { Administration } from '@koppel/contracts';

const coupledStates: readonly Administration['state'][] = ['coupling', 'active', 'paused', 'access-lost'];

/** Already part of the coupling: shown, but not to be ticked again. */
export const isCoupled = (administration: Pick<Administration, 'state'>): boolean =>
  coupledStates.includes(administration.state);

export const isSelectable = (administration: Pick<Administration, 'state' | 'unavailableReason'>): boolean =>
  administration.unavailableReason === null && !isCoupled(administration);

/** Whether every word of the search is in some fact of the administration. */
export function matchesSearch(administration: Administration, search: string): boolean {
  const { name, legalName, number, kvk, vat, division, code } = administration;
  const facts = [name, legalName, number, kvk, vat, String(division), code].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => facts.includes(word));
}
