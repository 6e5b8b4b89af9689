import { Component, computed, inject, LOCALE_ID, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
import { MatRadioButton, MatRadioGroup } from '@angular/material/radio';
import { Router, RouterLink } from '@angular/router';
import {
  activateCouplingEndpoint,
  getPlanEndpoint,
  planCsvPath,
  setAccountCreationEndpoint,
  type Coupling,
} from '@koppel/contracts';
import type { ApiProblem } from '../../api/api-problem.js';
import { injectCallEndpoint } from '../../api/call-endpoint.js';
import { endpointResource } from '../../api/endpoint-resource.js';
import { paths, pathOfStep } from '../../paths.js';
import { CurrentSession } from '../../session/current-session.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { PageHeader } from '../../ui/page-header.js';
import { CountPipe, MomentPipe } from '../../ui/pipes.js';
import { ProblemPanel } from '../../ui/problem-panel.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Toaster } from '../../ui/toaster.js';
import { CurrentCoupling } from '../current-coupling.js';
import { PlanTable } from './plan-table.js';
import { ReadAgain } from './read-again.js';

/** The end of step 6: what would be written into Exact, the choice, and activation. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Empty,
    PlanTable,
    ReadAgain,
    Icon,
    CountPipe,
    MomentPipe,
    RouterLink,
    MatButton,
    MatCheckbox,
    MatRadioGroup,
    MatRadioButton,
  ],
  templateUrl: './finish-page.html',
  styleUrl: './finish-page.scss',
})
export class FinishPage {
  readonly #call = injectCallEndpoint();
  readonly #router = inject(Router);
  readonly #toaster = inject(Toaster);
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  protected readonly paths = paths;
  /** Readable and to be kept before anything is written. */
  protected readonly planCsv = `${planCsvPath}?language=${inject(LOCALE_ID)}`;
  protected readonly isActive = computed(() => this.coupling.value()?.step === 'active');
  protected readonly isAtHand = computed(() => this.coupling.value()?.step === 'settings');
  protected readonly stepLink = computed(() => pathOfStep(this.coupling.value()?.step ?? 'connect'));
  protected readonly plan = endpointResource(getPlanEndpoint, () => (this.isAtHand() ? {} : undefined));
  protected readonly updates = computed(() =>
    (this.plan.value()?.perAdministration ?? []).reduce((sum, each) => sum + each.updates, 0),
  );
  protected readonly creates = computed(() =>
    (this.plan.value()?.perAdministration ?? []).reduce((sum, each) => sum + each.creates, 0),
  );
  protected readonly waiting = computed(() =>
    (this.plan.value()?.perAdministration ?? []).reduce((sum, each) => sum + each.waiting, 0),
  );
  protected readonly isAboveShare = computed(() =>
    (this.plan.value()?.perAdministration ?? []).some((each) => each.isAboveShare),
  );
  protected readonly hasWrites = computed(() => this.updates() + this.creates() + this.waiting() > 0);
  /** The number of new accounts that the admin said yes to; another plan asks anew. */
  protected readonly accepted = signal<number | undefined>(undefined);
  protected readonly isAccepted = computed(() => this.accepted() === this.creates());
  protected readonly writes = signal<boolean | undefined>(undefined);
  protected readonly isBusy = signal(false);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  protected readonly disabledReason = computed(() => {
    if (!this.session.isAdmin())
      return $localize`:@@finish.adminOnly:Alleen een beheerder kan de koppeling activeren.`;
    if (this.writes() === undefined && this.hasWrites())
      return $localize`:@@finish.choose:Kies eerst wat er met de verschillen gebeurt.`;
    if (this.writes() && this.plan.value()?.isReadLately === false)
      return $localize`:@@finish.readFirst:Haal eerst op wat er in Exact Online is gewijzigd.`;
    if (this.writes() && this.isAboveShare() && !this.isAccepted())
      return $localize`:@@finish.acceptFirst:Bevestig eerst het aantal nieuwe contacten.`;
    return undefined;
  });

  protected async setCreation(accountCreation: Coupling['accountCreation']): Promise<void> {
    this.isBusy.set(true);
    this.problem.set(undefined);
    const result = await this.#call(setAccountCreationEndpoint, { body: { accountCreation } });
    this.isBusy.set(false);
    if (!result.ok) return this.problem.set(result.problem);
    this.coupling.set(result.value);
    this.plan.reload();
  }

  /** The plan of now, and what came back to be reviewed. */
  protected readAgain(): void {
    this.plan.reload();
    this.coupling.reload();
  }

  protected async activate(): Promise<void> {
    if (this.disabledReason() !== undefined || this.isBusy()) return;
    this.isBusy.set(true);
    this.problem.set(undefined);
    const planFingerprint = this.plan.value()?.fingerprint;
    const acceptedCreates = this.accepted();
    const result = await this.#call(activateCouplingEndpoint, {
      body: {
        writeSharedValues: this.writes() ?? false,
        ...(planFingerprint !== undefined && { planFingerprint }),
        ...(acceptedCreates !== undefined && { acceptedCreates }),
      },
    });
    this.isBusy.set(false);
    if (!result.ok && isAboutPlan(result.problem)) this.plan.reload();
    if (!result.ok) return this.problem.set(result.problem);
    this.coupling.set(result.value);
    this.#toaster.show($localize`:@@finish.activated:De koppeling is actief.`);
    await this.#router.navigateByUrl(paths.overview);
  }
}

/** What was shown is not what would be written. */
function isAboutPlan({ kind }: ApiProblem): boolean {
  return kind === 'plan-changed' || kind === 'exact-not-read-lately';
}
