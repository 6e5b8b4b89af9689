import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Dashboard } from '@koppel/contracts';
import { regionText } from '../coupling/connect/regions.js';
import { paths } from '../paths.js';
import { Icon } from '../ui/icon.js';
import { DayPipe } from '../ui/pipes.js';

/** How the consent at Exact is doing: whose, and until when. */
@Component({
  selector: 'kp-connection-health',
  imports: [Icon, DayPipe, RouterLink],
  template: `
    @let value = connection();
    <header>
      <h2 i18n="@@connectionHealth.heading">Exact Online {{ region() }}</h2>
      @if (isBroken()) {
        <span class="kp-badge is-bad"
          ><kp-icon name="unlink" /><span i18n="@@connectionHealth.broken">Verbroken</span></span
        >
      } @else {
        <span class="kp-badge is-ok"
          ><kp-icon name="check" /><span i18n="@@connectionHealth.active">Verbonden</span></span
        >
      }
    </header>
    <p>{{ value.exactUserName }}</p>
    <p class="kp-muted kp-small" i18n="@@connectionHealth.by">
      Toestemming van {{ value.authorisedByName }}, {{ value.authorisedAt | day }}
    </p>
    @if (value.refreshExpiresAt; as until) {
      <p class="kp-muted kp-small" i18n="@@connectionHealth.until">
        Zonder gebruik geldig tot {{ until | day }}
      </p>
    }
    @if (isBroken()) {
      <a [routerLink]="connectPath" i18n="@@connectionHealth.reconnect">Opnieuw koppelen</a>
    }
  `,
  styles: `
    :host {
      display: block;
      padding: 16px 20px;
    }
    header {
      display: flex;
      justify-content: space-between;
      gap: 10px;
      margin-bottom: 4px;
    }
    h2 {
      font-size: 14px;
    }
    p {
      overflow-wrap: anywhere;
    }
  `,
})
export class ConnectionHealth {
  readonly connection = input.required<Dashboard['connections'][number]>();
  protected readonly connectPath = paths.couplingPage('connect');
  protected readonly region = computed(() => regionText(this.connection().region));
  protected readonly isBroken = computed(() =>
    ['reauth-required', 'disconnected'].includes(this.connection().state),
  );
}
