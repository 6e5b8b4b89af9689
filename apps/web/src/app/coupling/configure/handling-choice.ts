import { Component, input, model } from '@angular/core';
import { MatRadioButton, MatRadioGroup } from '@angular/material/radio';
import type { Configuration } from '@koppel/contracts';

/** Automatic or manual, each with what it means. */
@Component({
  selector: 'kp-handling-choice',
  imports: [MatRadioGroup, MatRadioButton],
  template: `
    <mat-radio-group
      [value]="handling()"
      (change)="handling.set($event.value)"
      [disabled]="!isEnabled()"
      aria-label="Behandeling van contacten"
      i18n-aria-label="@@handling.label"
    >
      <label class="choice" [class.is-chosen]="handling() === 'automatic'">
        <mat-radio-button value="automatic"
          ><span i18n="@@handling.automatic">Automatisch</span></mat-radio-button
        >
        <span class="kp-badge is-accent" i18n="@@handling.recommended">Aanbevolen</span>
        <span class="text" i18n="@@handling.automaticText"
          >Zekere overeenkomsten, zoals hetzelfde KvK-nummer én dezelfde naam, worden samengevoegd. Over alle
          andere beslist u zelf. Alles is later ongedaan te maken.</span
        >
      </label>
      <label class="choice" [class.is-chosen]="handling() === 'manual'">
        <mat-radio-button value="manual"><span i18n="@@handling.manual">Handmatig</span></mat-radio-button>
        <span></span>
        <span class="text" i18n="@@handling.manualText"
          >Koppel stelt alleen voor. Zonder uw besluit wordt niets samengevoegd. Reken op een halve minuut per
          paar.</span
        >
      </label>
    </mat-radio-group>
  `,
  styles: `
    mat-radio-group {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 12px;
    }
    .choice {
      display: grid;
      grid-template-columns: 1fr auto;
      align-items: center;
      align-content: start;
      padding: 8px 16px 16px 8px;
      border: 1px solid var(--kp-line-strong);
      border-radius: 8px;
      cursor: pointer;
    }
    .choice.is-chosen {
      border-color: var(--kp-accent);
      background: color-mix(in srgb, var(--kp-accent-soft) 45%, transparent);
      box-shadow: inset 0 0 0 1px var(--kp-accent);
    }
    mat-radio-button span {
      font-weight: 600;
    }
    .text {
      grid-column: 1 / -1;
      padding-inline-start: 36px;
      color: var(--kp-ink-2);
    }
    @media (width <= 700px) {
      mat-radio-group {
        grid-template-columns: 1fr;
      }
    }
  `,
})
export class HandlingChoice {
  readonly handling = model.required<Configuration['contactHandling']>();
  readonly isEnabled = input(true);
}
