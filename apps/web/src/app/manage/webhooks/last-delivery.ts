import { Component, input } from '@angular/core';
import { listWebhookDeliveriesEndpoint } from '@koppel/contracts';
import { endpointResource } from '../../api/endpoint-resource.js';
import { Ago } from '../../ui/ago.js';
import { watchDeliveries } from './watch-deliveries.js';
import { deliveryText } from './webhook-texts.js';

/** The newest delivery of a webhook. */
@Component({
  selector: 'kp-last-delivery',
  imports: [Ago],
  template: `
    @if (list.value(); as page) {
      @if (page.items[0]; as last) {
        {{ deliveryText(last.state) }}, <kp-ago [at]="last.occurredAt" />
      } @else {
        <ng-container i18n="@@webhooks.never">nog niets</ng-container>
      }
    } @else if (list.problem(); as problem) {
      {{ problem.title }}
    }
  `,
})
export class LastDelivery {
  readonly endpointId = input.required<string>();
  readonly isEnabled = input.required<boolean>();
  protected readonly list = endpointResource(listWebhookDeliveriesEndpoint, () => ({
    params: { id: this.endpointId() },
    query: { limit: 1 },
  }));
  protected readonly deliveryText = deliveryText;

  constructor() {
    watchDeliveries(this.list, this.isEnabled);
  }
}
