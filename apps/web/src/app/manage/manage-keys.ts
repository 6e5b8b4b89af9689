import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatInput, MatLabel } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import {
  apiKeyScope,
  createApiKeyEndpoint,
  listApiKeysEndpoint,
  revokeApiKeyEndpoint,
} from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { Ago } from '../ui/ago.js';
import { injectAsk } from '../ui/ask-dialog.js';
import { Clock } from '../ui/clock.js';
import { Icon } from '../ui/icon.js';
import { DayPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';
import { expiryOf, keyLifetimes, keyStateOf, type KeyLifetime, type KeyState } from './key-expiry.js';
import { SecretOnce } from './secret-once.js';

type Scope = (typeof apiKeyScope.options)[number];

/** API keys of the organisation: make one (shown once), see when each was last used, revoke. */
@Component({
  selector: 'kp-manage-keys',
  imports: [
    Ago,
    Icon,
    ProblemPanel,
    SecretOnce,
    Skeleton,
    DayPipe,
    MatButton,
    MatFormField,
    MatInput,
    MatLabel,
    MatSelect,
    MatOption,
  ],
  templateUrl: './manage-keys.html',
  styleUrl: './manage-keys.scss',
})
export class ManageKeys {
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #ask = injectAsk();
  readonly #clock = inject(Clock);
  protected readonly list = endpointResource(listApiKeysEndpoint, () => ({}));
  protected readonly keys = computed(() =>
    (this.list.value()?.items ?? []).filter((key) => key.revokedAt === null),
  );
  protected readonly scopes = apiKeyScope.options;
  protected readonly lifetimes = keyLifetimes;
  protected readonly name = signal('');
  protected readonly scope = signal<Scope>('viewer');
  protected readonly lifetime = signal<KeyLifetime>(365);
  protected readonly isBusy = signal(false);
  /** The new key in full: it can be read only now. */
  protected readonly made = signal<string | undefined>(undefined);

  protected async create(): Promise<void> {
    const name = this.name().trim();
    if (name === '' || this.isBusy()) return;
    this.isBusy.set(true);
    const expiresAt = expiryOf(this.lifetime(), this.#clock.read());
    const body = { name, scopes: [this.scope()], ...(expiresAt === undefined ? {} : { expiresAt }) };
    const result = await this.#call(createApiKeyEndpoint, { body });
    this.isBusy.set(false);
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    this.made.set(result.value.key);
    this.name.set('');
    this.list.reload();
  }

  protected async revoke(id: string, name: string): Promise<void> {
    const answer = await this.#ask({
      heading: $localize`:@@keys.revokeHeading:Sleutel ${name}:NAME: intrekken`,
      lines: [
        $localize`:@@keys.revokeEffect:Wat met deze sleutel werkt, krijgt meteen geen toegang meer. Dit kan niet worden teruggedraaid.`,
      ],
      confirm: $localize`:@@keys.revokeConfirm:Intrekken`,
      isDestructive: true,
    });
    if (!answer) return;
    const result = await this.#call(revokeApiKeyEndpoint, { params: { id } });
    if (result.ok) this.#toaster.show($localize`:@@keys.revoked:Sleutel ${name}:NAME: is ingetrokken.`);
    else this.#toaster.showProblem(result.problem);
    this.list.reload();
  }

  protected stateOf(expiresAt: string | null): KeyState {
    return keyStateOf(expiresAt, this.#clock.now());
  }

  protected lifetimeText(days: KeyLifetime): string {
    if (days === undefined) return $localize`:@@keys.noEnd:zonder einde`;
    return days === 365 ? $localize`:@@keys.year:1 jaar` : $localize`:@@keys.days:${days}:DAYS: dagen`;
  }

  protected scopeText(scope: Scope): string {
    switch (scope) {
      case 'viewer':
        return $localize`:@@scope.viewer:alleen lezen`;
      case 'reviewer':
        return $localize`:@@scope.reviewer:lezen en beslissen`;
      case 'admin':
        return $localize`:@@scope.admin:alles`;
    }
  }

  protected scopesText(scopes: readonly Scope[]): string {
    return scopes.map((scope) => this.scopeText(scope)).join(', ');
  }
}
