import { Controller, Inject } from '@nestjs/common';
import {
  changedMeanwhile,
  entityTag,
  changeWebhookEndpointEndpoint,
  createWebhookEndpointEndpoint,
  listWebhookEndpointsEndpoint,
  notFound,
  removeWebhookEndpointEndpoint,
  rotateWebhookSecretEndpoint,
  tooManyWebhookEndpoints,
  webhookUrlRefused,
  type Response,
} from '@koppel/contracts';
import { refusalOfUrl } from '@koppel/domain/outgoing-events';
import { invariant, ok, type Deps, type TenantId } from '@koppel/domain/kernel';
import type { FullTransaction } from '@koppel/persistence';
import type { WebhookEndpoint } from '@koppel/persistence/events';
import type { Config } from '../config.js';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { CONFIG, DEPS } from '../tokens.js';
import { changedEndpoint } from './changed-endpoint.js';
import { toEndpointResponse } from './webhook-response.js';
import { WebhookSecrets } from './webhook-secrets.js';

const endpointsMax = 20;
const previousSecretMs = 24 * 3_600_000;

@Controller()
export class WebhookEndpointsController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(WebhookSecrets) private readonly secrets: WebhookSecrets,
  ) {}

  @Route(listWebhookEndpointsEndpoint)
  async list(
    @Call() { tenantId }: Call<typeof listWebhookEndpointsEndpoint>,
  ): Promise<Response<typeof listWebhookEndpointsEndpoint>> {
    const endpoints = await this.inTenant(tenantId, (tx) => tx.webhookEndpoints.findMany());
    return { items: endpoints.map((one) => this.shown(one)) };
  }

  @Route(createWebhookEndpointEndpoint)
  async create(
    @Call() { tenantId, body, actor }: Call<typeof createWebhookEndpointEndpoint>,
  ): Promise<Response<typeof createWebhookEndpointEndpoint>> {
    this.refuseBadUrl(body.url);
    const id = this.deps.newId();
    const { secret, sealed } = this.secrets.make({ id, tenantId });
    const endpoint: WebhookEndpoint = {
      ...{ id, tenantId, ...body, eventTypes: [...new Set(body.eventTypes)] },
      ...{ isEnabled: true, disabledReason: null, disabledAt: null, failingSince: null },
      ...{ secret: sealed, previous: null, version: 1 },
      ...{ createdBy: actor.name, createdAt: this.deps.now() },
    };
    await this.inTenant(tenantId, async (tx) => {
      await tx.webhookEndpoints.holdAdding(tenantId);
      const others = await tx.webhookEndpoints.findMany();
      if (others.length >= endpointsMax) throw new ProblemError(tooManyWebhookEndpoints);
      await tx.webhookEndpoints.add(endpoint);
    });
    return { endpoint: this.shown(endpoint), secret };
  }

  @Route(changeWebhookEndpointEndpoint)
  async change(
    @Call() { tenantId, params, body }: Call<typeof changeWebhookEndpointEndpoint>,
  ): Promise<Response<typeof changeWebhookEndpointEndpoint>> {
    const { version, ...changes } = body;
    return this.inTenant(tenantId, async (tx) => {
      const endpoint = await locked(tx, params.id, version);
      if (changes.url !== undefined) this.refuseBadUrl(changes.url);
      const now = this.deps.now();
      const after = changedEndpoint(endpoint, changes, now);
      await tx.webhookEndpoints.save(after);
      if (changes.isEnabled !== undefined)
        await tx.issues.resolve([`webhook-disabled:${endpoint.id}`], now, 'Koppel');
      return this.shown(after);
    });
  }

  @Route(removeWebhookEndpointEndpoint)
  async remove(
    @Call() { tenantId, params, body }: Call<typeof removeWebhookEndpointEndpoint>,
  ): Promise<void> {
    await this.inTenant(tenantId, async (tx) => {
      await locked(tx, params.id, body.version);
      await tx.webhookEndpoints.remove(params.id);
      await tx.outbox.add({ kind: 'forget-deliveries', endpointId: params.id });
      await tx.issues.resolve([`webhook-disabled:${params.id}`], this.deps.now(), 'Koppel');
    });
  }

  @Route(rotateWebhookSecretEndpoint)
  async rotate(
    @Call() { tenantId, params, body }: Call<typeof rotateWebhookSecretEndpoint>,
  ): Promise<Response<typeof rotateWebhookSecretEndpoint>> {
    return this.inTenant(tenantId, async (tx) => {
      // Of two at once the second would take away the secret that receivers still check with.
      const endpoint = await locked(tx, params.id, body.version);
      const { secret, sealed } = this.secrets.make(endpoint);
      const until = new Date(this.deps.now().getTime() + previousSecretMs);
      const previous = { secret: endpoint.secret, until };
      const after = { ...endpoint, secret: sealed, previous, version: endpoint.version + 1 };
      await tx.webhookEndpoints.save(after);
      return { endpoint: this.shown(after), secret };
    });
  }

  private shown(endpoint: WebhookEndpoint): Response<typeof changeWebhookEndpointEndpoint> {
    return toEndpointResponse(endpoint, this.deps.now());
  }

  private refuseBadUrl(url: string): void {
    const { isLoopbackAllowed } = this.config;
    const reason = refusalOfUrl(URL.parse(url), { isLoopbackAllowed });
    if (reason) throw new ProblemError(webhookUrlRefused, { reason });
  }

  private async inTenant<T>(tenantId: TenantId, work: (tx: FullTransaction) => Promise<T>): Promise<T> {
    const done = await this.deps.uow.run<T, never>(tenantId, async (tx) => ok(await work(tx)));
    invariant(done.ok, 'this work refuses by throwing');
    return done.value;
  }
}

/** The endpoint as the person saw it. */
async function locked(tx: FullTransaction, id: string, seen: number): Promise<WebhookEndpoint> {
  const endpoint = await tx.webhookEndpoints.findByIdForUpdate(id);
  if (!endpoint) throw new ProblemError(notFound);
  const { version } = endpoint;
  if (version !== seen) throw new ProblemError(changedMeanwhile, { version }, { etag: entityTag(version) });
  return endpoint;
}
