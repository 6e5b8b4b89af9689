import { Component, computed, input } from '@angular/core';

const linesMax = 24;

/** Grey lines where content will be. */
@Component({
  selector: 'kp-skeleton',
  template: `
    <span class="kp-visually-hidden" i18n="@@skeleton.loading">Bezig met laden</span>
    @for (line of list(); track line) {
      <span class="line" [style.inline-size.%]="width(line)"></span>
    }
  `,
  host: { role: 'status' },
  styles: `
    :host {
      display: grid;
      gap: 18px;
      padding: 22px 20px;
      border: 1px solid var(--kp-line);
      border-radius: var(--kp-radius-card);
      background: var(--kp-surface);
      animation: appear 0.2s 0.15s both;
    }
    .line {
      display: block;
      height: 12px;
      border-radius: 6px;
      background: linear-gradient(90deg, var(--kp-sunken) 25%, var(--kp-line) 50%, var(--kp-sunken) 75%);
      background-size: 300% 100%;
      animation: shimmer 1.6s infinite linear;
    }
    @keyframes shimmer {
      from {
        background-position: 100% 0;
      }
      to {
        background-position: -50% 0;
      }
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `,
})
export class Skeleton {
  readonly lines = input(6);
  protected readonly list = computed(() =>
    Array.from({ length: Math.min(this.lines(), linesMax) }, (_, index) => index),
  );
  protected readonly width = (line: number) => 92 - ((line * 37) % 48);
}
