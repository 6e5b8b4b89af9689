import { Component, input } from '@angular/core';

/** Nothing here yet: what this place is for, and the next action. */
@Component({
  selector: 'kp-empty',
  template: `
    <svg viewBox="0 0 160 96" aria-hidden="true" focusable="false">
      @switch (drawing()) {
        @case ('done') {
          <rect x="34" y="18" width="60" height="60" rx="10" />
          <rect class="front" x="66" y="34" width="48" height="48" rx="10" />
          <path class="accent" d="M78 58l9 9 17-19" />
        }
        @case ('search') {
          <rect x="26" y="16" width="76" height="16" rx="5" />
          <rect x="26" y="40" width="76" height="16" rx="5" />
          <rect x="26" y="64" width="50" height="16" rx="5" />
          <circle class="front" cx="104" cy="54" r="20" />
          <path class="accent" d="M118 68l14 14" />
        }
        @case ('closed') {
          <rect x="46" y="42" width="68" height="42" rx="9" />
          <path d="M60 42V30a20 20 0 0 1 40 0v12" />
          <path class="accent" d="M80 58v10" />
        }
        @default {
          <rect x="18" y="20" width="46" height="56" rx="8" />
          <rect class="front" x="96" y="20" width="46" height="56" rx="8" />
          <path class="accent" stroke-dasharray="1 8" d="M68 48h24" />
          <path d="M28 34h22M28 44h26M28 54h16M106 34h22M106 44h26M106 54h16" />
        }
      }
    </svg>
    <h2>{{ heading() }}</h2>
    @if (text(); as line) {
      <p>{{ line }}</p>
    }
    <div class="actions"><ng-content /></div>
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      padding: 48px 24px;
      text-align: center;
    }
    svg {
      width: 160px;
      height: 96px;
      margin-bottom: 16px;
      fill: none;
      stroke: var(--kp-line-strong);
      stroke-width: 2;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    rect,
    circle {
      fill: var(--kp-surface);
    }
    .front {
      fill: var(--kp-accent-soft);
    }
    .accent {
      stroke: var(--kp-accent);
      stroke-width: 3.5;
    }
    p {
      max-width: 56ch;
      margin-top: 6px;
      color: var(--kp-ink-2);
    }
    .actions {
      display: flex;
      gap: 8px;
      flex-wrap: wrap;
      justify-content: center;
      margin-top: 18px;
    }
    .actions:empty {
      display: none;
    }
  `,
})
export class Empty {
  readonly heading = input.required<string>();
  readonly text = input<string>();
  readonly drawing = input<'pair' | 'done' | 'search' | 'closed'>('pair');
}
