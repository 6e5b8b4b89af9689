import { Component, input, model } from '@angular/core';
import { MatRadioButton, MatRadioGroup } from '@angular/material/radio';
import type { Configuration, ContactHandling, HandlingEstimates } from '@koppel/contracts';
import { HandlingEstimate } from './handling-estimate.js';

interface Choice {
  readonly handling: ContactHandling;
  readonly name: string;
  readonly text: string;
}

/** Three ways to deal with contacts, each with what it means and what it would come to. */
@Component({
  selector: 'kp-handling-choice',
  imports: [MatRadioGroup, MatRadioButton, HandlingEstimate],
  template: `
    <mat-radio-group
      [value]="handling()"
      (change)="handling.set($event.value)"
      [disabled]="!isEnabled()"
      aria-label="Behandeling van contacten"
      i18n-aria-label="@@handling.label"
    >
      @for (choice of choices; track choice.handling) {
        <label class="choice" [class.is-chosen]="handling() === choice.handling">
          <mat-radio-button [value]="choice.handling"
            ><span>{{ choice.name }}</span></mat-radio-button
          >
          @if (choice.handling === 'automatic') {
            <span class="kp-badge is-accent" i18n="@@handling.recommended">Aanbevolen</span>
          }
          <span class="text">{{ choice.text }}</span>
          @if (estimates(); as all) {
            <kp-handling-estimate [estimate]="all[choice.handling]" />
          }
        </label>
      }
    </mat-radio-group>
    @if (isEnabled()) {
      <p class="kp-muted kp-small">
        @if (estimates()) {
          <ng-container i18n="@@handling.estimated">
            Schatting: wat elke keuze zou maken van de contacten die nu zijn vergeleken. Uw keuze geldt voor
            contacten die nog komen: wat is samengevoegd blijft zo, en wat bij Matchen wacht, blijft daar
            wachten.
          </ng-container>
        } @else {
          <ng-container i18n="@@handling.notEstimated">
            Zodra er contacten zijn opgehaald, staat hier per keuze hoeveel er worden samengevoegd en
            voorgelegd.
          </ng-container>
        }
      </p>
    }
  `,
  styleUrl: './handling-choice.scss',
})
export class HandlingChoice {
  readonly handling = model.required<Configuration['contactHandling']>();
  readonly isEnabled = input(true);
  readonly estimates = input<HandlingEstimates>(null);

  protected readonly choices: readonly Choice[] = [
    {
      handling: 'automatic',
      name: $localize`:@@handling.automatic:Automatisch`,
      text: $localize`:@@handling.automaticText:Zekere overeenkomsten, zoals hetzelfde KvK-nummer én dezelfde naam, worden samengevoegd. Over alle andere beslist u zelf. Alles is later ongedaan te maken.`,
    },
    {
      handling: 'careful',
      name: $localize`:@@handling.careful:Voorzichtig`,
      text: $localize`:@@handling.carefulText:Alleen zekere overeenkomsten met hetzelfde KvK- of btw-nummer worden samengevoegd. Ook wat op naam en adres zeker lijkt, legt Koppel aan u voor.`,
    },
    {
      handling: 'manual',
      name: $localize`:@@handling.manual:Handmatig`,
      text: $localize`:@@handling.manualText:Koppel stelt alleen voor. Zonder uw besluit wordt niets samengevoegd. Reken op een halve minuut per paar.`,
    },
  ];
}
