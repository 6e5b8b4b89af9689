import type { Issue } from '@koppel/contracts';

/** What became of a closed issue, and by whom. */
export function closedText({
  state,
  closedBy,
  cause,
  waysOut,
}: Pick<Issue, 'state' | 'closedBy' | 'cause' | 'waysOut'>): string {
  if (closedBy === null) return $localize`:@@issue.resolved:Opgelost`;
  const name = closedBy;
  if (state === 'ignored')
    return waysOut.some(({ kind }) => kind === 'reject')
      ? $localize`:@@issue.rejectedBy:Afgewezen door ${name}:NAME:`
      : $localize`:@@issue.ignoredBy:Genegeerd door ${name}:NAME:`;
  // Only a person's yes closes a bank number by name; what a person says of an address closes others with it.
  return cause === 'bank-account-changed' && name !== 'Koppel'
    ? $localize`:@@issue.approvedBy:Goedgekeurd door ${name}:NAME:`
    : $localize`:@@issue.resolvedBy:Opgelost door ${name}:NAME:`;
}
