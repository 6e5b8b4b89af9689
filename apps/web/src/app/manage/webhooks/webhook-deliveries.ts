import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  getWebhookDeliveryEndpoint,
  listWebhookDeliveriesEndpoint,
  replayWebhookDeliveryEndpoint,
} from '@koppel/contracts';
import { injectCallEndpoint } from '../../api/call-endpoint.js';
import { endpointPages } from '../../api/endpoint-pages.js';
import { endpointResource } from '../../api/endpoint-resource.js';
import { MomentPipe } from '../../ui/pipes.js';
import { ProblemPanel } from '../../ui/problem-panel.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Toaster } from '../../ui/toaster.js';
import { ReplayRange } from './replay-range.js';
import { watchDeliveries } from './watch-deliveries.js';
import { deliveryText, eventText, failureText } from './webhook-texts.js';

const pageSize = 20;

/** What was or is to be delivered to a webhook, newest first, with the attempts of one and replays. */
@Component({
  selector: 'kp-webhook-deliveries',
  imports: [MatButton, MomentPipe, ProblemPanel, ReplayRange, Skeleton],
  templateUrl: './webhook-deliveries.html',
  styleUrl: './webhook-deliveries.scss',
})
export class WebhookDeliveries {
  readonly endpointId = input.required<string>();
  readonly isEnabled = input.required<boolean>();
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  protected readonly pages = endpointPages(listWebhookDeliveriesEndpoint, () => ({
    params: { id: this.endpointId() },
    query: { limit: pageSize },
  }));
  protected readonly openId = signal<string | undefined>(undefined);
  protected readonly attempts = endpointResource(
    getWebhookDeliveryEndpoint,
    () => {
      const id = this.openId();
      return id === undefined ? undefined : { params: { id } };
    },
    { keepsLast: false },
  );
  protected readonly isEmpty = computed(
    () => this.pages.first.value() !== undefined && this.pages.items().length === 0,
  );
  protected readonly deliveryText = deliveryText;
  protected readonly eventText = eventText;
  protected readonly failureText = failureText;

  constructor() {
    // A new first page takes the ones below it away.
    const isFirstOnly = () => this.pages.items().length <= pageSize;
    watchDeliveries(this.pages.first, () => this.isEnabled() && isFirstOnly());
  }

  protected toggle(id: string): void {
    this.openId.update((open) => (open === id ? undefined : id));
  }

  protected reload(): void {
    this.pages.reload();
    this.attempts.reload();
  }

  protected async replay(id: string): Promise<void> {
    const result = await this.#call(replayWebhookDeliveryEndpoint, { params: { id } });
    if (result.ok) this.#toaster.show($localize`:@@webhooks.replayed:Het bericht gaat opnieuw weg.`);
    else this.#toaster.showProblem(result.problem);
    this.reload();
  }
}
