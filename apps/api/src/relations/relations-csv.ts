import type { RelationRow } from '@koppel/persistence/read';

export type Language = 'nl' | 'en';

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

/** UTF-8 with a mark that tells Excel so. */
/** Begins the file. */
export const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';

/** Dutch Excel takes a semicolon for the separator, English Excel a comma. */
const separators: Readonly<Record<Language, string>> = { nl: ';', en: ',' };

/** The first line of the file. */
export function csvHead(language: Language): string {
  return byteOrderMark + csvLine(headers[language], language);
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

/** Cells as a line of a file; the separator is the one that Excel in that language takes. */
export function csvLine(cells: readonly (string | null)[], language: Language): string {
  return cells.map(csvCell).join(separators[language]) + lineEnd;
}

/**
 * A cell, quoted where needed. A spreadsheet runs what begins with = + - @, a tab or a line end as a formula, so those get
 * an apostrophe in front (ASVS 1.2.10).
 */
export function csvCell(value: string | null): string {
  const text = value ?? '';
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
