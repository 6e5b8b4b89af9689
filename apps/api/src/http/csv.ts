import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

export type Language = 'nl' | 'en';

/** UTF-8 with a mark that tells Excel so. */
const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';

/** Dutch Excel takes a semicolon for the separator, English Excel a comma. */
const separators: Readonly<Record<Language, string>> = { nl: ';', en: ',' };

/** Answers with a file that is written while it is read. */
export function csvFile(
  reply: FastifyReply,
  file: { readonly name: string; readonly language: Language; readonly lines: AsyncIterable<string> },
): StreamableFile {
  void reply.headers({ 'content-language': file.language });
  return new StreamableFile(Readable.from(file.lines), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${file.name}"`,
  });
}

/** The first line of a file: its headings. */
export function csvStart(headings: readonly string[], language: Language): string {
  return byteOrderMark + csvLine(headings, language);
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
