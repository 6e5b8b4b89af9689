import { inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';

/** Opens the list of keys; the dialog is loaded when first asked for. */
export function injectHelp(): () => Promise<void> {
  const dialog = inject(MatDialog);
  return async () => {
    if (dialog.openDialogs.length > 0) return;
    const { HelpDialog } = await import('./help-dialog.js');
    dialog.open(HelpDialog, { width: '520px', maxWidth: 'calc(100vw - 32px)' });
  };
}
