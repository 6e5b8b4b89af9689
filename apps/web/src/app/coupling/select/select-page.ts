import {
  Component,
  computed,
  DOCUMENT,
  effect,
  inject,
  input,
  linkedSignal,
  LOCALE_ID,
  signal,
  untracked,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import {
  listAdministrationsEndpoint,
  refreshAdministrationsEndpoint,
  selectAdministrationsEndpoint,
  type Administration,
} from '@koppel/contracts';
import type { ApiProblem } from '../../api/api-problem.js';
import { injectCallEndpoint } from '../../api/call-endpoint.js';
import { endpointResource } from '../../api/endpoint-resource.js';
import { poll } from '../../api/poll.js';
import { paths } from '../../paths.js';
import { CurrentSession } from '../../session/current-session.js';
import { injectAddressState } from '../../ui/address-state.js';
import { Ago } from '../../ui/ago.js';
import { ColumnMenu } from '../../ui/column-menu.js';
import { downloadCsv } from '../../ui/csv.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { PageHeader } from '../../ui/page-header.js';
import { ProblemPanel } from '../../ui/problem-panel.js';
import { SearchField } from '../../ui/search-field.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Toaster } from '../../ui/toaster.js';
import { CurrentCoupling } from '../current-coupling.js';
import { listingTrouble } from './listing-trouble.js';
import { administrationsCsv, selectColumnChoices, selectColumnsOf } from './select-columns.js';
import { SelectTable } from './select-table.js';
import { isCoupled, matchesSearch } from './selectable.js';

const pollMs = 1_500;

/** Step 2: which administrations to couple. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Empty,
    Icon,
    Ago,
    SelectTable,
    SearchField,
    ColumnMenu,
    MatButton,
    RouterLink,
  ],
  templateUrl: './select-page.html',
  styleUrl: './select-page.scss',
})
export class SelectPage {
  readonly zoek = input<string>();
  readonly kolommen = input<string>();
  readonly #call = injectCallEndpoint();
  readonly #router = inject(Router);
  readonly #toaster = inject(Toaster);
  readonly #coupling = inject(CurrentCoupling);
  readonly #document = inject(DOCUMENT);
  readonly #locale = inject(LOCALE_ID);
  protected readonly write = injectAddressState();
  protected readonly session = inject(CurrentSession);
  protected readonly paths = paths;
  protected readonly list = endpointResource(listAdministrationsEndpoint, () => ({}));
  protected readonly search = computed(() => this.zoek() ?? '');
  protected readonly columns = selectColumnChoices();
  protected readonly shownColumns = computed(() => selectColumnsOf(this.kolommen()));
  protected readonly shown = computed(() =>
    (this.list.value()?.items ?? []).filter((each) => matchesSearch(each, this.search())),
  );
  /** Starts with what was ticked before; a list that grows while it is read keeps the ticks. */
  protected readonly chosen = linkedSignal<readonly Administration[] | undefined, ReadonlySet<string>>({
    source: () => this.list.value()?.items,
    computation: (items, before) =>
      before?.source
        ? before.value
        : new Set((items ?? []).filter(({ state }) => state === 'selected').map(({ id }) => id)),
  });
  /** Until an answer says otherwise: a look that fails ends no waiting. */
  protected readonly isListing = linkedSignal<boolean | undefined, boolean>({
    source: () => this.list.value()?.isListing,
    computation: (isListing, before) => isListing ?? before?.value ?? false,
  });
  protected readonly isConnected = computed(() => this.#coupling.value()?.step !== 'connect');
  protected readonly hasCoupled = computed(() => (this.list.value()?.items ?? []).some(isCoupled));
  protected readonly trouble = computed(() => listingTrouble(this.#coupling.connection(), this.isListing()));
  protected readonly isSaving = signal(false);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  protected readonly disabledReason = computed(() => {
    if (!this.session.isAdmin())
      return $localize`:@@select.adminOnly:Alleen een beheerder kan administraties kiezen.`;
    if (this.chosen().size === 0)
      return $localize`:@@select.noneChosen:Vink eerst een of meer administraties aan.`;
    return undefined;
  });

  constructor() {
    let wasListing = false;
    effect(() => {
      const isListing = this.isListing();
      if (wasListing && !isListing) untracked(() => this.#coupling.reload());
      wasListing = isListing;
    });
    const afterMs = (): number | undefined => (this.isListing() ? pollMs : undefined);
    poll(this.list, { afterMs, look: () => this.lookAgain() });
  }

  /** The connection knows why a list takes long. */
  private lookAgain(): void {
    this.list.reload();
    this.#coupling.reload();
  }

  /** What the search leaves, with every fact. */
  protected saveCsv(): void {
    const name = $localize`:@@select.fileName:administraties.csv`;
    downloadCsv(this.#document, name, administrationsCsv(this.shown(), this.#locale));
  }

  protected async refresh(): Promise<void> {
    const result = await this.#call(refreshAdministrationsEndpoint, {});
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    this.list.reload();
  }

  protected async save(): Promise<void> {
    if (this.disabledReason() !== undefined || this.isSaving()) return;
    this.isSaving.set(true);
    this.problem.set(undefined);
    const body = { administrationIds: [...this.chosen()] };
    const result = await this.#call(selectAdministrationsEndpoint, { body });
    this.isSaving.set(false);
    if (!result.ok) return this.problem.set(result.problem);
    this.#coupling.set(result.value);
    await this.#router.navigateByUrl(paths.couplingPage('configure'));
  }
}
