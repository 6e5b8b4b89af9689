import type { SharedField } from '@koppel/contracts';

/** The shared fields in the order of a person's reading. */
export const sharedFields: readonly SharedField[] = [
  'name',
  'tradeName',
  'kvk',
  'vat',
  'rsin',
  'address',
  'phone',
  'email',
  'website',
];

export function fieldText(field: SharedField): string {
  switch (field) {
    case 'name':
      return $localize`:@@field.name:Naam`;
    case 'tradeName':
      return $localize`:@@field.tradeName:Handelsnaam`;
    case 'kvk':
      return $localize`:@@field.kvk:KvK-nummer`;
    case 'vat':
      return $localize`:@@field.vat:Btw-nummer`;
    case 'rsin':
      return $localize`:@@field.rsin:RSIN`;
    case 'address':
      return $localize`:@@field.address:Adres`;
    case 'email':
      return $localize`:@@field.email:E-mail`;
    case 'phone':
      return $localize`:@@field.phone:Telefoon`;
    case 'website':
      return $localize`:@@field.website:Website`;
  }
}
