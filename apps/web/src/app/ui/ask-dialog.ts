import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormField, MatHint, MatInput, MatLabel } from '@angular/material/input';
import { firstValueFrom } from 'rxjs';

/** A question before something wide or hard to take back: its effect in words, and if asked for a reason. */
export interface Question {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly confirm: string;
  readonly isDestructive?: boolean;
  /** `hint` says where the reason can be found again. */
  readonly reason?: { readonly label: string; readonly hint: string; readonly isRequired: boolean };
}

/** As the api asks: a word, not a letter. */
const reasonMin = 3;
const reasonMax = 1_000;

@Component({
  imports: [MatDialogModule, MatButton, MatFormField, MatLabel, MatInput, MatHint],
  template: `
    <h2 mat-dialog-title>{{ question.heading }}</h2>
    <mat-dialog-content>
      @for (line of question.lines; track $index) {
        <p>{{ line }}</p>
      }
      @if (question.reason; as asked) {
        <mat-form-field appearance="outline" class="reason">
          <mat-label>{{ asked.label }}</mat-label>
          <textarea
            matInput
            rows="3"
            cdkFocusInitial
            [required]="asked.isRequired"
            [maxLength]="reasonMax"
            [value]="reason()"
            (input)="reason.set($any($event.target).value)"
          ></textarea>
          <mat-hint>{{ asked.hint }}</mat-hint>
          @if (isTooShort()) {
            <mat-hint align="end" i18n="@@ask.reasonTooShort">Minstens {{ reasonMin }} tekens.</mat-hint>
          }
        </mat-form-field>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close i18n="@@ask.cancel">Annuleren</button>
      <button
        matButton="filled"
        type="button"
        [class.is-destructive]="question.isDestructive"
        [disabled]="isTooShort()"
        (click)="ref.close({ reason: reason().trim() })"
      >
        {{ question.confirm }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    p + p {
      margin-top: 8px;
    }
    .reason {
      width: 100%;
      margin-top: 14px;
    }
    .is-destructive {
      --mat-button-filled-container-color: var(--kp-bad);
      --mat-button-filled-label-text-color: var(--kp-surface);
    }
  `,
})
class AskDialog {
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
  protected readonly ref = inject<MatDialogRef<AskDialog, { reason: string }>>(MatDialogRef);
  protected readonly reason = signal('');
  protected readonly reasonMin = reasonMin;
  protected readonly reasonMax = reasonMax;
  protected readonly isTooShort = computed(
    () => this.question.reason?.isRequired === true && this.reason().trim().length < reasonMin,
  );
}

/** Asks; resolves with the (possibly empty) reason, or undefined when the reader backs out. */
export function injectAsk(): (question: Question) => Promise<{ reason: string } | undefined> {
  const dialog = inject(MatDialog);
  return async (question) => {
    const ref = dialog.open<AskDialog, Question, { reason: string }>(AskDialog, {
      data: question,
      width: '480px',
      maxWidth: 'calc(100vw - 32px)',
    });
    // The button that cancels closes with an empty text.
    return (await firstValueFrom(ref.afterClosed())) || undefined;
  };
}
