import type { Administration } from '@koppel/contracts';
import { columnsIn, type ColumnChoice } from '../../ui/columns-in.js';
import { csvText } from '../../ui/csv.js';
import { isCoupled } from './selectable.js';
import { whyUnavailable } from './why-unavailable.js';

/** The facts that tell companies apart, besides the name and whether it can be coupled. */
export const selectColumns = ['nummer', 'kvk', 'btw', 'land', 'valuta', 'divisie'] as const;
export type SelectColumn = (typeof selectColumns)[number];

/** The columns that the address asks for; all of them when it says nothing. */
export const selectColumnsOf = (address: string | undefined): ReadonlySet<SelectColumn> =>
  columnsIn(address, selectColumns, selectColumns);

export function selectColumnText(column: SelectColumn): string {
  switch (column) {
    case 'nummer':
      return $localize`:@@select.number:Nummer`;
    case 'kvk':
      return $localize`:@@select.kvk:KvK`;
    case 'btw':
      return $localize`:@@select.vat:Btw-nummer`;
    case 'land':
      return $localize`:@@select.country:Land`;
    case 'valuta':
      return $localize`:@@select.currency:Valuta`;
    case 'divisie':
      return $localize`:@@select.division:Divisie`;
  }
}

export const selectColumnChoices = (): readonly ColumnChoice[] =>
  selectColumns.map((key) => ({ key, text: selectColumnText(key) }));

export function selectColumnValue(administration: Administration, column: SelectColumn): string | null {
  switch (column) {
    case 'nummer':
      return administration.number;
    case 'kvk':
      return administration.kvk;
    case 'btw':
      return administration.vat;
    case 'land':
      return administration.country;
    case 'valuta':
      return administration.currency;
    case 'divisie':
      return String(administration.division);
  }
}

/** Whether it can be coupled, in words. */
export function selectStatusText(administration: Administration): string {
  if (administration.unavailableReason) return whyUnavailable(administration.unavailableReason).reason;
  if (isCoupled(administration)) return $localize`:@@select.coupled:Al gekoppeld`;
  return administration.state === 'removed'
    ? $localize`:@@select.removed:Eerder verwijderd`
    : $localize`:@@select.available:Te koppelen`;
}

/** The administrations as a file: every fact, whichever columns are shown. */
export function administrationsCsv(administrations: readonly Administration[], locale: string): string {
  const head = [
    $localize`:@@select.name:Administratie`,
    $localize`:@@select.legalName:Statutaire naam`,
    ...selectColumns.map(selectColumnText),
    $localize`:@@select.status:Status`,
    $localize`:@@select.remedy:Wat te doen`,
  ];
  const rows = administrations.map((each) => [
    each.name,
    each.legalName ?? '',
    ...selectColumns.map((column) => selectColumnValue(each, column) ?? ''),
    selectStatusText(each),
    each.unavailableReason ? whyUnavailable(each.unavailableReason).remedy : '',
  ]);
  return csvText([head, ...rows], locale);
}
