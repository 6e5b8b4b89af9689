import { Component, computed, input, model, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
import type { AdministrationSettings, SharedField } from '@koppel/contracts';
import { fieldText, sharedFields } from '../relations/field-text.js';

/** Which shared fields one administration keeps to itself. */
@Component({
  selector: 'kp-write-policy',
  imports: [MatButton, MatCheckbox],
  template: `
    <p i18n="@@policy.text">
      Wijzigt een gedeeld veld ergens, dan schrijft Koppel het naar elke gekoppelde administratie. Vink aan
      wat alleen in {{ settings().administrationName }} geldt: dat schrijft Koppel hier niet, en een wijziging
      hier gaat niet naar de andere administraties.
    </p>
    <fieldset>
      <legend i18n="@@policy.legend">Alleen in deze administratie</legend>
      @for (field of fields; track field) {
        <mat-checkbox [checked]="chosen().has(field)" [disabled]="!isEnabled()" (change)="toggle(field)">
          {{ fieldText(field) }}
        </mat-checkbox>
      }
    </fieldset>
    <p class="kp-muted kp-small" i18n="@@policy.never">
      Debiteurnummer, betalingsconditie, btw-code, kredietlimiet en blokkering gaan nooit naar een andere
      administratie. Wat al klaarstaat om te worden geschreven, wordt nog geschreven.
    </p>
    @if (isEnabled()) {
      <div class="footer">
        @if (isChanged()) {
          <span class="kp-muted kp-small" i18n="@@settings.unsaved">Nog niet opgeslagen</span>
          <button
            matButton
            type="button"
            [disabled]="isBusy()"
            (click)="draft.set(undefined)"
            i18n="@@settings.reset"
          >
            Herstellen
          </button>
        } @else {
          <span class="kp-muted kp-small" i18n="@@settings.unchanged">Nog niets gewijzigd</span>
        }
        <button
          matButton="filled"
          type="button"
          [disabled]="!isChanged() || isBusy()"
          (click)="save.emit([...chosen()])"
          i18n="@@settings.save"
        >
          Opslaan
        </button>
      </div>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 14px;
      padding: 20px 24px 14px;
    }
    p {
      max-width: 72ch;
    }
    fieldset {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(180px, 1fr));
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0 0 4px;
      font-weight: 620;
    }
    .footer {
      display: flex;
      align-items: center;
      justify-content: flex-end;
      gap: 10px;
    }
    @media (width <= 700px) {
      :host {
        padding-inline: 16px;
      }
    }
  `,
})
export class WritePolicy {
  readonly settings = input.required<AdministrationSettings>();
  /** What is ticked and not saved yet; nothing when that is what was saved. */
  readonly draft = model<readonly SharedField[]>();
  readonly isEnabled = input(true);
  readonly isBusy = input(false);
  readonly save = output<SharedField[]>();
  protected readonly fields = sharedFields;
  protected readonly fieldText = fieldText;
  protected readonly chosen = computed<ReadonlySet<SharedField>>(
    () => new Set(this.draft() ?? this.settings().localFields),
  );
  protected readonly isChanged = computed(() => this.draft() !== undefined);

  protected toggle(field: SharedField): void {
    const next = new Set(this.chosen());
    if (!next.delete(field)) next.add(field);
    const saved = this.settings().localFields;
    const isSaved = saved.length === next.size && saved.every((each) => next.has(each));
    this.draft.set(isSaved ? undefined : [...next]);
  }
}
