import { Component, computed, inject, input, LOCALE_ID } from '@angular/core';
import { Clock } from './clock.js';
import { formatAgo, formatMoment } from './format.js';

/** A moment as a person says it; the exact one on hover. */
@Component({
  selector: 'kp-ago',
  template: `<time [attr.datetime]="at()" [title]="exact()">{{ text() }}</time>`,
  styles: `
    :host {
      white-space: nowrap;
    }
  `,
})
export class Ago {
  readonly at = input.required<string>();
  readonly #clock = inject(Clock);
  readonly #locale = inject(LOCALE_ID);
  protected readonly text = computed(() => formatAgo(this.at(), this.#locale, this.#clock.now()));
  protected readonly exact = computed(() => formatMoment(this.at(), this.#locale, this.#clock.now()));
}
