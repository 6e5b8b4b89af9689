import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
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
  readonly choices?: { readonly legend: string; readonly options: readonly Choice[] };
}

/** One that may be ticked beside others; at least one must be. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly isChosen: boolean;
}

export interface Answer {
  readonly reason: string;
  readonly chosen: readonly string[];
}

/** As the api asks: a word, not a letter. */
const reasonMin = 3;
const reasonMax = 1_000;

@Component({
  imports: [MatDialogModule, MatButton, MatFormField, MatLabel, MatInput, MatHint, MatCheckbox],
  template: `
    <h2 mat-dialog-title>{{ question.heading }}</h2>
    <mat-dialog-content>
      @for (line of question.lines; track $index) {
        <p>{{ line }}</p>
      }
      @if (question.choices; as asked) {
        <fieldset>
          <legend>{{ asked.legend }}</legend>
          @for (option of asked.options; track option.value) {
            <mat-checkbox [checked]="chosen().has(option.value)" (change)="toggle(option.value)">
              {{ option.label }}
            </mat-checkbox>
          }
        </fieldset>
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
        [disabled]="isTooShort() || isNothingChosen()"
        (click)="ref.close({ reason: reason().trim(), chosen: [...chosen()] })"
      >
        {{ question.confirm }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    p + p {
      margin-top: 8px;
    }
    fieldset {
      margin: 14px 0 0;
      padding: 0;
      border: 0;
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
  protected readonly ref = inject<MatDialogRef<AskDialog, Answer>>(MatDialogRef);
  protected readonly reason = signal('');
  protected readonly chosen = signal<ReadonlySet<string>>(
    new Set(this.question.choices?.options.filter(({ isChosen }) => isChosen).map(({ value }) => value)),
  );
  protected readonly isNothingChosen = computed(
    () => this.question.choices !== undefined && this.chosen().size === 0,
  );
  protected readonly reasonMin = reasonMin;
  protected readonly reasonMax = reasonMax;
  protected readonly isTooShort = computed(
    () => this.question.reason?.isRequired === true && this.reason().trim().length < reasonMin,
  );

  protected toggle(value: string): void {
    const chosen = new Set(this.chosen());
    if (!chosen.delete(value)) chosen.add(value);
    this.chosen.set(chosen);
  }
}

/** Asks; resolves with the (possibly empty) reason and what was ticked, or undefined when the reader backs out. */
export function injectAsk(): (question: Question) => Promise<Answer | undefined> {
  const dialog = inject(MatDialog);
  return async (question) => {
    const ref = dialog.open<AskDialog, Question, Answer>(AskDialog, {
      data: question,
      width: '480px',
      maxWidth: 'calc(100vw - 32px)',
    });
    // The button that cancels closes with an empty text.
    return (await firstValueFrom(ref.afterClosed())) || undefined;
  };
}
