import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { AdministrationSettings } from '@koppel/contracts';
import { Icon } from '../ui/icon.js';
import { settingText } from './setting-text.js';
import { fieldText } from '../relations/field-text.js';
import { copiedFields, copyPreview } from './settings-draft.js';

export interface CopyQuestion {
  readonly from: AdministrationSettings;
  readonly others: readonly AdministrationSettings[];
}

/** Copies settings to other administrations, after showing what each would get and what cannot be copied. */
@Component({
  imports: [MatDialogModule, MatButton, MatCheckbox, Icon],
  template: `
    <h2 mat-dialog-title i18n="@@copy.heading">Kopiëren vanuit {{ question.from.administrationName }}</h2>
    <mat-dialog-content>
      <p i18n="@@copy.intro">
        Alleen gevulde keuzes worden gekopieerd, en alleen naar administraties die dezelfde code hebben.
      </p>
      @for (target of targets; track target.settings.administrationId) {
        <div class="target">
          <mat-checkbox
            [checked]="chosen().has(target.settings.administrationId)"
            [disabled]="target.possible === 0"
            (change)="toggle(target.settings.administrationId)"
          >
            {{ target.settings.administrationName }}
          </mat-checkbox>
          <ul>
            @for (row of target.rows; track row.key) {
              <li [class.is-off]="!row.isPossible">
                <kp-icon [name]="row.isPossible ? 'arrow' : 'blocked'" />
                <span>
                  {{ settingText(row.key) }}: {{ row.text }}
                  @if (!row.isPossible) {
                    <span class="kp-muted" i18n="@@copy.notThere"
                      >bestaat hier niet; blijft zoals het is</span
                    >
                  } @else if (row.from !== null) {
                    <span class="kp-muted" i18n="@@copy.was">was {{ row.from }}</span>
                  }
                </span>
              </li>
            }
            @if (target.kept; as kept) {
              <li>
                <kp-icon name="arrow" />
                <span i18n="@@copy.kept">Alleen in deze administratie: {{ kept }}</span>
              </li>
            }
            @if (target.possible === 0 && target.rows.length === 0) {
              <li class="kp-muted" i18n="@@copy.nothing">Al gelijk</li>
            }
          </ul>
        </div>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      @if (chosen().size === 0) {
        <span class="why kp-muted kp-small" i18n="@@copy.chooseFirst">Vink eerst een administratie aan.</span>
      }
      <button matButton type="button" mat-dialog-close i18n="@@ask.cancel">Annuleren</button>
      <button
        matButton="filled"
        type="button"
        [disabled]="chosen().size === 0"
        (click)="ref.close([...chosen()])"
      >
        <ng-container i18n="@@copy.confirm">{changes(), plural,
          =1 {1 waarde kopiëren}
          other {{{ changes() }} waarden kopiëren}
        }</ng-container>
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    .why {
      flex: 1 1 160px;
    }
    .target {
      padding: 10px 0;
      border-bottom: 1px solid var(--kp-line);
    }
    .target:last-child {
      border-bottom: 0;
    }
    ul {
      padding-inline-start: 40px;
      font-size: 13px;
    }
    li {
      display: flex;
      gap: 8px;
      padding: 2px 0;
    }
    kp-icon {
      margin-top: 3px;
      color: var(--kp-accent);
      font-size: 11px;
    }
    .is-off {
      color: var(--kp-ink-3);
    }
    .is-off kp-icon {
      color: inherit;
    }
  `,
})
export class CopyDialog {
  protected readonly question = inject<CopyQuestion>(MAT_DIALOG_DATA);
  protected readonly ref = inject<MatDialogRef<CopyDialog, string[]>>(MatDialogRef);
  protected readonly settingText = settingText;
  protected readonly targets = this.question.others.map((settings) => {
    const rows = copyPreview(this.question.from, settings);
    const kept = copiedFields(this.question.from, settings);
    const names = kept?.map(fieldText).join(', ');
    return {
      settings,
      rows,
      kept: names === '' ? $localize`:@@copy.keptNothing:niets` : names,
      possible: rows.filter((row) => row.isPossible).length + (kept ? 1 : 0),
    };
  });
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  protected readonly changes = computed(() =>
    this.targets
      .filter((target) => this.chosen().has(target.settings.administrationId))
      .reduce((sum, target) => sum + target.possible, 0),
  );

  protected toggle(id: string): void {
    const next = new Set(this.chosen());
    if (!next.delete(id)) next.add(id);
    this.chosen.set(next);
  }
}
