import { columnsIn } from '../ui/columns-in.js';

export const columns = ['rollen', 'kvk', 'btw', 'plaats', 'email', 'administraties', 'gewijzigd'] as const;
export type Column = (typeof columns)[number];

const shownAtFirst: readonly Column[] = ['rollen', 'kvk', 'plaats', 'administraties', 'gewijzigd'];

/** The columns that the address asks for. */
export const columnsOf = (address: string | undefined): ReadonlySet<Column> =>
  columnsIn(address, columns, shownAtFirst);

export function columnText(column: Column): string {
  switch (column) {
    case 'rollen':
      return $localize`:@@column.roles:Rol`;
    case 'kvk':
      return $localize`:@@column.kvk:KvK`;
    case 'btw':
      return $localize`:@@column.vat:Btw-nummer`;
    case 'plaats':
      return $localize`:@@column.city:Plaats`;
    case 'email':
      return $localize`:@@column.email:E-mail`;
    case 'administraties':
      return $localize`:@@column.administrations:In administratie`;
    case 'gewijzigd':
      return $localize`:@@column.updated:Gewijzigd`;
  }
}
