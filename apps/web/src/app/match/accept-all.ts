import { inject, LOCALE_ID } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { injectRunBatch } from '../history/run-batch.js';
import { formatCount } from '../ui/format.js';
import { Toaster } from '../ui/toaster.js';
import { BatchDialog, type AcceptedAll } from './batch-dialog.js';
import type { MatchQuery } from './match-queue.js';

/** Everything above a chance at once: its effect and a sample first, then one undo for all of it. */
export function injectAcceptAll(): (query: MatchQuery, changed: () => void) => Promise<void> {
  const dialog = inject(MatDialog);
  const toaster = inject(Toaster);
  const locale = inject(LOCALE_ID);
  const running = injectRunBatch();

  return async (query, changed) => {
    const ref = dialog.open<BatchDialog, MatchQuery, AcceptedAll>(BatchDialog, {
      data: query,
      width: '620px',
      maxWidth: 'calc(100vw - 32px)',
    });
    const accepted = await firstValueFrom(ref.afterClosed());
    if (!accepted) return;
    changed();
    if (accepted.problem) toaster.showProblem(accepted.problem);
    const count = formatCount(accepted.done, locale);
    const left = formatCount(accepted.overtaken, locale);
    const overtaken =
      accepted.overtaken === 0 || accepted.problem
        ? ''
        : ' ' +
          $localize`:@@batch.overtaken:Bleef staan, veranderd of in tegenspraak met wat net is samengevoegd: ${left}:COUNT:.`;
    const text = $localize`:@@batch.done:${count}:COUNT: paren samengevoegd.` + overtaken;
    if (accepted.done === 0) return overtaken === '' ? undefined : toaster.show(text);
    toaster.showUndo(text, async () => {
      await running.undo({ id: accepted.batchId, subject: 'merges' });
      changed();
    });
  };
}
