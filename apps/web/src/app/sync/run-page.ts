import { Component, inject, input } from '@angular/core';
import { followRun } from '../api/follow-run.js';
import { CurrentSession } from '../session/current-session.js';
import { PageHeader } from '../ui/page-header.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { injectRunSteering } from './run-steering.js';
import { RunView } from './run-view.js';

/** A run by its own address: a resync that goes on, or one of before. */
@Component({
  imports: [PageHeader, ProblemPanel, Skeleton, RunView],
  template: `
    <div class="kp-page">
      <kp-page-header heading="Synchronisatie" i18n-heading="@@runPage.heading" />
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
      } @else if (run.problem(); as problem) {
        <kp-problem [problem]="problem" (retry)="run.reload()" />
      } @else {
        <kp-skeleton [lines]="8" />
      }
    </div>
  `,
})
export class RunPage {
  readonly id = input.required<string>();
  protected readonly session = inject(CurrentSession);
  protected readonly run = followRun(this.id);
  protected readonly steering = injectRunSteering(this.run);
}
