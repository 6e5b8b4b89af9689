import { inject, signal, type Signal } from '@angular/core';
import { undoActionEndpoint, type SharedField } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { fieldText } from '../relations/field-text.js';
import { Toaster } from '../ui/toaster.js';

export interface UndoAction {
  readonly busyId: Signal<string | undefined>;
  /** True when the action is undone now. */
  undo(actionId: string): Promise<boolean>;
}

/** Undo as history, a relation's page and toasts offer it. */
export function injectUndoAction(): UndoAction {
  const call = injectCallEndpoint();
  const toaster = inject(Toaster);
  const busyId = signal<string | undefined>(undefined);
  return {
    busyId,
    undo: async (actionId) => {
      busyId.set(actionId);
      const result = await call(undoActionEndpoint, { params: { id: actionId } });
      busyId.set(undefined);
      if (result.ok) toaster.show(undoneText(result.value.kept));
      else toaster.showProblem(result.problem);
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
