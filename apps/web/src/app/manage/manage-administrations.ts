import { Component, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import {
  listAdministrationsEndpoint,
  setAdministrationStateEndpoint,
  type Administration,
} from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { isCoupled } from '../coupling/select/selectable.js';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { Ago } from '../ui/ago.js';
import { injectAsk } from '../ui/ask-dialog.js';
import { Health, type HealthState } from '../ui/health.js';
import { Icon } from '../ui/icon.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';

/** The coupled administrations: pause, resume, remove, and the way to add more. */
@Component({
  selector: 'kp-manage-administrations',
  imports: [
    Ago,
    Health,
    Icon,
    ProblemPanel,
    Skeleton,
    RouterLink,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
  ],
  templateUrl: './manage-administrations.html',
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }
    header {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
    }
    .more {
      font-size: 19px;
    }
    .none {
      padding: 18px 20px;
    }
  `,
})
export class ManageAdministrations {
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #ask = injectAsk();
  protected readonly session = inject(CurrentSession);
  protected readonly paths = paths;
  protected readonly list = endpointResource(listAdministrationsEndpoint, () => ({}));
  protected readonly coupled = computed(() => (this.list.value()?.items ?? []).filter(isCoupled));
  protected readonly busyId = signal<string | undefined>(undefined);

  protected healthOf(administration: Administration): HealthState {
    switch (administration.state) {
      case 'active':
        return 'in-step';
      case 'paused':
        return 'paused';
      case 'access-lost':
        return 'access-lost';
      default:
        return 'not-active';
    }
  }

  protected async remove(administration: Administration): Promise<void> {
    const answer = await this.#ask({
      heading: $localize`:@@manage.removeHeading:${administration.name}:NAME: verwijderen`,
      lines: [
        $localize`:@@manage.removeEffect:Koppel haalt er niets meer op en schrijft er niets meer naar toe. De records blijven bij hun relaties zichtbaar, met hun herkomst.`,
        $localize`:@@manage.removeCode:De code ${administration.code ?? ''}:CODE: blijft voor altijd van deze administratie.`,
      ],
      confirm: $localize`:@@manage.removeConfirm:Verwijderen`,
      isDestructive: true,
    });
    if (answer) await this.setState(administration, 'removed');
  }

  protected async setState(
    administration: Administration,
    state: 'active' | 'paused' | 'removed',
  ): Promise<void> {
    this.busyId.set(administration.id);
    const result = await this.#call(setAdministrationStateEndpoint, {
      params: { id: administration.id },
      body: { state, version: administration.version },
    });
    this.busyId.set(undefined);
    if (!result.ok) this.#toaster.showProblem(result.problem);
    else if (state === 'paused') this.#offerResume(result.value);
    this.list.reload();
  }

  #offerResume(paused: Administration): void {
    const resume = () => void this.setState(paused, 'active');
    this.#toaster.showUndo($localize`:@@manage.paused:${paused.name}:NAME: is gepauzeerd.`, resume);
  }
}
