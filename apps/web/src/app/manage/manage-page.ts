import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { getDashboardEndpoint, listAdministrationsEndpoint } from '@koppel/contracts';
import { endpointResource } from '../api/endpoint-resource.js';
import { isCoupled } from '../coupling/select/selectable.js';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { Icon } from '../ui/icon.js';
import { PageHeader } from '../ui/page-header.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { ManageAdministrations } from './manage-administrations.js';
import { ManageConnections } from './manage-connections.js';
import { ManageKeys } from './manage-keys.js';
import { ManageSection } from './manage-section.js';
import { ManageSync } from './manage-sync.js';
import { NumberSeries } from './number-series.js';
import { ManageWebhooks } from './webhooks/manage-webhooks.js';

/** What a tenant admin looks after once the coupling works. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Icon,
    ManageSection,
    ManageConnections,
    ManageAdministrations,
    ManageSync,
    ManageKeys,
    ManageWebhooks,
    NumberSeries,
    MatButton,
    RouterLink,
  ],
  templateUrl: './manage-page.html',
  styles: `
    kp-page-header {
      margin-bottom: 20px;
    }
    .note {
      display: flex;
      align-items: center;
      gap: 8px;
      margin-bottom: 20px;
      color: var(--kp-ink-2);
    }
  `,
})
export class ManagePage {
  protected readonly session = inject(CurrentSession);
  protected readonly paths = paths;
  protected readonly administrations = endpointResource(listAdministrationsEndpoint, () => ({}));
  /** Health and counts per administration; the page is of use without them. */
  protected readonly dashboard = endpointResource(getDashboardEndpoint, () => ({}));
  protected readonly coupled = computed(() => (this.administrations.value()?.items ?? []).filter(isCoupled));

  protected reload(): void {
    this.administrations.reload();
    this.dashboard.reload();
  }
}
