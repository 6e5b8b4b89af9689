import { Component, input } from '@angular/core';

/** The top of every page: what it is, in one sentence why, and its actions. The shell moves the focus to the h1. */
@Component({
  selector: 'kp-page-header',
  template: `
    <div class="texts">
      <ng-content select="[above]" />
      <h1 tabindex="-1">{{ heading() }}</h1>
      @if (intro(); as text) {
        <p class="intro">{{ text }}</p>
      }
    </div>
    <div class="actions"><ng-content /></div>
  `,
  styles: `
    :host {
      display: flex;
      align-items: flex-end;
      justify-content: space-between;
      gap: 12px 24px;
      flex-wrap: wrap;
      margin-bottom: 24px;
    }
    .texts {
      flex: 1 1 320px;
      min-width: 0;
    }
    h1 {
      overflow-wrap: anywhere;
    }
    .intro {
      max-width: 72ch;
      margin-top: 6px;
      color: var(--kp-ink-2);
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
    }
    .actions:empty {
      display: none;
    }
  `,
})
export class PageHeader {
  readonly heading = input.required<string>();
  readonly intro = input<string>();
}
