import { Component, input } from '@angular/core';
import type { HandlingEstimates } from '@koppel/contracts';
import { CountPipe } from '../../ui/pipes.js';

/** How many accounts one choice would merge, ask about and leave apart. */
@Component({
  selector: 'kp-handling-estimate',
  imports: [CountPipe],
  template: `
    <dl>
      <dt i18n="@@handling.merged">Samengevoegd</dt>
      <dd class="kp-num">{{ estimate().merged | count }}</dd>
      <dt i18n="@@handling.asked">Aan u voorgelegd</dt>
      <dd class="kp-num">{{ estimate().asked | count }}</dd>
      <dt i18n="@@handling.apart">Blijven apart</dt>
      <dd class="kp-num">{{ estimate().apart | count }}</dd>
    </dl>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 2px 12px;
      margin: 12px 0 0;
      padding-top: 10px;
      border-top: 1px solid var(--kp-line);
      font-size: 13px;
    }
    dt {
      color: var(--kp-ink-2);
    }
    dd {
      margin: 0;
      font-weight: 600;
      text-align: end;
    }
  `,
})
export class HandlingEstimate {
  readonly estimate = input.required<NonNullable<HandlingEstimates>['manual']>();
}
