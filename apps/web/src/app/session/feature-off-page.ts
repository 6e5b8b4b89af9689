import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Empty } from '../ui/empty.js';
import { CurrentSession } from './current-session.js';

/** Step 0: the helpdesk has not switched the feature on for this organisation. */
@Component({
  imports: [Empty, MatButton],
  template: `
    <div class="kp-page is-narrow">
      <h1 tabindex="-1" class="kp-visually-hidden" i18n="@@featureOff.title">Nog niet aangezet</h1>
      <div class="kp-card">
        <kp-empty
          drawing="closed"
          heading="Meerdere administraties koppelen staat nog uit"
          i18n-heading="@@featureOff.heading"
          [text]="text"
        >
          <button matButton="filled" type="button" (click)="again()" i18n="@@featureOff.again">
            Opnieuw controleren
          </button>
        </kp-empty>
      </div>
    </div>
  `,
})
export class FeatureOffPage {
  readonly #name = inject(CurrentSession).tenant()?.name ?? '';
  protected readonly text = $localize`:@@featureOff.text:Voor ${this.#name}:NAME: moet de helpdesk of uw consultant deze functie eerst aanzetten. Daarna kunt u hier meteen beginnen; u hoeft zelf niets te installeren.`;

  protected again(): void {
    location.assign('/');
  }
}
