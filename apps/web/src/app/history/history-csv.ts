import type { Action } from '@koppel/contracts';
import { csvText } from '../ui/csv.js';
import { changedText, valueText } from './change-words.js';

/** History as a table: one line per changed field, one for an act that changed none. */
export function historyCsv(actions: readonly Action[], locale: string): string {
  return csvText([headers(), ...actions.flatMap((action) => linesOf(action, locale))], locale);
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
  const what = locale === 'en' ? action.summary.en : action.summary.nl;
  const summary = action.note === null ? what : `${what} (${action.note})`;
  const changes = action.changes.length > 0 ? action.changes : [{ field: '', before: null, after: null }];
  return changes.map(({ field, before, after }) => {
    return [
      action.at,
      action.actorName,
      summary,
      changedText(field),
      field === '' ? '' : (valueText(action.kind, before) ?? ''),
      field === '' ? '' : (valueText(action.kind, after) ?? ''),
      undone,
      action.relationIds.join(' '),
    ];
  });
}
