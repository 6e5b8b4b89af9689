import { columnsIn, type ColumnChoice } from '../ui/columns-in.js';

/** The facts of an issue that may be shown below its title. */
export const issueColumns = ['uitleg', 'administratie', 'ontstaan', 'laatst', 'aantal'] as const;
export type IssueColumn = (typeof issueColumns)[number];

const shownAtFirst: readonly IssueColumn[] = ['uitleg', 'administratie', 'ontstaan', 'aantal'];

/** The facts that the address asks for. */
export const issueColumnsOf = (address: string | undefined): ReadonlySet<IssueColumn> =>
  columnsIn(address, issueColumns, shownAtFirst);

export const issueColumnChoices = (): readonly ColumnChoice[] => [
  { key: 'uitleg', text: $localize`:@@issueColumn.why:Uitleg` },
  { key: 'administratie', text: $localize`:@@issues.administration:Administratie` },
  { key: 'ontstaan', text: $localize`:@@issueColumn.since:Ontstaan` },
  { key: 'laatst', text: $localize`:@@issueColumn.last:Laatst gezien` },
  { key: 'aantal', text: $localize`:@@issueColumn.times:Aantal keer` },
];
