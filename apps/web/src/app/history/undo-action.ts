import { inject, signal, type Signal } from '@angular/core';
import { undoActionEndpoint } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
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
      if (result.ok) toaster.show($localize`:@@actions.didUndo:Ongedaan gemaakt.`);
      else toaster.showProblem(result.problem);
      return result.ok;
    },
  };
}
