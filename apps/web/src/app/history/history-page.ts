import { Component, computed, ElementRef, inject, input, LOCALE_ID, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { listActionsEndpoint, listAdministrationsEndpoint, type Action } from '@koppel/contracts';
import { endpointPages } from '../api/endpoint-pages.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { isCoupled } from '../coupling/select/selectable.js';
import { CurrentSession } from '../session/current-session.js';
import { injectAddressState } from '../ui/address-state.js';
import { injectAsk } from '../ui/ask-dialog.js';
import { Empty } from '../ui/empty.js';
import { formatCount } from '../ui/format.js';
import { Icon } from '../ui/icon.js';
import { PageHeader } from '../ui/page-header.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { SearchField } from '../ui/search-field.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';
import { ActionList } from './action-list.js';
import { undoQuestion } from './action-words.js';
import { undoBatchQuestion, type ActionBatch } from './batch-words.js';
import { injectRunBatch } from './run-batch.js';
import { injectExportHistory } from './export-history.js';
import { RelationFilter } from './relation-filter.js';
import { injectUndoAction } from './undo-action.js';

const pageSize = 50;

/** Every action on relations: who, what, when; undone from here for ever, where it can be. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Empty,
    Icon,
    SearchField,
    RelationFilter,
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
    .tools > * {
      flex: 1 1 220px;
    }
    .more {
      display: flex;
      margin: 16px auto 0;
    }
  `,
})
export class HistoryPage {
  readonly wie = input<string>();
  readonly relatie = input<string>();
  readonly administratie = input<string>();
  readonly #ask = injectAsk();
  readonly #toaster = inject(Toaster);
  readonly #locale = inject(LOCALE_ID);
  private readonly list = viewChild<unknown, ElementRef<HTMLElement>>('list', { read: ElementRef });
  protected readonly write = injectAddressState();
  protected readonly session = inject(CurrentSession);
  protected readonly undoing = injectUndoAction({ showsRefusal: true });
  protected readonly running = injectRunBatch();
  protected readonly busyBatch = signal<string | undefined>(undefined);
  protected readonly exporting = injectExportHistory();
  readonly #filter = computed(() => ({
    actor: this.wie() || undefined,
    relationId: this.relatie() || undefined,
    administrationId: this.administratie() || undefined,
  }));
  protected readonly pages = endpointPages(listActionsEndpoint, () => ({
    query: { limit: pageSize, ...this.#filter() },
  }));
  readonly #administrations = endpointResource(listAdministrationsEndpoint, () => ({}));
  protected readonly coupled = computed(() => (this.#administrations.value()?.items ?? []).filter(isCoupled));
  protected readonly isFiltered = computed(() => Object.values(this.#filter()).some(Boolean));

  protected clear(): void {
    void this.write({ wie: undefined, relatie: undefined, administratie: undefined });
  }

  protected async ask(action: Action): Promise<void> {
    const question = undoQuestion(action);
    if (!question || (await this.#ask(question))) await this.undo(action.id);
  }

  protected async undo(actionId: string): Promise<void> {
    if (!(await this.undoing.undo(actionId))) return;
    this.pages.reload();
    // The button that had the focus is gone.
    this.list()?.nativeElement.focus({ preventScroll: true });
  }

  protected async askBatch(batch: ActionBatch): Promise<void> {
    if (!(await this.#ask(undoBatchQuestion(batch, this.#locale)))) return;
    this.busyBatch.set(batch.id);
    await this.running.undo(batch);
    this.busyBatch.set(undefined);
    this.pages.reload();
    this.list()?.nativeElement.focus({ preventScroll: true });
  }

  protected async export(): Promise<void> {
    const saved = await this.exporting.save(this.#filter());
    if (saved instanceof Error) return this.#toaster.showProblem(saved);
    const count = formatCount(saved.count, this.#locale);
    this.#toaster.show(
      saved.isCut
        ? $localize`:@@history.exportedCut:De nieuwste ${count}:COUNT: handelingen zijn bewaard. Kies een filter voor oudere.`
        : $localize`:@@history.exported:${count}:COUNT: handelingen bewaard als CSV.`,
    );
  }
}
