import type { Administration } from '@koppel/contracts';
import type { Question } from '../ui/ask-dialog.js';
import { formatCount } from '../ui/format.js';

export type WantedState = 'active' | 'paused' | 'removed';

/** What may be made of an administration in its state; Exact gives access back, not a button. */
export function mayBecome(state: Administration['state']): readonly WantedState[] {
  switch (state) {
    case 'active':
      return ['paused', 'removed'];
    case 'paused':
      return ['active', 'removed'];
    case 'access-lost':
      return ['paused', 'removed'];
    default:
      return [];
  }
}

/** Before pausing or removing: what stops and what stays. */
export function effectOf(
  { name, code }: Pick<Administration, 'name' | 'code'>,
  wanted: 'paused' | 'removed',
  seen: { readonly records: number; readonly locale: string },
): Question {
  const records = formatCount(seen.records, seen.locale);
  if (wanted === 'paused')
    return {
      heading: $localize`:@@manage.pauseHeading:${name}:NAME: pauzeren`,
      lines: [
        $localize`:@@manage.pauseEffect:Koppel haalt er niets op en schrijft er niets naar toe tot u haar hervat. De ${records}:COUNT: records en alle koppelingen blijven zoals ze zijn.`,
        $localize`:@@manage.pauseAfter:Na het hervatten wordt alles ingehaald.`,
      ],
      confirm: $localize`:@@manage.pauseConfirm:Pauzeren`,
    };
  return {
    heading: $localize`:@@manage.removeHeading:${name}:NAME: verwijderen`,
    lines: [
      $localize`:@@manage.removeEffect:Koppel haalt er niets meer op en schrijft er niets meer naar toe. De ${records}:COUNT: records blijven bij hun relaties zichtbaar, met hun herkomst. In Exact Online verandert niets.`,
      ...(code === null
        ? []
        : [$localize`:@@manage.removeCode:De code ${code}:CODE: blijft voor altijd van deze administratie.`]),
      $localize`:@@manage.removeBack:Terughalen kan met “Administraties toevoegen”; de administratie doorloopt dan opnieuw de stappen.`,
    ],
    confirm: $localize`:@@manage.removeConfirm:Verwijderen`,
    isDestructive: true,
  };
}
