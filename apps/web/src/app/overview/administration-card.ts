import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Dashboard } from '@koppel/contracts';
import { paths } from '../paths.js';
import { Ago } from '../ui/ago.js';
import { Gauge } from '../ui/gauge.js';
import { Health } from '../ui/health.js';
import { Icon } from '../ui/icon.js';
import { CountPipe } from '../ui/pipes.js';

/** One administration at a glance: who it is, how it is doing, its last and next sync, and what is left of Exact's limits. */
@Component({
  selector: 'kp-administration-card',
  imports: [Ago, Gauge, Health, Icon, CountPipe, RouterLink],
  template: `
    @let value = administration();
    <header>
      <div class="names">
        <h3>
          {{ value.name }}
          @if (value.code; as code) {
            <span class="kp-code">{{ code }}</span>
          }
        </h3>
        <p class="kp-muted kp-small">
          {{ value.legalName }}
          @if (value.kvk; as kvk) {
            · <span i18n="@@card.kvk">KvK {{ kvk }}</span>
          }
        </p>
      </div>
      <kp-health [state]="value.health" />
    </header>
    <dl>
      <div>
        <dt i18n="@@card.lastSync">Laatst bijgewerkt</dt>
        <dd>
          @if (value.lastSyncedAt; as at) {
            <kp-ago [at]="at" />
          } @else {
            –
          }
        </dd>
      </div>
      <div>
        <dt i18n="@@card.nextSync">Volgende keer</dt>
        <dd>
          @if (value.nextSyncAt; as at) {
            <kp-ago [at]="at" />
          } @else {
            –
          }
        </dd>
      </div>
      <div>
        <dt i18n="@@card.records">Records</dt>
        <dd>{{ value.records | count }}</dd>
      </div>
      <div>
        <dt i18n="@@card.issues">Meldingen</dt>
        <dd>
          @if (value.openIssues > 0) {
            <a [routerLink]="paths.issues" [queryParams]="{ administratie: value.id }">
              <kp-icon name="warning" />{{ value.openIssues | count }}
            </a>
          } @else {
            0
          }
        </dd>
      </div>
    </dl>
    <div class="gauges">
      <kp-gauge
        label="Minuut"
        i18n-label="@@gauge.minute"
        [used]="value.budget.minuteUsed"
        [allowed]="value.budget.minuteAllowed"
      />
      <kp-gauge
        label="Dag"
        i18n-label="@@gauge.day"
        [used]="value.budget.dayUsed"
        [allowed]="value.budget.dayAllowed"
      />
    </div>
  `,
  styles: `
    :host {
      display: grid;
      align-content: space-between;
      gap: 14px;
      padding: 18px 20px 16px;
    }
    header {
      display: flex;
      align-items: flex-start;
      justify-content: space-between;
      gap: 10px;
    }
    h3 {
      font-size: 15px;
      line-height: 22px;
    }
    .kp-code {
      margin-inline-start: 4px;
      vertical-align: 1px;
    }
    dl {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 8px 16px;
    }
    dt {
      color: var(--kp-ink-3);
      font-size: 12px;
    }
    dd {
      font-weight: 550;
      font-variant-numeric: tabular-nums;
    }
    dd a {
      display: inline-flex;
      align-items: center;
      gap: 5px;
      color: var(--kp-warn);
    }
    .gauges {
      display: grid;
      gap: 3px;
      padding-top: 12px;
      border-top: 1px solid var(--kp-line);
    }
    kp-gauge {
      grid-template-columns: 46px 1fr 84px;
    }
  `,
})
export class AdministrationCard {
  readonly administration = input.required<Dashboard['administrations'][number]>();
  protected readonly paths = paths;
}
