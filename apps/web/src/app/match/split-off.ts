import { inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import {
  getRelationEndpoint,
  unlinkEndpoint,
  type ProposalDetail,
  type SourceRelation,
} from '@koppel/contracts';
import { firstValueFrom } from 'rxjs';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { injectUndoAction } from '../history/undo-action.js';
import { Toaster } from '../ui/toaster.js';
import { splittable } from './leading-choice.js';
import { SplitDialog } from './split-dialog.js';

/** Asks which record to take out of its group and does it; true when it is out. `undone` is told when it is back. */
export function injectSplitOff(): (pair: ProposalDetail, undone: () => Promise<void>) => Promise<boolean> {
  const call = injectCallEndpoint();
  const dialog = inject(MatDialog);
  const toaster = inject(Toaster);
  const undoing = injectUndoAction();

  return async (pair, undone) => {
    const sources = splittable(pair);
    if (sources.length === 0) {
      toaster.show($localize`:@@split.nothing:Elke kant is één record: er valt niets te splitsen.`);
      return false;
    }
    const ref = dialog.open<SplitDialog, readonly SourceRelation[], SourceRelation>(SplitDialog, {
      data: sources,
      width: '480px',
      maxWidth: 'calc(100vw - 32px)',
    });
    const source = await firstValueFrom(ref.afterClosed());
    if (!source) return false;
    const side = pair.leftSources.includes(source) ? pair.left : pair.right;
    const relation = await call(getRelationEndpoint, { params: { id: side.relationId } });
    const result = relation.ok
      ? await call(unlinkEndpoint, {
          params: { id: relation.value.id },
          body: { version: relation.value.version, sourceRelationId: source.id },
        })
      : relation;
    if (!result.ok) {
      toaster.showProblem(result.problem);
      return false;
    }
    const { actionId } = result.value;
    toaster.showUndo($localize`:@@relation.unlinked:Losgekoppeld.`, async () => {
      if (await undoing.undo(actionId)) await undone();
    });
    return true;
  };
}
