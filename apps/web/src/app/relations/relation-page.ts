import { Component, computed, effect, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import {
  chooseLeadingEndpoint,
  editRelationEndpoint,
  getRelationEndpoint,
  resolveConflictEndpoint,
  unlinkEndpoint,
  type SourceRelation,
} from '@koppel/contracts';
import type { ApiProblem } from '../api/api-problem.js';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { ActionList } from '../history/action-list.js';
import { injectUndoAction } from '../history/undo-action.js';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { injectAddressState } from '../ui/address-state.js';
import { injectAsk } from '../ui/ask-dialog.js';
import { Clock } from '../ui/clock.js';
import { Icon } from '../ui/icon.js';
import { PageHeader } from '../ui/page-header.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';
import { ConflictCard, type Conflict } from './conflict-card.js';
import { EditForm } from './edit-form.js';
import type { EditedValues } from './edited-values.js';
import { SourceHead } from './source-head.js';
import { isDay, localDay } from './day.js';
import { UseElsewhere } from './use-elsewhere.js';
import { ValuesOn } from './values-on.js';
import { ValuesTable, type LeadingChoice } from './values-table.js';
import { WhyOne } from './why-one.js';

/** One merged relation: leading values with their origins, its records per administration, and its history. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Icon,
    ValuesTable,
    ValuesOn,
    EditForm,
    ConflictCard,
    SourceHead,
    UseElsewhere,
    WhyOne,
    ActionList,
    MatButton,
    RouterLink,
  ],
  templateUrl: './relation-page.html',
  styleUrl: './relation-page.scss',
})
export class RelationPage {
  readonly id = input.required<string>();
  /** The day on whose end the values are shown, as it stands in the address. */
  readonly op = input<string>();
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #router = inject(Router);
  readonly #ask = injectAsk();
  protected readonly session = inject(CurrentSession);
  protected readonly undoing = injectUndoAction();
  protected readonly paths = paths;
  protected readonly read = endpointResource(getRelationEndpoint, () => ({ params: { id: this.id() } }));
  readonly #present = computed(
    () => this.read.value()?.sources.filter(({ state }) => state === 'present') ?? [],
  );
  protected readonly rolesElsewhere = computed(
    () => new Set<string>(this.#present().flatMap(({ roles }) => roles)),
  );
  /** Administrations that still have a record of it. */
  protected readonly usedIn = computed(
    () => new Set(this.#present().map(({ administrationId }) => administrationId)).size,
  );
  protected readonly write = injectAddressState();
  protected readonly today = localDay(inject(Clock).now());
  protected readonly day = computed(() => (isDay(this.op()) ? this.op() : undefined));
  protected readonly isEditing = signal(false);
  protected readonly isBusy = signal(false);
  protected readonly editProblem = signal<ApiProblem | undefined>(undefined);
  protected readonly editReason = computed(() => {
    if (!this.session.mayDecide()) return $localize`:@@relation.readOnly:Uw rol staat wijzigen niet toe.`;
    if (this.read.value()?.isFrozen)
      return $localize`:@@relation.frozen:Contacten staan vast zolang de koppeling loopt.`;
    return undefined;
  });

  constructor() {
    // The address of a merged relation keeps working: it leads to the survivor.
    effect(() => {
      const relation = this.read.value();
      const survivor = relation?.survivorId ?? relation?.id;
      if (survivor !== undefined && survivor !== this.id()) {
        void this.#router.navigateByUrl(paths.relation(survivor), { replaceUrl: true });
      }
    });
  }

  protected async edit(values: EditedValues): Promise<void> {
    const relation = this.read.value();
    if (!relation) return;
    this.isBusy.set(true);
    this.editProblem.set(undefined);
    const body = { version: relation.version, values };
    const result = await this.#call(editRelationEndpoint, { params: { id: relation.id }, body });
    this.isBusy.set(false);
    if (!result.ok) {
      this.editProblem.set(result.problem);
      if (result.problem.kind === 'changed-meanwhile') this.read.reload();
      return;
    }
    this.isEditing.set(false);
    this.read.set(result.value);
    const action = result.value.history[0];
    if (action?.isUndoable)
      this.#toaster.showUndo($localize`:@@relation.saved:Opgeslagen.`, () => this.undo(action.id));
  }

  protected async choose(choice: LeadingChoice): Promise<void> {
    const relation = this.read.value();
    if (!relation) return;
    const body = { version: relation.version, ...choice };
    const result = await this.#call(chooseLeadingEndpoint, { params: { id: relation.id }, body });
    if (result.ok) return this.read.set(result.value);
    this.#toaster.showProblem(result.problem);
    this.read.reload();
  }

  protected async resolve({ id, version }: Conflict, side: string): Promise<void> {
    const result = await this.#call(resolveConflictEndpoint, { params: { id }, body: { side, version } });
    if (result.ok) return this.read.set(result.value);
    this.#toaster.showProblem(result.problem);
    this.read.reload();
  }

  protected async unlink(source: SourceRelation): Promise<void> {
    const relation = this.read.value();
    if (!relation) return;
    const answer = await this.#ask({
      heading: $localize`:@@relation.unlinkHeading:Loskoppelen`,
      lines: [
        $localize`:@@relation.unlinkEffect:Het record uit ${source.administrationName}:NAME: wordt weer een eigen relatie. Er verandert niets in Exact Online.`,
        $localize`:@@relation.unlinkMemory:Koppel onthoudt dat deze twee niet bij elkaar horen. Ongedaan maken kan.`,
      ],
      confirm: $localize`:@@relation.unlinkConfirm:Loskoppelen`,
    });
    if (!answer) return;
    const body = { version: relation.version, sourceRelationId: source.id };
    const result = await this.#call(unlinkEndpoint, { params: { id: relation.id }, body });
    this.read.reload();
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    this.#toaster.showUndo($localize`:@@relation.unlinked:Losgekoppeld.`, () =>
      this.undo(result.value.actionId),
    );
  }

  protected async undo(actionId: string): Promise<void> {
    if (await this.undoing.undo(actionId)) this.read.reload();
  }
}
