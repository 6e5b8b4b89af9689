import type { RelationRow } from '@koppel/persistence/read';
import { csvLine, csvStart, type Language } from '../http/csv.js';

const headers: Readonly<Record<Language, readonly string[]>> = {
  nl: [
    'Id',
    'Naam',
    'Handelsnaam',
    'KvK-nummer',
    'Btw-nummer',
    'RSIN',
    'Adres',
    'Postcode',
    'Plaats',
    'Land',
    'E-mail',
    'Telefoon',
    'Website',
    'Rol',
    'Administraties',
    'Nummers',
    'Gewijzigd',
  ],
  en: [
    'Id',
    'Name',
    'Trade name',
    'Trade register number',
    'VAT number',
    'RSIN',
    'Address',
    'Postcode',
    'City',
    'Country',
    'E-mail',
    'Phone',
    'Website',
    'Role',
    'Administrations',
    'Numbers',
    'Updated',
  ],
};

const roles: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  nl: { customer: 'klant', supplier: 'leverancier', other: 'overig' },
  en: { customer: 'customer', supplier: 'supplier', other: 'other' },
};

/** The first line of the file. */
export function csvHead(language: Language): string {
  return csvStart(headers[language], language);
}

/** One relation as a line of the file. */
export function csvRow(row: RelationRow, language: Language): string {
  const { values } = row;
  const { address } = values;
  const played = new Set(row.accounts.flatMap((account) => account.roles));
  return csvLine(
    [
      row.id,
      values.name,
      values.tradeName,
      values.kvk,
      values.vat,
      values.rsin,
      [address?.line1, address?.line2, address?.line3].filter(Boolean).join(', '),
      address?.postcode ?? null,
      address?.city ?? null,
      address?.country ?? null,
      values.email,
      values.phone,
      values.website,
      [...played].map((role) => roles[language][role] ?? role).join(', '),
      row.accounts.map((account) => account.name).join(', '),
      row.accounts.map((account) => account.relationCode?.trim() ?? '').join(', '),
      row.updatedAt.toISOString(),
    ],
    language,
  );
}
