import { Component, computed, ElementRef, inject, input, LOCALE_ID, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { RouterLink } from '@angular/router';
import {
  issue as issueSchema,
  issueClass,
  issuesCsvPath,
  listAdministrationsEndpoint,
  listIssuesEndpoint,
  type Issue,
} from '@koppel/contracts';
import { ApiProblem } from '../api/api-problem.js';
import { endpointPages } from '../api/endpoint-pages.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { queryOf } from '../api/endpoint-url.js';
import { isCoupled } from '../coupling/select/selectable.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { pathOfStep } from '../paths.js';
import { injectRunBatch } from '../history/run-batch.js';
import { CurrentSession } from '../session/current-session.js';
import { injectAddressState } from '../ui/address-state.js';
import { injectAsk, type Question } from '../ui/ask-dialog.js';
import { Bar } from '../ui/bar.js';
import { ColumnMenu } from '../ui/column-menu.js';
import { Empty } from '../ui/empty.js';
import { Icon } from '../ui/icon.js';
import { PageHeader } from '../ui/page-header.js';
import { BothPipe, CountPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { SearchField } from '../ui/search-field.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';
import { CauseRail } from './cause-rail.js';
import { classText } from './class-text.js';
import { issueColumnChoices, issueColumnsOf } from './issue-columns.js';
import type { BulkOutcome } from './bulk-act.js';
import { bulkMax, injectIssueDesk } from './issue-desk.js';
import { IssueGroupCard } from './issue-group.js';
import { groupByCause, type IssueGroup } from './issue-groups.js';
import { approveQuestion } from './approve-text.js';
import { rejectQuestion } from './reject-text.js';
import { ignoreQuestion, ignoredText, recheckedText, reopenedText } from './ignore-texts.js';

const pageSize = 100;

/** What could not be processed: grouped by cause, blocking first, each with its ways out. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Empty,
    Bar,
    Icon,
    SearchField,
    ColumnMenu,
    CauseRail,
    IssueGroupCard,
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
  readonly zoek = input<string>();
  readonly kolommen = input<string>();
  readonly #toaster = inject(Toaster);
  readonly #locale = inject(LOCALE_ID);
  readonly #ask = injectAsk();
  readonly #running = injectRunBatch();
  private readonly list = viewChild<ElementRef<HTMLElement>>('list');
  protected readonly desk = injectIssueDesk();
  protected readonly write = injectAddressState();
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  protected readonly classes = issueClass.options;
  protected readonly classText = classText;
  protected readonly state = computed(() => {
    const parsed = issueSchema.shape.state.safeParse(this.status());
    return parsed.success ? parsed.data : 'open';
  });
  protected readonly class = computed(() => {
    const parsed = issueClass.safeParse(this.soort());
    return parsed.success ? parsed.data : undefined;
  });
  protected readonly columns = issueColumnChoices();
  protected readonly shown = computed(() => issueColumnsOf(this.kolommen()));
  readonly #query = computed(() => ({
    state: this.state(),
    class: this.class(),
    administrationId: this.administratie() || undefined,
    cause: this.oorzaak() || undefined,
    search: this.zoek() || undefined,
  }));
  protected readonly pages = endpointPages(listIssuesEndpoint, () => ({
    query: { ...this.#query(), limit: pageSize },
  }));
  protected readonly csv = computed(
    () =>
      `${issuesCsvPath}?${new URLSearchParams(queryOf({ ...this.#query(), language: this.#locale })).toString()}`,
  );
  readonly #administrations = endpointResource(listAdministrationsEndpoint, () => ({}));
  protected readonly coupled = computed(() => (this.#administrations.value()?.items ?? []).filter(isCoupled));
  readonly #allCounts = computed(() => this.pages.first.value()?.counts ?? []);
  protected readonly counts = computed(() =>
    this.#allCounts().filter((count) => this.class() === undefined || count.class === this.class()),
  );
  /** The server counts what is open; of closed ones only what is loaded is counted. */
  protected readonly groups = computed(() =>
    groupByCause(
      this.pages.items(),
      this.state() === 'open' ? this.#allCounts() : this.#allCounts().map(uncounted),
    ),
  );
  protected readonly openTotal = computed(() =>
    this.#allCounts().reduce((sum, count) => sum + count.open, 0),
  );
  protected readonly isFiltered = computed(() =>
    Boolean(this.administratie() || this.class() || this.oorzaak() || this.zoek()),
  );
  protected readonly isBusy = computed(() => this.desk.progress() !== undefined);
  protected readonly stepLink = computed(() => {
    const step = this.coupling.value()?.step;
    return step && step !== 'active' ? pathOfStep(step) : undefined;
  });

  protected clear(): void {
    void this.write({ administratie: undefined, soort: undefined, oorzaak: undefined, zoek: undefined });
  }

  protected async recheck(issues: readonly Issue[]): Promise<void> {
    const { done, skipped, problem } = await this.desk.recheck(issues, () => this.#reload());
    if (done.length + skipped > 0)
      this.#toaster.show(recheckedText({ rechecked: done.length, skipped }, this.#locale));
    if (problem) this.#toaster.showProblem(problem);
  }

  protected async approve(issue: Issue): Promise<void> {
    const answer = await this.#ask(approveQuestion(issue, this.#locale));
    if (!answer) return;
    const problem = await this.desk.approve(issue);
    if (problem) this.#toaster.showProblem(problem);
    else
      this.#toaster.show(
        $localize`:@@issues.approved:Goedgekeurd. Het wordt in de andere administraties geschreven.`,
      );
    this.#reload();
    this.list()?.nativeElement.focus({ preventScroll: true });
  }

  protected async reject(issue: Issue): Promise<void> {
    const outcome = await this.#putAside([issue], rejectQuestion(issue, this.#locale));
    if (outcome?.done.length === 1)
      this.#toaster.showUndo(
        $localize`:@@issues.rejected:Afgewezen. Het wordt niet in andere administraties geschreven.`,
        () => this.reopen(outcome.done),
      );
    else if (outcome) this.#report(outcome);
  }

  protected async ignore(issue: Issue): Promise<void> {
    const question = this.#ignoreQuestion(issue.title, 1, issue.isBlocking);
    const outcome = await this.#putAside([issue], question);
    if (outcome) this.#report(outcome);
  }

  /** What was put aside is open again, here and in the counts. */
  protected async reopen(issues: readonly Issue[]): Promise<void> {
    const { done, skipped, problem } = await this.desk.reopen(issues);
    if (done.length + skipped > 0)
      this.#toaster.show(reopenedText({ reopened: done.length, skipped }, this.#locale));
    if (problem) this.#toaster.showProblem(problem);
    this.#reload();
    this.list()?.nativeElement.focus({ preventScroll: true });
  }

  /** Of the whole cause, also what is not loaded: the question then tells how many it really is. */
  protected async ignoreAll(group: IssueGroup): Promise<void> {
    const { administrationId, search } = this.#query();
    const found = await this.desk.collect({ cause: group.cause, administrationId, search });
    if (found instanceof ApiProblem) return this.#toaster.showProblem(found);
    if (found.length === 0) return this.#reload();
    const issues = found.slice(0, bulkMax);
    const answer = await this.#ask(this.#ignoreQuestion(group.title, issues.length, false));
    if (!answer) return;
    const { batchId, problem, ...counts } = await this.desk.ignoreAll(issues, answer.reason);
    this.#wasPutAside();
    const text = ignoredText(counts, this.#locale);
    if (batchId !== undefined && counts.ignored > 0)
      this.#toaster.showUndo(text, () => this.#undoAll(batchId));
    else if (text !== '') this.#toaster.show(text);
    if (problem) this.#toaster.showProblem(problem);
  }

  async #undoAll(id: string): Promise<void> {
    await this.#running.undo({ id, subject: 'issues' });
    this.#wasPutAside();
  }

  #ignoreQuestion({ nl, en }: Issue['title'], count: number, isBlocking: boolean): Question {
    const subject = this.#locale === 'en' ? en : nl;
    return ignoreQuestion({ subject, count, isBlocking, locale: this.#locale });
  }

  async #putAside(issues: readonly Issue[], question: Question): Promise<BulkOutcome | undefined> {
    const answer = await this.#ask(question);
    if (!answer) return undefined;
    const outcome = await this.desk.ignore(issues, answer.reason);
    this.#wasPutAside();
    return outcome;
  }

  #wasPutAside(): void {
    this.#reload();
    // The row that had the focus is gone.
    this.list()?.nativeElement.focus({ preventScroll: true });
  }

  #report(outcome: BulkOutcome): void {
    const { done, skipped } = outcome;
    const text = ignoredText({ ignored: done.length, skipped }, this.#locale);
    if (done.length > 0) this.#toaster.showUndo(text, () => this.reopen(done));
    else if (skipped > 0) this.#toaster.show(text);
    if (outcome.problem) this.#toaster.showProblem(outcome.problem);
  }

  #reload(): void {
    this.pages.reload();
    this.coupling.reload();
  }
}

const uncounted = <T extends { readonly open: number }>(count: T): T => ({ ...count, open: 0 });
