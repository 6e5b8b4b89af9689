import { Component, computed, effect, inject, input, output, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { listSyncRunsEndpoint, readChangesEndpoint } from '@koppel/contracts';
import type { ApiProblem } from '../../api/api-problem.js';
import { injectCallEndpoint } from '../../api/call-endpoint.js';
import { endpointResource } from '../../api/endpoint-resource.js';
import { followRun } from '../../api/follow-run.js';
import { CurrentSession } from '../../session/current-session.js';
import { injectRunSteering } from '../../sync/run-steering.js';
import { RunView } from '../../sync/run-view.js';
import { Ago } from '../../ui/ago.js';
import { ProblemPanel } from '../../ui/problem-panel.js';
import { isUnderWay, openRunOf, runToFollow } from './run-to-follow.js';

/** How old it is what the plan rests on, and the button that reads what changed since, with its run. */
@Component({
  selector: 'kp-read-again',
  imports: [Ago, MatButton, ProblemPanel, RunView],
  template: `
    <section class="kp-card" aria-labelledby="read-again-heading">
      <h2 id="read-again-heading" i18n="@@readAgain.heading">Eerst ophalen wat er is gewijzigd</h2>
      <p>
        <span i18n="@@readAgain.since">Exact Online is voor het laatst gelezen:</span>&ngsp;<kp-ago
          [at]="readAt()"
        />.
        <span class="kp-muted" i18n="@@readAgain.text"
          >Voordat Koppel daar iets bijwerkt, haalt het op wat er sindsdien is gewijzigd. Wat u hebt beslist
          blijft staan; alleen relaties die zijn gewijzigd worden opnieuw vergeleken. Daarna ziet u het plan
          zoals het dan is.</span
        >
      </p>
      <button
        matButton="filled"
        type="button"
        [disabled]="!session.isAdmin() || isBusy() || isReading()"
        (click)="read()"
        i18n="@@readAgain.read"
      >
        Wijzigingen ophalen
      </button>
    </section>
    @if (problem(); as failed) {
      <kp-problem [problem]="failed" [canRetry]="false" />
    }
    @if (run.value(); as value) {
      <kp-run
        [run]="value"
        [isLive]="run.isLive() || value.endedAt !== null"
        [maySteer]="session.isAdmin()"
        [mayRetry]="session.mayDecide()"
        [isBusy]="steering.isBusy()"
        (paused)="steering.pause()"
        (resumed)="steering.resume()"
        (retry)="steering.retry($event)"
      />
    }
  `,
  styles: `
    :host {
      display: block;
      margin-bottom: 16px;
    }
    section {
      padding: 20px 24px;
    }
    p {
      margin: 8px 0 14px;
    }
    kp-problem,
    kp-run {
      display: block;
      margin-top: 16px;
    }
  `,
})
export class ReadAgain {
  readonly readAt = input.required<string>();
  /** What changed was read: the plan is another by now. */
  readonly done = output();
  readonly #call = injectCallEndpoint();
  readonly #latest = endpointResource(listSyncRunsEndpoint, () => ({ query: { limit: 1 } }));
  readonly #started = signal<string | undefined>(undefined);
  readonly #runId = computed(() => this.#started() ?? openRunOf(this.#latest.value()?.items));
  protected readonly session = inject(CurrentSession);
  protected readonly run = followRun(this.#runId);
  protected readonly steering = injectRunSteering(this.run);
  protected readonly isBusy = signal(false);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  protected readonly isReading = computed(() => isUnderWay(this.#runId(), this.run.value()));

  constructor() {
    effect(() => {
      if (this.#runId() !== undefined && !this.isReading()) untracked(() => this.done.emit());
    });
  }

  protected async read(): Promise<void> {
    this.isBusy.set(true);
    this.problem.set(undefined);
    const result = await this.#call(readChangesEndpoint, {});
    this.isBusy.set(false);
    const runId = runToFollow(result);
    if (runId !== undefined) return this.#started.set(runId);
    if (!result.ok) this.problem.set(result.problem);
  }
}
