import type { Issue } from '@koppel/contracts';
import type { Question } from '../ui/ask-dialog.js';

/** Says what approving does before it is done: a changed account number is the classic fraud. */
export function approveQuestion({ title, explanation, cause }: Issue, locale: string): Question {
  const isMoney = cause === 'bank-account-changed';
  const effect = isMoney
    ? $localize`:@@issues.approveMoney:Het rekeningnummer wordt in de andere administraties geschreven. Betalingen kunnen er daarna heen gaan.`
    : $localize`:@@issues.approveEffect:Deze waarde wordt in de andere administraties geschreven, over wat daar staat.`;
  return {
    heading: locale === 'en' ? title.en : title.nl,
    lines: [locale === 'en' ? explanation.en : explanation.nl, effect],
    confirm: $localize`:@@issues.approveConfirm:Goedkeuren`,
    isDestructive: isMoney,
  };
}
