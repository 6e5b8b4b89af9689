import { sharedField, type Action } from '@koppel/contracts';
import { fieldText } from '../relations/field-text.js';

/** UTF-8 with a mark that tells Excel so. */
const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';

/** History as a table: one line per changed field, one for an act that changed none. */
export function historyCsv(actions: readonly Action[], locale: string): string {
  // Dutch Excel takes a semicolon for the separator, English Excel a comma.
  const separator = locale === 'en' ? ',' : ';';
  const line = (cells: readonly string[]) => cells.map((cell) => quoted(cell)).join(separator) + lineEnd;
  const body = actions.flatMap((action) => linesOf(action, locale)).map(line);
  return byteOrderMark + line(headers()) + body.join('');
}

const headers = (): readonly string[] => [
  $localize`:@@historyCsv.at:Tijdstip (UTC)`,
  $localize`:@@historyCsv.who:Wie`,
  $localize`:@@historyCsv.what:Handeling`,
  $localize`:@@historyCsv.field:Veld`,
  $localize`:@@historyCsv.before:Oud`,
  $localize`:@@historyCsv.after:Nieuw`,
  $localize`:@@historyCsv.undone:Ongedaan gemaakt`,
  $localize`:@@historyCsv.relations:Relaties`,
];

function linesOf(action: Action, locale: string): string[][] {
  const undone = action.isUndone ? $localize`:@@historyCsv.yes:ja` : '';
  const summary = locale === 'en' ? action.summary.en : action.summary.nl;
  const changes = action.changes.length > 0 ? action.changes : [{ field: '', before: null, after: null }];
  return changes.map(({ field, before, after }) => {
    const known = sharedField.safeParse(field);
    const name = known.success ? fieldText(known.data) : field;
    return [
      action.at,
      action.actorName,
      summary,
      name,
      before ?? '',
      after ?? '',
      undone,
      action.relationIds.join(' '),
    ];
  });
}

/** A cell that begins like a formula gets an apostrophe: a name must never run in someone's spreadsheet. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";,\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
