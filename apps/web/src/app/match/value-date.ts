import { Component, input } from '@angular/core';
import type { SourceRelation } from '@koppel/contracts';
import { DayPipe } from '../ui/pipes.js';

/** When a value was last changed in Exact, as exactly as Exact lets one know. */
@Component({
  selector: 'kp-value-date',
  imports: [DayPipe],
  template: `
    @if (date(); as known) {
      <time [attr.datetime]="known.at">
        @if (known.isLatest) {
          <ng-container i18n="@@valueDate.latest">{{ known.at | day }} of eerder</ng-container>
        } @else {
          {{ known.at | day }}
        }
      </time>
    }
  `,
  styles: `
    :host {
      grid-column: 2;
      color: var(--kp-ink-3);
      font-size: 11.5px;
      font-weight: 400;
    }
  `,
})
export class ValueDate {
  readonly date = input<SourceRelation['valueDates'][keyof SourceRelation['valueDates']]>();
}
