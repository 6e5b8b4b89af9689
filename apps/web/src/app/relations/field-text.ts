import { sharedField, type SharedField } from '@koppel/contracts';

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

/** What a line of the plan is about: a shared field, or what a contact person, an address or a bank account says. */
export function planFieldText(field: string): string {
  switch (field) {
    case 'contact-name':
      return $localize`:@@planField.contactName:Naam van de contactpersoon`;
    case 'contact-jobTitle':
      return $localize`:@@planField.contactJobTitle:Functie van de contactpersoon`;
    case 'contact-email':
      return $localize`:@@planField.contactEmail:E-mail van de contactpersoon`;
    case 'contact-phone':
      return $localize`:@@planField.contactPhone:Telefoon van de contactpersoon`;
    case 'contact-mobile':
      return $localize`:@@planField.contactMobile:Mobiel van de contactpersoon`;
    case 'postal-address':
      return $localize`:@@planField.postalAddress:Postadres`;
    case 'invoice-address':
      return $localize`:@@planField.invoiceAddress:Factuuradres`;
    case 'bank-account':
      return $localize`:@@planField.bankAccount:Bankrekening`;
  }
  const shared = sharedField.safeParse(field);
  return shared.success ? fieldText(shared.data) : field;
}
