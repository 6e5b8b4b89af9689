import { Component, computed, inject, LOCALE_ID, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatHint, MatLabel } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { Router, RouterLink } from '@angular/router';
import {
  listSyncRunsEndpoint,
  setAccountCreationEndpoint,
  setResyncIntervalEndpoint,
  startResyncEndpoint,
  type Coupling,
} from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { endpointPages } from '../api/endpoint-pages.js';
import { poll } from '../api/poll.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { formatDuration } from '../ui/format.js';
import { Icon } from '../ui/icon.js';
import { CountPipe, DurationPipe, MomentPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';
import { runKindText, runLook, runStarterText, secondsOf, type RunSummary } from './run-summary.js';

const pageSize = 10;
const busyPollMs = 5_000;
/** Minutes between two resyncs that can be chosen. */
const intervals = [10, 15, 30, 60, 120, 240, 480, 1_440] as const;

/** How often everything is resynced, resync now, and the runs so far. */
@Component({
  selector: 'kp-manage-sync',
  imports: [
    Icon,
    ProblemPanel,
    Skeleton,
    CountPipe,
    DurationPipe,
    MomentPipe,
    RouterLink,
    MatButton,
    MatFormField,
    MatHint,
    MatLabel,
    MatSelect,
    MatOption,
  ],
  templateUrl: './manage-sync.html',
  styleUrl: './manage-sync.scss',
})
export class ManageSync {
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #router = inject(Router);
  readonly #locale = inject(LOCALE_ID);
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  protected readonly paths = paths;
  protected readonly runKindText = runKindText;
  protected readonly runStarterText = runStarterText;
  protected readonly runLook = runLook;
  protected readonly runs = endpointPages(listSyncRunsEndpoint, () => ({ query: { limit: pageSize } }));
  protected readonly running = computed(() => this.runs.items().find(({ endedAt }) => endedAt === null));
  protected readonly isStarting = signal(false);
  protected readonly minutes = computed(() => this.coupling.value()?.resyncMinutes);
  /** The usual ones, and the present one when it is another. */
  protected readonly choices = computed(() => {
    const minutes = this.minutes();
    const all = new Set<number>([...intervals, ...(minutes === undefined ? [] : [minutes])]);
    return [...all].toSorted((a, b) => a - b);
  });
  protected readonly whyNot = computed(() => {
    const coupling = this.coupling.value();
    if (!coupling) return undefined;
    if (coupling.step !== 'active') return $localize`:@@manage.notActive:Kan zodra de koppeling is afgerond.`;
    if (coupling.connections.every(({ state }) => state === 'disconnected' || state === 'reauth-required'))
      return $localize`:@@manage.notConnected:Kan zodra de verbinding met Exact Online is hersteld.`;
    return undefined;
  });

  constructor() {
    const afterMs = (): number | undefined => (this.running() ? busyPollMs : undefined);
    poll(this.runs.first, { afterMs, look: () => this.runs.reload() });
  }

  protected durationOf(run: RunSummary): string {
    const seconds = secondsOf(run);
    return seconds === undefined ? '–' : formatDuration(seconds, this.#locale);
  }

  protected async setInterval(minutes: number): Promise<void> {
    const before = this.minutes();
    const result = await this.#call(setResyncIntervalEndpoint, { body: { minutes } });
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    this.coupling.set(result.value);
    const text = $localize`:@@manage.intervalSaved:Bijwerken gaat nu elke ${formatDuration(minutes * 60, this.#locale)}:DURATION:.`;
    if (before === undefined || before === minutes) return;
    this.#toaster.showUndo(text, () => this.setInterval(before), 'interval');
  }

  protected async setCreation(accountCreation: Coupling['accountCreation']): Promise<void> {
    const result = await this.#call(setAccountCreationEndpoint, { body: { accountCreation } });
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    this.coupling.set(result.value);
    this.#toaster.show($localize`:@@manage.creationSaved:Opgeslagen.`);
  }

  protected async resync(): Promise<void> {
    this.isStarting.set(true);
    const result = await this.#call(startResyncEndpoint, { body: {} });
    this.isStarting.set(false);
    if (result.ok) return void (await this.#router.navigateByUrl(paths.run(result.value.runId)));
    this.#toaster.showProblem(result.problem);
    // A run that someone else began is shown instead of the button.
    this.runs.reload();
  }
}
