import type { Action } from '@koppel/contracts';
import type { Question } from '../ui/ask-dialog.js';

/** What an act was, as the subject of a sentence. A kind that this version does not know is "a later action". */
export function kindText(kind: string): string {
  switch (kind) {
    case 'merge':
      return $localize`:@@actionKind.merge:samenvoegen`;
    case 'merge-automatic':
      return $localize`:@@actionKind.automatic:automatisch samenvoegen`;
    case 'keep-apart':
      return $localize`:@@actionKind.apart:“niet dezelfde”`;
    case 'unsure':
      return $localize`:@@actionKind.unsure:“weet ik niet”`;
    case 'unlink':
      return $localize`:@@actionKind.unlink:loskoppelen`;
    case 'edit':
      return $localize`:@@actionKind.edit:wijzigen`;
    case 'choose-leading':
      return $localize`:@@actionKind.leading:een leidende waarde kiezen`;
    case 'resolve-conflict':
      return $localize`:@@actionKind.conflict:een conflict oplossen`;
    default:
      return $localize`:@@actionKind.other:een latere handeling`;
  }
}

/** Why an act has no undo; nothing for one that has. */
export function whyNotUndoable(action: Pick<Action, 'kind' | 'isUndoable' | 'isUndone'>): string | undefined {
  if (action.isUndone || action.isUndoable) return undefined;
  if (action.kind === 'undo')
    return $localize`:@@actions.undoIsFinal:Ongedaan maken is zelf niet terug te draaien; doe de handeling opnieuw`;
  if (action.kind === 'exact-change')
    return $localize`:@@actions.fromExact:Komt uit Exact Online; wijzig de waarde hier of daar`;
  if (action.kind === 'save-settings' || action.kind === 'save-write-policy')
    return $localize`:@@actions.changeAgain:Wijzig het zelf terug bij Instellingen`;
  if (action.kind === 'save-account-creation')
    return $localize`:@@actions.changeAtManage:Wijzig het zelf terug bij Beheer`;
  if (action.kind === 'use-relation' || action.kind === 'create-account' || action.kind === 'find-account')
    return $localize`:@@actions.inExact:Loskoppelen kan bij het record; verwijderen alleen in Exact Online`;
  if (action.kind === 'approve-change')
    return $localize`:@@actions.approved:Wat is goedgekeurd, wordt geschreven; wijzig het in Exact Online om het terug te draaien`;
  if (action.kind === 'reopen-issue')
    return $localize`:@@actions.reopened:Negeer de melding opnieuw om dit terug te draaien`;
  return $localize`:@@actions.partOfOther:Hoort bij een andere handeling`;
}

/** Taking apart what was joined is asked first, with its effect; the rest is undone at a click. */
export function undoQuestion(action: Pick<Action, 'kind'>): Question | undefined {
  const effect = effectOf(action.kind);
  if (effect === undefined) return undefined;
  return {
    heading: $localize`:@@undoQuestion.heading:Ongedaan maken?`,
    lines: [
      effect,
      $localize`:@@undoQuestion.exact:Wijzigingen die nog niet naar Exact Online zijn geschreven vervallen; wat al geschreven is zet Koppel terug.`,
    ],
    confirm: $localize`:@@actions.undo:Ongedaan maken`,
  };
}

function effectOf(kind: string): string | undefined {
  switch (kind) {
    case 'merge':
      return $localize`:@@undoQuestion.merge:Beide relaties komen terug zoals ze waren. Wat daarna is gewijzigd, blijft bij de relatie die overbleef.`;
    case 'merge-automatic':
      return $localize`:@@undoQuestion.automatic:De records worden weer aparte relaties. Koppel voegt ze niet meer vanzelf samen.`;
    case 'unlink':
      return $localize`:@@undoQuestion.unlink:Het losgekoppelde record hoort weer bij deze relatie.`;
    default:
      return undefined;
  }
}
