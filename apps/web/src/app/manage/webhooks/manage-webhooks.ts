import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import {
  changeWebhookEndpointEndpoint,
  createWebhookEndpointEndpoint,
  listWebhookEndpointsEndpoint,
  pingWebhookEndpointEndpoint,
  removeWebhookEndpointEndpoint,
  rotateWebhookSecretEndpoint,
  type WebhookEndpoint,
} from '@koppel/contracts';
import type { ApiProblem } from '../../api/api-problem.js';
import { injectCallEndpoint } from '../../api/call-endpoint.js';
import { endpointResource } from '../../api/endpoint-resource.js';
import { Freshness } from '../../api/freshness.js';
import { injectAsk } from '../../ui/ask-dialog.js';
import { Icon } from '../../ui/icon.js';
import { MomentPipe } from '../../ui/pipes.js';
import { ProblemPanel } from '../../ui/problem-panel.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Toaster } from '../../ui/toaster.js';
import { SecretOnce } from '../secret-once.js';
import { LastDelivery } from './last-delivery.js';
import { WebhookDeliveries } from './webhook-deliveries.js';
import { WebhookDialog, type WebhookForm, type WebhookQuestion } from './webhook-dialog.js';
import { removeQuestion, rotateQuestion } from './webhook-questions.js';
import { eventsText, stateText } from './webhook-texts.js';

/** As the api: more are refused. */
const endpointsMax = 20;

/** Where the organisation is told of events: add, change, try, switch and remove, and see what was delivered. */
@Component({
  selector: 'kp-manage-webhooks',
  imports: [Icon, LastDelivery, MatButton, MomentPipe, ProblemPanel, SecretOnce, Skeleton, WebhookDeliveries],
  templateUrl: './manage-webhooks.html',
  styleUrl: './manage-webhooks.scss',
})
export class ManageWebhooks {
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #ask = injectAsk();
  readonly #dialog = inject(MatDialog);
  readonly #freshness = inject(Freshness);
  protected readonly list = endpointResource(listWebhookEndpointsEndpoint, () => ({}));
  protected readonly endpoints = computed(() => this.list.value()?.items ?? []);
  protected readonly isFull = computed(() => this.endpoints().length >= endpointsMax);
  protected readonly endpointsMax = endpointsMax;
  /** The secret in full: it can be read only now. */
  protected readonly made = signal<string | undefined>(undefined);
  protected readonly openId = signal<string | undefined>(undefined);
  protected readonly eventsText = eventsText;
  protected readonly stateText = stateText;

  protected edit(endpoint?: WebhookEndpoint): void {
    const save = (form: WebhookForm) => (endpoint ? this.#change(endpoint, form) : this.#create(form));
    this.#dialog.open<WebhookDialog, WebhookQuestion>(WebhookDialog, {
      data: { endpoint, save },
      width: '520px',
      maxWidth: 'calc(100vw - 32px)',
    });
  }

  protected async switch(endpoint: WebhookEndpoint): Promise<void> {
    const problem = await this.#change(endpoint, { isEnabled: !endpoint.isEnabled });
    if (problem) this.#toaster.showProblem(problem);
  }

  protected async ping({ id }: WebhookEndpoint): Promise<void> {
    const result = await this.#call(pingWebhookEndpointEndpoint, { params: { id } });
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    this.openId.set(id);
    this.#toaster.show($localize`:@@webhooks.pinged:Testbericht onderweg.`);
    this.#freshness.refresh();
  }

  protected async rotate({ id, url, version }: WebhookEndpoint): Promise<void> {
    if (!(await this.#ask(rotateQuestion(url)))) return;
    const result = await this.#call(rotateWebhookSecretEndpoint, { params: { id }, body: { version } });
    if (!result.ok) {
      this.#toaster.showProblem(result.problem);
      return this.list.reload();
    }
    this.made.set(result.value.secret);
    this.list.reload();
  }

  protected async remove({ id, url, version }: WebhookEndpoint): Promise<void> {
    if (!(await this.#ask(removeQuestion(url)))) return;
    const result = await this.#call(removeWebhookEndpointEndpoint, { params: { id }, body: { version } });
    if (result.ok) this.#toaster.show($localize`:@@webhooks.removed:De webhook is verwijderd.`);
    else this.#toaster.showProblem(result.problem);
    if (this.openId() === id) this.openId.set(undefined);
    this.list.reload();
  }

  protected toggle({ id }: WebhookEndpoint): void {
    this.openId.update((open) => (open === id ? undefined : id));
  }

  async #create(body: WebhookForm): Promise<ApiProblem | undefined> {
    const result = await this.#call(createWebhookEndpointEndpoint, { body });
    if (!result.ok) return result.problem;
    this.made.set(result.value.secret);
    this.list.reload();
    return undefined;
  }

  async #change(
    { id, version }: WebhookEndpoint,
    changes: Partial<WebhookForm> & { readonly isEnabled?: boolean },
  ): Promise<ApiProblem | undefined> {
    const body = { version, ...changes };
    const result = await this.#call(changeWebhookEndpointEndpoint, { params: { id }, body });
    this.list.reload();
    return result.ok ? undefined : result.problem;
  }
}
