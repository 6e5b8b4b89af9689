import { Component, computed, inject, input, LOCALE_ID } from '@angular/core';
import { formatCount } from './format.js';

const highShare = 0.85;

/** A thin meter of something used up to a limit, with the figures beside it. */
@Component({
  selector: 'kp-gauge',
  template: `
    <span class="label">{{ label() }}</span>
    <span
      class="track"
      role="meter"
      aria-valuemin="0"
      [attr.aria-valuemax]="allowed()"
      [attr.aria-valuenow]="used()"
      [attr.aria-label]="label()"
      [class.is-high]="isHigh()"
    >
      <span class="fill" [style.inline-size.%]="percent()"></span>
    </span>
    <span class="figures">{{ figures() }}</span>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: auto 1fr auto;
      align-items: center;
      gap: 10px;
      color: var(--kp-ink-3);
      font-size: 12px;
    }
    .track {
      display: block;
      height: 4px;
      border-radius: 2px;
      background: var(--kp-line);
      overflow: hidden;
    }
    .fill {
      display: block;
      height: 100%;
      border-radius: 2px;
      background: var(--kp-accent);
      transition: inline-size 0.3s;
    }
    .figures {
      text-align: end;
      font-variant-numeric: tabular-nums;
    }
    .is-high .fill {
      background: var(--kp-warn);
    }
  `,
})
export class Gauge {
  readonly label = input.required<string>();
  readonly used = input.required<number>();
  readonly allowed = input.required<number>();
  readonly #locale = inject(LOCALE_ID);
  readonly #share = computed(() => (this.allowed() > 0 ? Math.min(1, this.used() / this.allowed()) : 0));
  protected readonly percent = computed(() => this.#share() * 100);
  protected readonly isHigh = computed(() => this.#share() >= highShare);
  protected readonly figures = computed(
    () => `${formatCount(this.used(), this.#locale)} / ${formatCount(this.allowed(), this.#locale)}`,
  );
}
