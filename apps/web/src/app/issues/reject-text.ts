import type { Issue } from '@koppel/contracts';
import type { Question } from '../ui/ask-dialog.js';
import { reasonToGive } from './ignore-texts.js';

/** Says what rejecting does, and what it does not: Exact keeps what it has. */
export function rejectQuestion({ title, cause, administrationName }: Issue, locale: string): Question {
  const where = administrationName ?? $localize`:@@issues.rejectThere:die administratie`;
  const isMoney = cause === 'bank-account-changed';
  const effect = isMoney
    ? $localize`:@@issues.rejectMoney:Het rekeningnummer blijft in Exact Online in ${where}:ADMINISTRATION: staan en wordt niet in andere administraties geschreven. Klopt het niet, haal het dan daar weg.`
    : $localize`:@@issues.rejectEffect:De waarde blijft in Exact Online in ${where}:ADMINISTRATION: staan en wordt niet in andere administraties geschreven.`;
  return {
    heading: isMoney
      ? $localize`:@@issues.rejectMoneyHeading:Rekeningnummer afwijzen`
      : $localize`:@@issues.rejectHeading:Wijziging afwijzen`,
    lines: [locale === 'en' ? title.en : title.nl, effect],
    confirm: $localize`:@@issues.rejectConfirm:Afwijzen`,
    reason: reasonToGive(),
  };
}
