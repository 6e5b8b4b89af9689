import { Component, input } from '@angular/core';
import type { Dashboard } from '@koppel/contracts';
import { CountPipe, DurationPipe } from '../ui/pipes.js';

/** What Koppel still has to write into Exact Online: how much, where, and how long that takes. */
@Component({
  selector: 'kp-open-writes',
  imports: [CountPipe, DurationPipe],
  template: `
    @let writes = dashboard().writes;
    <h2 i18n="@@writes.heading">Wordt bijgewerkt in Exact Online</h2>
    <p>
      <strong i18n="@@writes.waiting">{writes.waiting, plural,
        =1 {nog 1 wijziging}
        other {nog {{ writes.waiting | count }} wijzigingen}
      }</strong>
      @if (writes.secondsLeft === null) {
        <span class="kp-muted" i18n="@@writes.notToday"
          >, meer dan Exact vandaag nog toestaat; morgen gaat het vanzelf verder</span
        >
      } @else {
        <span class="kp-muted" i18n="@@writes.left">, nog ongeveer {{ writes.secondsLeft | duration }}</span>
      }
    </p>
    <ul>
      @for (each of dashboard().administrations; track each.id) {
        @if (each.writes > 0) {
          <li>
            <span>{{ each.name }}</span> <span class="figure">{{ each.writes | count }}</span>
          </li>
        }
      }
    </ul>
    <p class="kp-muted kp-small" i18n="@@writes.meanwhile">
      U kunt gewoon doorwerken en deze pagina sluiten.
    </p>
  `,
  styles: `
    :host {
      display: block;
      padding: 16px 20px;
    }
    h2 {
      margin-bottom: 4px;
      font-size: 14px;
    }
    ul {
      margin: 8px 0;
    }
    li {
      display: flex;
      justify-content: space-between;
      gap: 12px;
      font-size: 13px;
    }
    .figure {
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class OpenWrites {
  readonly dashboard = input.required<Dashboard>();
}
