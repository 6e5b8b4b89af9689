import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { Router, RouterLink } from '@angular/router';
import { listSyncRunsEndpoint, setResyncIntervalEndpoint, startResyncEndpoint } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { Icon } from '../ui/icon.js';
import { CountPipe, DurationPipe, MomentPipe } from '../ui/pipes.js';
import { Toaster } from '../ui/toaster.js';

const runsMax = 10;
/** Minutes between two resyncs that can be chosen. */
const intervals = [10, 15, 30, 60, 120, 240, 480, 1_440] as const;

/** How often everything is resynced, resync now, and the last runs. */
@Component({
  selector: 'kp-manage-sync',
  imports: [
    Icon,
    CountPipe,
    DurationPipe,
    MomentPipe,
    RouterLink,
    MatButton,
    MatFormField,
    MatLabel,
    MatSelect,
    MatOption,
  ],
  templateUrl: './manage-sync.html',
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }
    .settings {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: 14px;
      padding: 18px 20px;
      border-bottom: 1px solid var(--kp-line);
    }
    mat-form-field {
      width: 240px;
    }
    .none {
      padding: 18px 20px;
    }
  `,
})
export class ManageSync {
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #router = inject(Router);
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  protected readonly paths = paths;
  protected readonly runs = endpointResource(listSyncRunsEndpoint, () => ({ query: { limit: runsMax } }));
  protected readonly isStarting = signal(false);
  protected readonly minutes = computed(() => this.coupling.value()?.resyncMinutes);
  /** The usual ones, and the present one when it is another. */
  protected readonly choices = computed(() => {
    const minutes = this.minutes();
    return [...new Set([...intervals, ...(minutes === undefined ? [] : [minutes])])].toSorted(
      (a, b) => a - b,
    );
  });

  protected async setInterval(minutes: number): Promise<void> {
    const result = await this.#call(setResyncIntervalEndpoint, { body: { minutes } });
    if (result.ok) this.coupling.set(result.value);
    else this.#toaster.showProblem(result.problem);
  }

  protected async resync(): Promise<void> {
    this.isStarting.set(true);
    const result = await this.#call(startResyncEndpoint, { body: {} });
    this.isStarting.set(false);
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    await this.#router.navigateByUrl(paths.run(result.value.runId));
  }

  protected kindText(kind: 'initial' | 'addition' | 'resync'): string {
    switch (kind) {
      case 'initial':
        return $localize`:@@runKind.initial:Eerste keer`;
      case 'addition':
        return $localize`:@@runKind.addition:Toegevoegde administraties`;
      case 'resync':
        return $localize`:@@runKind.resync:Bijwerken`;
    }
  }

  protected triggerText(run: {
    trigger: 'person' | 'schedule' | 'webhook';
    startedByName: string | null;
  }): string {
    if (run.startedByName) return run.startedByName;
    return run.trigger === 'webhook'
      ? $localize`:@@runTrigger.webhook:seintje van Exact`
      : $localize`:@@runTrigger.schedule:volgens schema`;
  }

  protected stateText(state: 'fetching' | 'comparing' | 'completed' | 'failed' | 'cancelled'): string {
    switch (state) {
      case 'fetching':
      case 'comparing':
        return $localize`:@@runState.running:Bezig`;
      case 'completed':
        return $localize`:@@runState.completed:Klaar`;
      case 'failed':
        return $localize`:@@runState.failed:Deels mislukt`;
      case 'cancelled':
        return $localize`:@@runState.cancelled:Afgebroken`;
    }
  }
}
