import { Component, computed, inject, input, LOCALE_ID, output, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import {
  refreshAdministrationsEndpoint,
  setAdministrationStateEndpoint,
  type Administration,
  type Dashboard,
} from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { isCoupled } from '../coupling/select/selectable.js';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { Ago } from '../ui/ago.js';
import { injectAsk } from '../ui/ask-dialog.js';
import { Health, type HealthState } from '../ui/health.js';
import { Icon } from '../ui/icon.js';
import { CountPipe } from '../ui/pipes.js';
import { Toaster } from '../ui/toaster.js';
import { effectOf, mayBecome, type WantedState } from './administration-effect.js';

type Facts = Dashboard['administrations'][number];

/** The coupled administrations: pause, resume, remove with the effect shown first, and the way to add more. */
@Component({
  selector: 'kp-manage-administrations',
  imports: [
    Ago,
    Health,
    Icon,
    CountPipe,
    RouterLink,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
  ],
  templateUrl: './manage-administrations.html',
  styleUrl: './manage-administrations.scss',
})
export class ManageAdministrations {
  readonly administrations = input.required<readonly Administration[]>();
  readonly facts = input.required<readonly Facts[]>();
  readonly isListing = input(false);
  readonly changed = output();
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #ask = injectAsk();
  readonly #locale = inject(LOCALE_ID);
  protected readonly session = inject(CurrentSession);
  protected readonly paths = paths;
  protected readonly mayBecome = mayBecome;
  protected readonly busyId = signal<string | undefined>(undefined);
  protected readonly coupled = computed(() => this.administrations().filter(isCoupled));
  protected readonly removed = computed(() =>
    this.administrations().filter(({ state }) => state === 'removed'),
  );

  protected factsOf(administration: Administration): Facts | undefined {
    return this.facts().find(({ id }) => id === administration.id);
  }

  /** As the dashboard sees it; without it, by the administration's own state. */
  protected healthOf(administration: Administration): HealthState {
    const seen = this.factsOf(administration)?.health;
    switch (administration.state) {
      case 'paused':
      case 'access-lost':
        return administration.state;
      case 'active':
        return seen ?? 'in-step';
      default:
        return seen ?? 'not-active';
    }
  }

  protected actionsLabel({ name }: Administration): string {
    return $localize`:@@manage.actionsOf:Acties voor ${name}:NAME:`;
  }

  protected async ask(administration: Administration, wanted: 'paused' | 'removed'): Promise<void> {
    const seen = { records: this.factsOf(administration)?.records ?? 0, locale: this.#locale };
    if (await this.#ask(effectOf(administration, wanted, seen))) await this.become(administration, wanted);
  }

  protected async become(administration: Administration, state: WantedState): Promise<void> {
    this.busyId.set(administration.id);
    const result = await this.#call(setAdministrationStateEndpoint, {
      params: { id: administration.id },
      body: { state, version: administration.version },
    });
    this.busyId.set(undefined);
    if (!result.ok) this.#toaster.showProblem(result.problem);
    else this.#report(result.value);
    this.changed.emit();
  }

  protected async refresh(): Promise<void> {
    const result = await this.#call(refreshAdministrationsEndpoint, {});
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    this.#toaster.show(
      $localize`:@@manage.looking:Koppel vraagt Exact opnieuw welke administraties bereikbaar zijn.`,
    );
    this.changed.emit();
  }

  #report(now: Administration): void {
    if (now.state === 'paused') {
      const resume = () => this.become(now, 'active');
      this.#toaster.showUndo($localize`:@@manage.paused:${now.name}:NAME: is gepauzeerd.`, resume);
    } else if (now.state === 'removed') {
      this.#toaster.show($localize`:@@manage.wasRemoved:${now.name}:NAME: is uit de koppeling gehaald.`);
    } else {
      this.#toaster.show($localize`:@@manage.resumed:${now.name}:NAME: gaat weer verder.`);
    }
  }
}
