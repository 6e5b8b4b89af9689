import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { claimEndpoints, type EndpointTurn } from '@koppel/persistence/events';
import { Loop } from '../loop.js';
import type { Services } from '../services.js';
import { SERVICES } from '../tokens.js';
import { deliverTurn, leaseMs } from './deliver-turn.js';

/** Endpoints that are delivered to at the same time: so many slow ones may stand still before another one waits for one of them. */
const turnsMax = 32;

/**
 * Hands events to the endpoints of integrators. The queue is in Postgres and every endpoint has turns of its own: a slow one holds up
 * nobody but itself (F54). A turn that dies with its worker is another's after a minute.
 */
@Injectable()
export class WebhookSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: Loop;
  private readonly turns = new Set<Promise<void>>();

  constructor(@Inject(SERVICES) private readonly services: Services) {
    const { config, log } = services;
    const everyMs = config.timings.relayEveryMs;
    this.loop = new Loop({ name: 'webhook sender', everyMs, log, work: () => this.round() });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  /** Posts under way are broken off, since `stopping` is aborted by then, and are sent anew by the next worker. */
  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
    await this.idle();
  }

  /** Starts the turns of endpoints that have none; does not wait for their ends. */
  async round(): Promise<void> {
    const limit = turnsMax - this.turns.size;
    if (limit === 0) return;
    const now = this.services.deps.now();
    for (const turn of await claimEndpoints(this.services.database, { now, leaseMs, limit }))
      this.begin(turn);
  }

  /** Resolves when the turns that were begun have ended. */
  async idle(): Promise<void> {
    await Promise.all(this.turns);
  }

  private begin(turn: EndpointTurn): void {
    const running = deliverTurn(this.services, turn)
      .catch((err: unknown) =>
        this.services.log.error({ endpointId: turn.endpointId, err }, 'webhook turn failed'),
      )
      .finally(() => this.turns.delete(running));
    this.turns.add(running);
  }
}
