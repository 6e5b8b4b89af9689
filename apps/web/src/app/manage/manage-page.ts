import { Component, inject } from '@angular/core';
import { CurrentSession } from '../session/current-session.js';
import { PageHeader } from '../ui/page-header.js';
import { ManageAdministrations } from './manage-administrations.js';
import { ManageConnections } from './manage-connections.js';
import { ManageKeys } from './manage-keys.js';
import { ManageSync } from './manage-sync.js';
import { NumberSeries } from './number-series.js';

/** What a tenant admin looks after once the coupling works. */
@Component({
  imports: [PageHeader, ManageConnections, ManageAdministrations, ManageSync, ManageKeys, NumberSeries],
  template: `
    <div class="kp-page is-narrow">
      <kp-page-header
        heading="Beheer"
        i18n-heading="@@manage.heading"
        intro="Verbinding, administraties, synchronisatie, factuurnummers en toegang voor koppelingen."
        i18n-intro="@@manage.intro"
      />
      <div class="kp-stack">
        <kp-manage-connections />
        <kp-manage-administrations />
        <kp-manage-sync />
        <kp-number-series />
        @if (session.isAdmin()) {
          <kp-manage-keys />
        }
      </div>
    </div>
  `,
  styles: `
    .kp-stack {
      gap: 28px;
    }
  `,
})
export class ManagePage {
  protected readonly session = inject(CurrentSession);
}
