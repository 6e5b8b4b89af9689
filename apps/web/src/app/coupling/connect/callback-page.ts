import { Component, computed, inject, input, signal, type OnInit } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { completeConnectionEndpoint, getCouplingEndpoint } from '@koppel/contracts';
import type { ApiProblem } from '../../api/api-problem.js';
import { injectCallEndpoint } from '../../api/call-endpoint.js';
import { paths } from '../../paths.js';
import { PageHeader } from '../../ui/page-header.js';
import { ProblemPanel } from '../../ui/problem-panel.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Toaster } from '../../ui/toaster.js';
import { CurrentCoupling } from '../current-coupling.js';

/** Where Exact sends the browser back to: finishes the consent and goes on to selecting. */
@Component({
  imports: [PageHeader, ProblemPanel, Skeleton, MatButton, RouterLink],
  template: `
    <div class="kp-page is-narrow">
      <kp-page-header heading="Terug van Exact Online" i18n-heading="@@callback.heading" />
      @if (problem(); as failed) {
        <kp-problem [problem]="failed" [canRetry]="false">
          @if (isAboutUser()) {
            <a
              matButton="filled"
              [routerLink]="connectPath"
              [queryParams]="{ user: 'other' }"
              i18n="@@callback.otherUser"
              >Met andere Exact-gebruiker</a
            >
          } @else {
            <a matButton="filled" [routerLink]="connectPath" i18n="@@callback.again">Opnieuw koppelen</a>
          }
        </kp-problem>
      } @else {
        <kp-skeleton [lines]="3" />
      }
    </div>
  `,
})
export class CallbackPage implements OnInit {
  readonly state = input<string>();
  readonly code = input<string>();
  readonly error = input<string>();
  readonly #call = injectCallEndpoint();
  readonly #router = inject(Router);
  readonly #toaster = inject(Toaster);
  readonly #coupling = inject(CurrentCoupling);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  /** Exact remembers who signed in: without signing in anew the same user would come back. */
  protected readonly isAboutUser = computed(() =>
    ['exact-user-differs', 'exact-user-elsewhere'].includes(this.problem()?.kind ?? ''),
  );
  protected readonly connectPath = paths.couplingPage('connect');

  ngOnInit(): void {
    void this.complete();
  }

  private async complete(): Promise<void> {
    const code = this.code();
    const error = this.error();
    const body = { state: this.state() ?? '', ...(code ? { code } : {}), ...(error ? { error } : {}) };
    const result = await this.#call(completeConnectionEndpoint, { body });
    if (!result.ok) return this.problem.set(result.problem);
    this.#toaster.show($localize`:@@callback.done:Verbonden met Exact Online.`);
    const coupling = await this.#call(getCouplingEndpoint, {});
    if (coupling.ok) this.#coupling.set(coupling.value);
    const isFirst = !coupling.ok || ['connect', 'select'].includes(coupling.value.step);
    // Not to be gone back to: the code in this address is used up.
    await this.#router.navigateByUrl(isFirst ? paths.couplingPage('select') : paths.coupling, {
      replaceUrl: true,
    });
  }
}
