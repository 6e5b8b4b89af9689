import { Component, computed, inject, LOCALE_ID, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
import { Router, RouterLink } from '@angular/router';
import {
  confirmCouplingEndpoint,
  estimateHandlingEndpoint,
  getConfigurationEndpoint,
  saveConfigurationEndpoint,
  type Configuration,
} from '@koppel/contracts';
import type { ApiProblem } from '../../api/api-problem.js';
import { injectCallEndpoint } from '../../api/call-endpoint.js';
import { endpointResource } from '../../api/endpoint-resource.js';
import { paths } from '../../paths.js';
import { CurrentSession } from '../../session/current-session.js';
import { Clock } from '../../ui/clock.js';
import { Empty } from '../../ui/empty.js';
import { PageHeader } from '../../ui/page-header.js';
import { MomentPipe } from '../../ui/pipes.js';
import { ProblemPanel } from '../../ui/problem-panel.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Toaster } from '../../ui/toaster.js';
import { CurrentCoupling } from '../current-coupling.js';
import { CodeField } from './code-field.js';
import { isUsable, type CodeCheck } from './code-verdict.js';
import { codesOf, emptyDraft, handlingOf } from './configure-draft.js';
import { HandlingChoice } from './handling-choice.js';
import { InvoicePreview } from './invoice-preview.js';

/** Step 3: contact handling, administration codes, and the confirmation that starts the run. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Empty,
    HandlingChoice,
    CodeField,
    InvoicePreview,
    MomentPipe,
    MatButton,
    MatCheckbox,
    RouterLink,
  ],
  templateUrl: './configure-page.html',
  styleUrl: './configure-page.scss',
})
export class ConfigurePage {
  readonly #call = injectCallEndpoint();
  readonly #router = inject(Router);
  readonly #toaster = inject(Toaster);
  readonly #locale = inject(LOCALE_ID);
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  protected readonly clock = inject(Clock);
  protected readonly paths = paths;
  protected readonly read = endpointResource(getConfigurationEndpoint, () => ({}));
  // Costly to count, and only of use to who can choose.
  protected readonly estimates = endpointResource(estimateHandlingEndpoint, () =>
    this.isHandlingEditable() ? {} : undefined,
  );

  readonly #draft = signal(emptyDraft);
  protected readonly handling = computed(() => handlingOf(this.read.value(), this.#draft()));
  protected readonly codes = computed(() => codesOf(this.read.value(), this.#draft()));
  protected readonly checks = signal<Readonly<Record<string, CodeCheck | undefined>>>({});
  protected readonly isConfirmed = signal(false);
  protected readonly isBusy = signal(false);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);

  /** Codes and the text can be changed until the run has begun; afterwards this page only shows them. */
  protected readonly isEditable = computed(
    () => this.session.isAdmin() && this.coupling.value()?.step === 'configure',
  );
  /** Nothing is selected yet, or no longer: codes are saved for a selection. */
  protected readonly isBeforeSelection = computed(() => this.coupling.value()?.step === 'select');
  /** An active coupling goes on by another choice from its next synchronisation. */
  protected readonly isHandlingEditable = computed(
    () => this.isEditable() || (this.session.isAdmin() && this.coupling.value()?.step === 'active'),
  );
  protected readonly text = computed(() => {
    const text = this.read.value()?.confirmationText;
    return text === undefined ? '' : this.#locale === 'en' ? text.en : text.nl;
  });
  protected readonly disabledReason = computed(() => {
    if (this.handling() === null)
      return $localize`:@@configure.needHandling:Kies eerst hoe contacten worden behandeld.`;
    const checks = (this.read.value()?.codes ?? []).map((each) => this.checks()[each.administrationId]);
    if (checks.some((check) => check === undefined))
      return $localize`:@@configure.needCheck:De codes worden nog gecontroleerd.`;
    if (checks.some((check) => check && !isUsable(check.verdict)))
      return $localize`:@@configure.needCodes:Niet elke administratie heeft een bruikbare code.`;
    if (!this.isConfirmed())
      return $localize`:@@configure.needConfirm:Bevestig eerst dat contacten met rust worden gelaten.`;
    return undefined;
  });

  protected othersOf(administrationId: string): readonly { code: string; name: string }[] {
    const codes = this.codes();
    return (this.read.value()?.codes ?? [])
      .filter((each) => each.administrationId !== administrationId)
      .map((each) => ({ code: codes[each.administrationId] ?? '', name: each.name }));
  }

  protected setHandling(handling: Configuration['contactHandling']): void {
    this.#draft.update((draft) => ({ ...draft, handling }));
  }

  protected setCode(administrationId: string, code: string): void {
    this.#draft.update(({ codes, ...draft }) => ({
      ...draft,
      codes: { ...codes, [administrationId]: code },
    }));
  }

  protected setCheck(administrationId: string, check: CodeCheck | undefined): void {
    this.checks.update((checks) => ({ ...checks, [administrationId]: check }));
  }

  protected async save(): Promise<void> {
    const saved = this.isEditable()
      ? $localize`:@@configure.saved:Bewaard. U kunt later verder gaan.`
      : $localize`:@@configure.savedForNext:Bewaard; geldt vanaf de volgende synchronisatie.`;
    if (await this.#save()) this.#toaster.show(saved);
  }

  protected async start(): Promise<void> {
    if (this.disabledReason() !== undefined || this.isBusy() || !(await this.#save())) return;
    this.isBusy.set(true);
    const result = await this.#call(confirmCouplingEndpoint, {
      body: { isConfirmed: true, text: this.text() },
    });
    this.isBusy.set(false);
    // Also when refused: somebody else may have begun it.
    this.coupling.reload();
    if (!result.ok) return this.problem.set(result.problem);
    await this.#router.navigateByUrl(paths.couplingPage('synchronise'));
  }

  async #save(): Promise<boolean> {
    const contactHandling = this.handling();
    const version = this.read.value()?.version;
    if (contactHandling === null || version === undefined) return false;
    this.isBusy.set(true);
    this.problem.set(undefined);
    const typed = this.isEditable() ? this.codes() : {};
    const codes = Object.entries(typed).map(([administrationId, code]) => ({ administrationId, code }));
    const result = await this.#call(saveConfigurationEndpoint, { body: { contactHandling, codes, version } });
    this.isBusy.set(false);
    if (result.ok) {
      this.read.set(result.value);
      this.#draft.set(emptyDraft);
      // What waits because of the choice in force counts differently under another one.
      this.estimates.reload();
      return true;
    }
    this.problem.set(result.problem);
    if (result.problem.kind === 'changed-meanwhile') {
      // What was typed stays; beside what somebody else saved it is to be looked at, and confirmed, once more.
      this.isConfirmed.set(false);
      this.read.reload();
    }
    this.coupling.reload();
    return false;
  }
}
