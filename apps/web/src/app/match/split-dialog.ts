import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatRadioButton, MatRadioGroup } from '@angular/material/radio';
import type { SourceRelation } from '@koppel/contracts';

/** Which record leaves its group, and what that does. */
@Component({
  imports: [MatDialogModule, MatButton, MatRadioGroup, MatRadioButton],
  template: `
    <h2 mat-dialog-title i18n="@@split.heading">Een record uit de groep halen</h2>
    <mat-dialog-content>
      <p i18n="@@split.effect">
        Het record wordt weer een eigen relatie, en Koppel onthoudt dat het niet bij de andere hoort. In Exact
        Online verandert niets. Ongedaan maken kan.
      </p>
      <mat-radio-group
        aria-label="Record"
        i18n-aria-label="@@split.record"
        [value]="chosen()"
        (change)="chosen.set($event.value)"
      >
        @for (source of sources; track source.id) {
          <mat-radio-button [value]="source">
            {{ source.values.name }}
            <span class="kp-muted kp-small">{{ source.administrationName }} · {{ source.code }}</span>
          </mat-radio-button>
        }
      </mat-radio-group>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      @if (chosen() === undefined) {
        <span class="why kp-muted kp-small" i18n="@@split.chooseFirst">Kies eerst wie u loskoppelt.</span>
      }
      <button matButton type="button" mat-dialog-close i18n="@@ask.cancel">Annuleren</button>
      <button
        matButton="filled"
        type="button"
        [disabled]="chosen() === undefined"
        (click)="ref.close(chosen())"
        i18n="@@relation.unlinkConfirm"
      >
        Loskoppelen
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    .why {
      flex: 1 1 160px;
    }
    mat-radio-group {
      display: grid;
      margin-top: 10px;
    }
  `,
})
export class SplitDialog {
  protected readonly sources = inject<readonly SourceRelation[]>(MAT_DIALOG_DATA);
  protected readonly ref = inject<MatDialogRef<SplitDialog, SourceRelation>>(MatDialogRef);
  protected readonly chosen = signal<SourceRelation | undefined>(undefined);
}
