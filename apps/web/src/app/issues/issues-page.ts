import { Component, computed, inject, input, LOCALE_ID, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { RouterLink } from '@angular/router';
import {
  ignoreIssueEndpoint,
  issue as issueSchema,
  issueClass,
  listAdministrationsEndpoint,
  listIssuesEndpoint,
  retryIssueEndpoint,
  type Issue,
} from '@koppel/contracts';
import type { ApiProblem } from '../api/api-problem.js';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { endpointPages } from '../api/endpoint-pages.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { isCoupled } from '../coupling/select/selectable.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { pathOfStep } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { injectAddressState } from '../ui/address-state.js';
import { injectAsk } from '../ui/ask-dialog.js';
import { Empty } from '../ui/empty.js';
import { Icon } from '../ui/icon.js';
import { PageHeader } from '../ui/page-header.js';
import { BothPipe, CountPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';
import { groupByCause, type IssueGroup } from './issue-groups.js';
import { IssueRow } from './issue-row.js';

const pageSize = 100;

/** What could not be processed: grouped by cause, blocking first, each with its ways out. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Empty,
    Icon,
    IssueRow,
    BothPipe,
    CountPipe,
    MatButton,
    MatFormField,
    MatLabel,
    MatSelect,
    MatOption,
    RouterLink,
  ],
  templateUrl: './issues-page.html',
  styleUrl: './issues-page.scss',
})
export class IssuesPage {
  readonly status = input<string>();
  readonly administratie = input<string>();
  readonly soort = input<string>();
  readonly oorzaak = input<string>();
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #locale = inject(LOCALE_ID);
  readonly #ask = injectAsk();
  protected readonly write = injectAddressState();
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  protected readonly state = computed(() => {
    const parsed = issueSchema.shape.state.safeParse(this.status());
    return parsed.success ? parsed.data : 'open';
  });
  protected readonly pages = endpointPages(listIssuesEndpoint, () => {
    const kind = issueClass.safeParse(this.soort());
    return {
      query: {
        limit: pageSize,
        state: this.state(),
        class: kind.success ? kind.data : undefined,
        administrationId: this.administratie() || undefined,
        cause: this.oorzaak() || undefined,
      },
    };
  });
  readonly #administrations = endpointResource(listAdministrationsEndpoint, () => ({}));
  protected readonly coupled = computed(() => (this.#administrations.value()?.items ?? []).filter(isCoupled));
  protected readonly groups = computed(() => groupByCause(this.pages.items(), this.pages.first.value()?.counts ?? []));
  protected readonly openTotal = computed(() =>
    (this.pages.first.value()?.counts ?? []).reduce((sum, count) => sum + count.open, 0),
  );
  protected readonly isFiltered = computed(() => Boolean(this.administratie() || this.soort() || this.oorzaak()));
  protected readonly stepLink = computed(() => {
    const step = this.coupling.value()?.step;
    return step && step !== 'active' ? pathOfStep(step) : undefined;
  });
  protected readonly busyIds = signal<ReadonlySet<string>>(new Set());

  protected async recheck(issues: readonly Issue[]): Promise<void> {
    this.busyIds.set(new Set(issues.map((issue) => issue.id)));
    const problem = await this.#recheckEach(issues);
    this.busyIds.set(new Set());
    if (problem) this.#toaster.showProblem(problem);
    else this.#toaster.show($localize`:@@issues.rechecked:Wordt opnieuw gecontroleerd. Wat is opgelost, verdwijnt vanzelf.`);
    this.#reload();
  }

  protected async ignore(issues: readonly Issue[], title: Issue['title']): Promise<void> {
    const count = issues.length;
    const answer = await this.#ask({
      heading: $localize`:@@issues.ignoreHeading:Negeren`,
      lines: [
        this.#locale === 'en' ? title.en : title.nl,
        count === 1
          ? $localize`:@@issues.ignoreOne:De melding verdwijnt uit de lijst en blijft onder Genegeerd te vinden.`
          : $localize`:@@issues.ignoreMany:${count}:COUNT: meldingen verdwijnen uit de lijst en blijven onder Genegeerd te vinden.`,
      ],
      confirm: $localize`:@@issues.ignoreConfirm:Negeren`,
      reason: { label: $localize`:@@issues.ignoreReason:Reden`, isRequired: true },
    });
    if (!answer) return;
    for (const issue of issues) {
      const body = { reason: answer.reason, version: issue.version };
      const result = await this.#call(ignoreIssueEndpoint, { params: { id: issue.id }, body });
      if (!result.ok) {
        this.#toaster.showProblem(result.problem);
        break;
      }
    }
    this.#reload();
  }

  protected classText(group: Pick<IssueGroup, 'class'>): string {
    switch (group.class) {
      case 'transient':
        return $localize`:@@class.transient:Tijdelijk, herstelt vanzelf`;
      case 'data':
        return $localize`:@@class.data:Gegevens`;
      case 'configuration':
        return $localize`:@@class.configuration:Instelling`;
      case 'permission':
        return $localize`:@@class.permission:Rechten`;
      case 'bug':
        return $localize`:@@class.bug:Fout in Koppel`;
    }
  }

  /** One after the other, up to the first refusal: Exact's limits leave no room for a hundred at once. */
  async #recheckEach(issues: readonly Issue[]): Promise<ApiProblem | undefined> {
    for (const issue of issues) {
      const result = await this.#call(retryIssueEndpoint, { params: { id: issue.id } });
      if (!result.ok) return result.problem;
    }
    return undefined;
  }

  #reload(): void {
    this.pages.reload();
    this.coupling.reload();
  }
}
