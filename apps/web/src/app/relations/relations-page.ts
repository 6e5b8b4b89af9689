import { Component, computed, inject, input, LOCALE_ID } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { RouterLink } from '@angular/router';
import { listAdministrationsEndpoint, listRelationsEndpoint, relationsCsvPath } from '@koppel/contracts';
import { endpointPages } from '../api/endpoint-pages.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { queryOf } from '../api/endpoint-url.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { isCoupled } from '../coupling/select/selectable.js';
import { paths } from '../paths.js';
import { injectAddressState } from '../ui/address-state.js';
import { ColumnMenu } from '../ui/column-menu.js';
import { Empty } from '../ui/empty.js';
import { Icon } from '../ui/icon.js';
import { PageHeader } from '../ui/page-header.js';
import { CountPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { SearchField } from '../ui/search-field.js';
import { Skeleton } from '../ui/skeleton.js';
import { columns, columnsOf, columnText } from './columns.js';
import { relationsQueryOf } from './relations-query.js';
import { RelationsTable } from './relations-table.js';

const pageSize = 50;

/** Every merged relation; search, filter and order are the server's and stand in the address. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Empty,
    Icon,
    SearchField,
    ColumnMenu,
    RelationsTable,
    CountPipe,
    MatButton,
    MatFormField,
    MatLabel,
    MatSelect,
    MatOption,
    RouterLink,
  ],
  templateUrl: './relations-page.html',
  styleUrl: './relations-page.scss',
})
export class RelationsPage {
  readonly zoek = input<string>();
  readonly administratie = input<string>();
  readonly rol = input<string>();
  readonly gekoppeld = input<string>();
  readonly volgorde = input<string>();
  readonly kolommen = input<string>();
  protected readonly write = injectAddressState();
  readonly #locale = inject(LOCALE_ID);
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly paths = paths;
  protected readonly columns = columns.map((key) => ({ key, text: columnText(key) }));
  protected readonly shown = computed(() => columnsOf(this.kolommen()));
  protected readonly query = computed(() =>
    relationsQueryOf({
      zoek: this.zoek(),
      administratie: this.administratie(),
      rol: this.rol(),
      gekoppeld: this.gekoppeld(),
      volgorde: this.volgorde(),
    }),
  );
  protected readonly pages = endpointPages(listRelationsEndpoint, () => ({
    query: { ...this.query(), limit: pageSize },
  }));
  protected readonly csv = computed(
    () =>
      `${relationsCsvPath}?${new URLSearchParams(queryOf({ ...this.query(), language: this.#locale })).toString()}`,
  );
  protected readonly isFiltered = computed(() =>
    Boolean(this.zoek() || this.administratie() || this.rol() || this.gekoppeld()),
  );
  readonly #administrations = endpointResource(listAdministrationsEndpoint, () => ({}));
  protected readonly coupled = computed(() => (this.#administrations.value()?.items ?? []).filter(isCoupled));

  protected clear(): void {
    void this.write({ zoek: undefined, administratie: undefined, rol: undefined, gekoppeld: undefined });
  }
}
