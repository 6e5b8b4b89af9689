import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatHint, MatLabel } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { RouterLink } from '@angular/router';
import type { Region } from '@koppel/contracts';
import { paths, pathOfStep } from '../../paths.js';
import { CurrentSession } from '../../session/current-session.js';
import { Icon } from '../../ui/icon.js';
import { PageHeader } from '../../ui/page-header.js';
import { ProblemPanel } from '../../ui/problem-panel.js';
import { CurrentCoupling } from '../current-coupling.js';
import { injectBeginConnection } from './begin-connection.js';
import { ConnectionCard } from './connection-card.js';
import { regions } from './regions.js';

/** Step 1: consent at Exact Online. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    ConnectionCard,
    Icon,
    RouterLink,
    MatButton,
    MatFormField,
    MatHint,
    MatLabel,
    MatSelect,
    MatOption,
  ],
  templateUrl: './connect-page.html',
  styleUrl: './connect-page.scss',
})
export class ConnectPage {
  /** `other` when another Exact user has to sign in than who did so before. */
  readonly user = input<string>();
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  protected readonly connecting = injectBeginConnection();
  protected readonly regions = regions();
  protected readonly region = signal<Region>('nl');
  protected readonly site = computed(
    () => this.regions.find((each) => each.value === this.region())?.site ?? '',
  );
  protected readonly connections = computed(() =>
    (this.coupling.value()?.connections ?? []).filter((each) => each.state !== 'disconnected'),
  );
  protected readonly nextLink = computed(() => {
    const step = this.coupling.value()?.step;
    return step && step !== 'connect' ? (step === 'active' ? paths.overview : pathOfStep(step)) : undefined;
  });

  protected begin(): void {
    void this.connecting.begin(this.region(), this.user() === 'other');
  }
}
