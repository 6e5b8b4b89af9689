import { inject, LOCALE_ID, signal, type Signal } from '@angular/core';
import { undoActionEndpoint, type SharedField } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { fieldText } from '../relations/field-text.js';
import { Clock } from '../ui/clock.js';
import { Toaster } from '../ui/toaster.js';
import { refusalOf, type Refusal } from './refusal.js';

export interface UndoAction {
  readonly busyId: Signal<string | undefined>;
  /** The last refusal that is about the act itself; gone when the next undo begins. */
  readonly refusal: Signal<Refusal | undefined>;
  /** True when the action is undone now. */
  undo(actionId: string): Promise<boolean>;
}

/** Undo as history, a relation's page and toasts offer it. A page that shows refusals beside the act says so. */
export function injectUndoAction(options: { readonly showsRefusal?: boolean } = {}): UndoAction {
  const call = injectCallEndpoint();
  const toaster = inject(Toaster);
  const clock = inject(Clock);
  const locale = inject(LOCALE_ID);
  const busyId = signal<string | undefined>(undefined);
  const refusal = signal<Refusal | undefined>(undefined);
  return {
    busyId,
    refusal,
    undo: async (actionId) => {
      busyId.set(actionId);
      refusal.set(undefined);
      const result = await call(undoActionEndpoint, { params: { id: actionId } });
      busyId.set(undefined);
      if (result.ok) toaster.show(undoneText(result.value.kept));
      else {
        refusal.set(refusalOf(actionId, result.problem, { locale, now: clock.read() }));
        if (!options.showsRefusal || !refusal()) toaster.showProblem(result.problem);
      }
      return result.ok;
    },
  };
}

/** Fields that were edited after the action keep their edit, and that is said. */
function undoneText(kept: readonly SharedField[]): string {
  if (kept.length === 0) return $localize`:@@actions.didUndo:Ongedaan gemaakt.`;
  const fields = kept.map(fieldText).join(', ');
  return $localize`:@@actions.didUndoKept:Ongedaan gemaakt. Later gewijzigd en daarom behouden: ${fields}:FIELDS:.`;
}
