import type { Question } from '../ui/ask-dialog.js';

/** Asked before a page is left with changes that were not saved; says where they are. */
export function unsavedQuestion(administrations: readonly string[]): Question {
  const names = administrations.join(', ');
  return {
    heading: $localize`:@@unsaved.heading:Wijzigingen niet opgeslagen`,
    lines: [
      $localize`:@@unsaved.text:Wat u hebt gewijzigd voor ${names}:NAMES: is nog niet opgeslagen en gaat verloren als u deze pagina verlaat.`,
    ],
    confirm: $localize`:@@unsaved.confirm:Verlaten zonder opslaan`,
    isDestructive: true,
  };
}
