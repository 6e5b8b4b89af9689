import { Controller, Inject } from '@nestjs/common';
import {
  getWebhookDeliveryEndpoint,
  listWebhookDeliveriesEndpoint,
  notFound,
  pingWebhookEndpointEndpoint,
  replayWebhookDeliveryEndpoint,
  replayWebhookRangeEndpoint,
  webhookSwitchedOff,
  type Response,
} from '@koppel/contracts';
import { pingType } from '@koppel/domain/outgoing-events';
import { inTenant, type Database, type Tx } from '@koppel/persistence';
import {
  addDelivery,
  findAttempts,
  findDelivery,
  listDeliveries,
  replayDelivery,
  replayRange,
  WebhookEndpoints,
  type DeliveryRow,
  type WebhookEndpoint,
} from '@koppel/persistence/events';
import type { Chance } from '../deps.js';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { CHANCE, DATABASE } from '../tokens.js';
import { toDeliveryResponse } from './webhook-response.js';

/** Events that one request sends anew. */
const replayedMax = 10_000;

@Controller()
export class DeliveriesController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CHANCE) private readonly chance: Chance,
  ) {}

  @Route(listWebhookDeliveriesEndpoint)
  async list(
    @Call() { tenantId, params, query }: Call<typeof listWebhookDeliveriesEndpoint>,
  ): Promise<Response<typeof listWebhookDeliveriesEndpoint>> {
    return inTenant(this.database, tenantId, async (tx) => {
      const { id: endpointId } = await endpointOf(tx, params.id);
      const { items, nextCursor } = await listDeliveries(tx, { endpointId, ...query });
      return { items: items.map(toDeliveryResponse), nextCursor };
    });
  }

  @Route(getWebhookDeliveryEndpoint)
  async get(
    @Call() { tenantId, params }: Call<typeof getWebhookDeliveryEndpoint>,
  ): Promise<Response<typeof getWebhookDeliveryEndpoint>> {
    return inTenant(this.database, tenantId, async (tx) => {
      const delivery = await deliveryOf(tx, params.id);
      const log = await findAttempts(tx, delivery.id);
      return {
        ...toDeliveryResponse(delivery),
        log: log.map((attempt) => ({ ...attempt, at: attempt.at.toISOString() })),
      };
    });
  }

  @Route(pingWebhookEndpointEndpoint)
  async ping(
    @Call() { tenantId, params }: Call<typeof pingWebhookEndpointEndpoint>,
  ): Promise<Response<typeof pingWebhookEndpointEndpoint>> {
    return inTenant(this.database, tenantId, async (tx) => {
      const endpoint = await endpointOf(tx, params.id);
      if (!endpoint.isEnabled) throw new ProblemError(webhookSwitchedOff);
      const { id: endpointId } = endpoint;
      const about = { type: pingType, subjectId: endpointId, data: { endpointId } } as const;
      const ping = { ...about, link: '/v1/webhook-endpoints', at: this.chance.now() };
      return toDeliveryResponse(await deliveryOf(tx, await addDelivery(tx, endpoint, ping)));
    });
  }

  @Route(replayWebhookRangeEndpoint)
  async replay(
    @Call() { tenantId, params, body }: Call<typeof replayWebhookRangeEndpoint>,
  ): Promise<Response<typeof replayWebhookRangeEndpoint>> {
    const now = this.chance.now();
    const until = body.until === undefined ? now : new Date(body.until);
    const range = { since: new Date(body.since), until, now, limit: replayedMax };
    return inTenant(this.database, tenantId, async (tx) => {
      // Locked, as who records attempts does: both write many of its deliveries.
      const endpoint = await new WebhookEndpoints(tx).findByIdForUpdate(params.id);
      if (!endpoint) throw new ProblemError(notFound);
      const { replayed, continueSince } = await replayRange(tx, endpoint, range);
      return { replayed, continueSince: continueSince?.toISOString() ?? null };
    });
  }

  @Route(replayWebhookDeliveryEndpoint)
  async replayOne(
    @Call() { tenantId, params }: Call<typeof replayWebhookDeliveryEndpoint>,
  ): Promise<Response<typeof replayWebhookDeliveryEndpoint>> {
    return inTenant(this.database, tenantId, async (tx) => {
      const { id } = await deliveryOf(tx, params.id);
      await replayDelivery(tx, id, this.chance.now());
      return toDeliveryResponse(await deliveryOf(tx, id));
    });
  }
}

async function endpointOf(tx: Tx, id: string): Promise<WebhookEndpoint> {
  const endpoint = await new WebhookEndpoints(tx).findById(id);
  if (!endpoint) throw new ProblemError(notFound);
  return endpoint;
}

async function deliveryOf(tx: Tx, id: string): Promise<DeliveryRow> {
  const delivery = await findDelivery(tx, id);
  if (!delivery) throw new ProblemError(notFound);
  return delivery;
}
