import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { dutchGroups, type GroupsOptions } from './generate.js';
import type { LabelledRow } from './party.js';

/** The columns of `npm run match`, and the label behind them. */
export const groupColumns = [
  'id',
  'administration',
  'kind',
  'name',
  'kvk',
  'vat',
  'iban',
  'email',
  'phone',
  'website',
  'street',
  'houseNumber',
  'postcode',
  'city',
  'country',
  'entity',
  'tag',
] as const satisfies readonly (keyof LabelledRow)[];

const rowsPerWrite = 1_000;

/** Writes generated rows as CSV, a piece at a time. */
export async function writeGroups(file: string, options: GroupsOptions): Promise<void> {
  const stream = createWriteStream(file);
  let piece = [groupColumns.join(',')];
  for (const row of dutchGroups(options)) {
    piece.push(groupColumns.map((column) => toCell(row[column])).join(','));
    if (piece.length < rowsPerWrite) continue;
    if (!stream.write(`${piece.join('\n')}\n`)) await once(stream, 'drain');
    piece = [];
  }
  stream.end(piece.length > 0 ? `${piece.join('\n')}\n` : '');
  await finished(stream);
}

function toCell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
