import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterLinkActive } from '@angular/router';
import type { Coupling } from '@koppel/contracts';
import { filter, map } from 'rxjs';
import { paths } from '../paths.js';
import { Icon } from '../ui/icon.js';
import { MomentPipe } from '../ui/pipes.js';
import { stepViews } from './steps.js';

/** Where the coupling is: done, now, next; who finished a step and when. */
@Component({
  selector: 'kp-stepper',
  imports: [NgTemplateOutlet, RouterLink, RouterLinkActive, Icon, MomentPipe],
  templateUrl: './stepper.html',
  styleUrl: './stepper.scss',
})
export class Stepper {
  readonly coupling = input.required<Coupling>();
  readonly #router = inject(Router);
  readonly #url = toSignal(
    this.#router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map((event) => event.urlAfterRedirects),
    ),
    { initialValue: this.#router.url },
  );
  protected readonly steps = computed(() =>
    stepViews(this.coupling(), this.#url().startsWith(paths.couplingPage('finish'))),
  );
  protected readonly now = computed(() => this.steps().find((step) => step.state === 'now'));
}
