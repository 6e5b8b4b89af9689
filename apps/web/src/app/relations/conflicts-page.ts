import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { listConflictsEndpoint, resolveConflictEndpoint } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { endpointPages } from '../api/endpoint-pages.js';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { Empty } from '../ui/empty.js';
import { PageHeader } from '../ui/page-header.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';
import { ConflictCard, type Conflict } from './conflict-card.js';

/** All fields that were changed differently on two sides since they last agreed. */
@Component({
  imports: [PageHeader, ProblemPanel, Skeleton, Empty, ConflictCard, MatButton, RouterLink],
  template: `
    <div class="kp-page is-narrow">
      <kp-page-header
        heading="Tegenstrijdige wijzigingen"
        i18n-heading="@@conflicts.heading"
        intro="Hetzelfde veld is op twee plaatsen anders gewijzigd. Koppel kiest niet zelf; tot u kiest blijft overal staan wat er stond."
        i18n-intro="@@conflicts.intro"
      />
      @let first = pages.first;
      @if (first.value() && pages.items().length === 0) {
        <div class="kp-card">
          <kp-empty drawing="done" heading="Geen tegenstrijdige wijzigingen" i18n-heading="@@conflicts.empty">
            <a matButton="outlined" [routerLink]="paths.relations" i18n="@@conflicts.toRelations"
              >Naar relaties</a
            >
          </kp-empty>
        </div>
      } @else if (!first.value() && first.isLoading()) {
        <kp-skeleton />
      } @else if (first.problem() && !first.value()) {
        <kp-problem [problem]="first.problem()!" (retry)="first.reload()" />
      } @else {
        <div class="kp-stack">
          @for (conflict of pages.items(); track conflict.id) {
            <kp-conflict
              class="kp-card"
              [conflict]="conflict"
              [isLinked]="true"
              [mayDecide]="session.mayDecide()"
              [isBusy]="busyId() === conflict.id"
              (resolve)="resolve(conflict, $event)"
            />
          }
          @if (pages.hasMore()) {
            <button
              matButton="outlined"
              type="button"
              [disabled]="pages.isLoadingMore()"
              (click)="pages.loadMore()"
              i18n="@@list.more"
            >
              Meer laden
            </button>
          }
        </div>
      }
    </div>
  `,
})
export class ConflictsPage {
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  protected readonly session = inject(CurrentSession);
  protected readonly paths = paths;
  protected readonly pages = endpointPages(listConflictsEndpoint, () => ({ query: {} }));
  protected readonly busyId = signal<string | undefined>(undefined);

  protected async resolve({ id, version }: Conflict, side: string): Promise<void> {
    this.busyId.set(id);
    const result = await this.#call(resolveConflictEndpoint, { params: { id }, body: { side, version } });
    this.busyId.set(undefined);
    if (!result.ok) this.#toaster.showProblem(result.problem);
    else this.#toaster.show($localize`:@@conflicts.resolved:Gekozen. De waarde wordt overal doorgegeven.`);
    this.pages.reload();
  }
}
