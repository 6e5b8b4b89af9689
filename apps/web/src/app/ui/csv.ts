/** UTF-8 with a mark that tells Excel so. */
const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';

/** Rows as the text of a file; Dutch Excel takes a semicolon for the separator, English Excel a comma. */
export function csvText(rows: readonly (readonly string[])[], locale: string): string {
  const separator = locale === 'en' ? ',' : ';';
  return byteOrderMark + rows.map((cells) => cells.map(quoted).join(separator) + lineEnd).join('');
}

/** Saves a text as a CSV file. */
export function downloadCsv(document: Document, fileName: string, csv: string): void {
  const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

/** A cell that begins like a formula gets an apostrophe: a name must never run in someone's spreadsheet. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";,\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
