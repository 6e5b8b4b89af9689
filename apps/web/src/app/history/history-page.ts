import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { listActionsEndpoint, listAdministrationsEndpoint } from '@koppel/contracts';
import { endpointPages } from '../api/endpoint-pages.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { isCoupled } from '../coupling/select/selectable.js';
import { CurrentSession } from '../session/current-session.js';
import { injectAddressState } from '../ui/address-state.js';
import { Empty } from '../ui/empty.js';
import { PageHeader } from '../ui/page-header.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { SearchField } from '../ui/search-field.js';
import { Skeleton } from '../ui/skeleton.js';
import { ActionList } from './action-list.js';
import { injectUndoAction } from './undo-action.js';

const pageSize = 50;

/** Every action on relations: who, what, when; undone from here for ever, where it can be. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Empty,
    SearchField,
    ActionList,
    MatButton,
    MatFormField,
    MatLabel,
    MatSelect,
    MatOption,
  ],
  templateUrl: './history-page.html',
  styles: `
    .tools {
      display: flex;
      flex-wrap: wrap;
      gap: 10px;
      margin-bottom: 14px;
    }
    kp-search-field {
      flex: 0 1 320px;
    }
    mat-form-field {
      width: 240px;
    }
    .more {
      display: flex;
      margin: 16px auto 0;
    }
  `,
})
export class HistoryPage {
  readonly wie = input<string>();
  readonly administratie = input<string>();
  protected readonly write = injectAddressState();
  protected readonly session = inject(CurrentSession);
  protected readonly undoing = injectUndoAction();
  protected readonly pages = endpointPages(listActionsEndpoint, () => ({
    query: {
      limit: pageSize,
      actor: this.wie() || undefined,
      administrationId: this.administratie() || undefined,
    },
  }));
  readonly #administrations = endpointResource(listAdministrationsEndpoint, () => ({}));
  protected readonly coupled = computed(() => (this.#administrations.value()?.items ?? []).filter(isCoupled));

  protected async undo(actionId: string): Promise<void> {
    if (await this.undoing.undo(actionId)) this.pages.reload();
  }
}
