import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { getDashboardEndpoint, startResyncEndpoint } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { poll } from '../api/poll.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { Empty } from '../ui/empty.js';
import { Icon } from '../ui/icon.js';
import { PageHeader } from '../ui/page-header.js';
import { CountPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';
import { AdministrationCard } from './administration-card.js';
import { ConnectionHealth } from './connection-health.js';
import { pollMsOf, writingNews } from './dashboard-pace.js';
import { OpenWrites } from './open-writes.js';
import { WaitingList } from './waiting-list.js';

/** How everything is doing, and what waits for a person. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Empty,
    Icon,
    CountPipe,
    AdministrationCard,
    ConnectionHealth,
    WaitingList,
    OpenWrites,
    MatButton,
    RouterLink,
  ],
  templateUrl: './overview-page.html',
  styleUrl: './overview-page.scss',
})
export class OverviewPage {
  readonly #call = injectCallEndpoint();
  readonly #router = inject(Router);
  readonly #toaster = inject(Toaster);
  protected readonly session = inject(CurrentSession);
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly paths = paths;
  protected readonly read = endpointResource(getDashboardEndpoint, () => ({}));
  protected readonly isStarting = signal(false);
  protected readonly intro = computed(() => {
    const totals = this.read.value()?.totals;
    return totals === undefined || totals.sourceRelations === 0 ? undefined : totals;
  });
  readonly #isWriting = computed(() => {
    const value = this.read.value();
    return value && value.isActive && value.writes.waiting > 0;
  });
  /** For who does not see the card come and go. */
  protected readonly news = linkedSignal<boolean | undefined, string>({
    source: this.#isWriting,
    computation: (isWriting, previous) => {
      const news = writingNews(previous?.source, isWriting);
      if (news === undefined) return '';
      return news === 'began'
        ? $localize`:@@writes.began:Koppel schrijft wijzigingen in Exact Online.`
        : $localize`:@@writes.ended:Koppel is klaar met schrijven in Exact Online.`;
    },
  });

  constructor() {
    poll(this.read, {
      afterMs: () => {
        const value = this.read.value();
        return value && pollMsOf(value);
      },
      look: () => this.read.reload(),
    });
  }

  protected async resync(): Promise<void> {
    this.isStarting.set(true);
    const result = await this.#call(startResyncEndpoint, { body: {} });
    this.isStarting.set(false);
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    await this.#router.navigateByUrl(paths.run(result.value.runId));
  }
}
