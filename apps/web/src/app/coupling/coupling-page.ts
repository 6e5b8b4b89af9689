import { Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { CurrentCoupling } from './current-coupling.js';
import { Stepper } from './stepper.js';

/** The stepper with one step's page below it. */
@Component({
  imports: [RouterOutlet, Stepper, ProblemPanel, Skeleton],
  template: `
    @if (coupling.value(); as value) {
      <kp-stepper [coupling]="value" />
      <router-outlet />
    } @else if (coupling.read.problem(); as problem) {
      <div class="kp-page"><kp-problem [problem]="problem" (retry)="coupling.reload()" /></div>
    } @else {
      <div class="kp-page"><kp-skeleton /></div>
    }
  `,
})
export class CouplingPage {
  protected readonly coupling = inject(CurrentCoupling);

  constructor() {
    // Someone else, or the worker, may have moved it on since the shell first read it.
    this.coupling.reload();
  }
}
