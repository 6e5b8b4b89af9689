import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import type { Coupling } from '@koppel/contracts';
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
  protected readonly steps = computed(() => stepViews(this.coupling()));
  protected readonly now = computed(() => this.steps().find((step) => step.state === 'now'));
}
