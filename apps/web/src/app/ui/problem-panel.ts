import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { ApiProblem } from '../api/api-problem.js';
import { Icon } from './icon.js';
import { meaningOf } from './problem-meaning.js';

/** What happened, what it means, what to do, and the reference number. */
@Component({
  selector: 'kp-problem',
  imports: [Icon, MatButton],
  template: `
    <kp-icon name="warning" />
    <div class="texts">
      <h2>{{ problem().title }}</h2>
      <p>{{ problem().detail ?? meaning() }}</p>
      @if (problem().reference; as reference) {
        <p class="reference">
          <span i18n="@@problem.reference">Referentie</span> <code>{{ reference }}</code>
        </p>
      }
    </div>
    <div class="actions">
      <ng-content />
      @if (canRetry()) {
        <button matButton="outlined" type="button" (click)="retry.emit()" i18n="@@problem.retry">
          Opnieuw proberen
        </button>
      }
    </div>
  `,
  host: { role: 'alert' },
  styles: `
    :host {
      display: flex;
      align-items: flex-start;
      flex-wrap: wrap;
      gap: 12px 14px;
      padding: 18px 20px;
      border: 1px solid color-mix(in srgb, var(--kp-bad) 35%, transparent);
      border-radius: var(--kp-radius-card);
      background: var(--kp-bad-soft);
    }
    kp-icon {
      color: var(--kp-bad);
      font-size: 18px;
      margin-top: 1px;
    }
    .texts {
      flex: 1 1 260px;
    }
    p {
      margin-top: 4px;
      color: var(--kp-ink-2);
      max-width: 70ch;
    }
    .reference {
      font-size: 12px;
      overflow-wrap: anywhere;
    }
    .actions {
      display: flex;
      gap: 8px;
    }
  `,
})
export class ProblemPanel {
  readonly problem = input.required<ApiProblem>();
  readonly canRetry = input(true);
  readonly retry = output();
  protected readonly meaning = computed(() => meaningOf(this.problem()));
}
