import { sharedField, type Action } from '@koppel/contracts';
import { fieldText } from '../relations/field-text.js';
import { csvText } from '../ui/csv.js';

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
