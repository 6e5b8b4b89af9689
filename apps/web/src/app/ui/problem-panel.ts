import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import type { ApiProblem } from '../api/api-problem.js';
import { paths } from '../paths.js';
import { Icon } from './icon.js';
import { meaningOf } from './problem-meaning.js';

/** What happened, what it means, what to do, and the reference number. */
@Component({
  selector: 'kp-problem',
  imports: [Icon, MatButton, RouterLink],
  template: `
    <kp-icon name="warning" />
    <div class="texts">
      <h2>{{ problem().title }}</h2>
      <p>{{ problem().detail ?? meaning() }}</p>
      @if (problem().reference; as reference) {
        <p class="reference">
          <span i18n="@@problem.reference">Referentie</span>&ngsp;<code>{{ reference }}</code>
        </p>
      }
    </div>
    <div class="actions">
      <ng-content />
      @if (problem().kind === 'not-signed-in') {
        <a
          matButton="filled"
          [routerLink]="paths.signIn"
          [queryParams]="{ terug: router.url }"
          i18n="@@problem.signIn"
          >Inloggen</a
        >
      }
      @if (isElsewhere()) {
        <a matButton="outlined" [routerLink]="paths.coupling" i18n="@@problem.toStep">Naar die stap</a>
      }
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
  protected readonly paths = paths;
  protected readonly router = inject(Router);
  /** What is to be done or seen is at another step of the coupling. */
  protected readonly isElsewhere = computed(() =>
    ['wrong-step', 'sync-already-running'].includes(this.problem().kind),
  );
  protected readonly meaning = computed(() => meaningOf(this.problem()));
}
