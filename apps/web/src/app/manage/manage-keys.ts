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
import { Icon } from '../ui/icon.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Toaster } from '../ui/toaster.js';

type Scope = (typeof apiKeyScope.options)[number];

/** API keys of the organisation: make one (shown once), see when each was last used, revoke. */
@Component({
  selector: 'kp-manage-keys',
  imports: [Ago, Icon, ProblemPanel, MatButton, MatFormField, MatInput, MatLabel, MatSelect, MatOption],
  templateUrl: './manage-keys.html',
  styleUrl: './manage-keys.scss',
})
export class ManageKeys {
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #ask = injectAsk();
  protected readonly list = endpointResource(listApiKeysEndpoint, () => ({}));
  protected readonly keys = computed(() =>
    (this.list.value()?.items ?? []).filter((key) => key.revokedAt === null),
  );
  protected readonly scopes = apiKeyScope.options;
  protected readonly name = signal('');
  protected readonly scope = signal<Scope>('viewer');
  protected readonly isBusy = signal(false);
  /** The new key in full: it can be read only now. */
  protected readonly made = signal<string | undefined>(undefined);

  protected async create(): Promise<void> {
    const name = this.name().trim();
    if (name === '' || this.isBusy()) return;
    this.isBusy.set(true);
    const result = await this.#call(createApiKeyEndpoint, { body: { name, scopes: [this.scope()] } });
    this.isBusy.set(false);
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    this.made.set(result.value.key);
    this.name.set('');
    this.list.reload();
  }

  protected async copy(key: string): Promise<void> {
    await navigator.clipboard.writeText(key);
    this.#toaster.show($localize`:@@keys.copied:Gekopieerd.`);
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
    if (!result.ok) this.#toaster.showProblem(result.problem);
    this.list.reload();
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
