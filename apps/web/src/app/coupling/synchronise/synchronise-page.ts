import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { finishSynchroniseEndpoint } from '@koppel/contracts';
import type { ApiProblem } from '../../api/api-problem.js';
import { injectCallEndpoint } from '../../api/call-endpoint.js';
import { followRun } from '../../api/follow-run.js';
import { paths, pathOfStep } from '../../paths.js';
import { CurrentSession } from '../../session/current-session.js';
import { RunView } from '../../sync/run-view.js';
import { injectRunSteering } from '../../sync/run-steering.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { PageHeader } from '../../ui/page-header.js';
import { ProblemPanel } from '../../ui/problem-panel.js';
import { Skeleton } from '../../ui/skeleton.js';
import { CurrentCoupling } from '../current-coupling.js';

/** Step 4: fetching and comparing, live; blocking issues must be solved before going on. */
@Component({
  imports: [PageHeader, ProblemPanel, Skeleton, Empty, Icon, RunView, MatButton, RouterLink],
  templateUrl: './synchronise-page.html',
  styleUrl: './synchronise-page.scss',
})
export class SynchronisePage {
  readonly #call = injectCallEndpoint();
  readonly #router = inject(Router);
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  readonly #runId = computed(() => this.coupling.value()?.runId ?? undefined);
  protected readonly run = followRun(this.#runId);
  protected readonly steering = injectRunSteering(this.run);
  protected readonly isBusy = signal(false);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  protected readonly paths = paths;
  protected readonly backLink = computed(() => pathOfStep(this.coupling.value()?.step ?? 'connect'));
  protected readonly isAtHand = computed(() => this.coupling.value()?.step === 'synchronise');
  protected readonly blocking = computed(() => this.coupling.value()?.openBlockingIssues ?? 0);
  protected readonly disabledReason = computed(() => {
    if (!this.session.isAdmin())
      return $localize`:@@synchronise.adminOnly:Alleen een beheerder kan verder gaan.`;
    if (this.run.value()?.state !== 'completed')
      return $localize`:@@synchronise.notReady:Verder kan zodra alles is opgehaald en vergeleken.`;
    if (this.blocking() > 0) return $localize`:@@synchronise.blocked:Los eerst de blokkerende meldingen op.`;
    return undefined;
  });

  constructor() {
    // What the run left behind (issues, proposals) is counted in the coupling.
    effect(() => {
      if ((this.run.value()?.endedAt ?? null) !== null) untracked(() => this.coupling.reload());
    });
  }

  protected async finish(): Promise<void> {
    if (this.disabledReason() !== undefined || this.isBusy()) return;
    this.isBusy.set(true);
    this.problem.set(undefined);
    const result = await this.#call(finishSynchroniseEndpoint, {});
    this.isBusy.set(false);
    if (!result.ok) return this.problem.set(result.problem);
    this.coupling.set(result.value);
    await this.#router.navigateByUrl(pathOfStep(result.value.step));
  }
}
