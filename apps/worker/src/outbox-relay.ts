import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { dispatchOutbox, trimOutbox } from '@koppel/persistence';
import { Loop } from './loop.js';
import type { Queues } from './queues.js';
import { relayRound, type RelayPorts } from './relay-round.js';
import type { Services } from './services.js';
import { QUEUES, SERVICES } from './tokens.js';

const messagesPerRound = 100;
const addTimeoutMs = 5_000;
const keptMs = 24 * 3_600_000;
const trimmedPerRound = 5_000;
/** Trims once in so many rounds. */
const roundsBetweenTrims = 1_000;

/** Moves messages from the outbox to the queue: at least once, in order, and only when they are marked as sent together. */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: Loop;
  private readonly ports: RelayPorts;
  private rounds = 0;

  constructor(
    @Inject(SERVICES) private readonly services: Pick<Services, 'database' | 'config' | 'log' | 'precedence'>,
    @Inject(QUEUES) queues: Queues,
  ) {
    const { config, log } = services;
    const everyMs = config.timings.relayEveryMs;
    this.loop = new Loop({ name: 'outbox relay', everyMs, log, work: () => this.round() });
    this.ports = {
      dispatch: (portion, send) => dispatchOutbox(services.database, portion, send),
      add: async (queue, jobs) => void (await within(addTimeoutMs, queues[queue].addBulk([...jobs]))),
      onResync: () => services.precedence.expectResync(),
    };
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  /** One round; true when there may be more at once. */
  async round(): Promise<boolean> {
    this.rounds += 1;
    if (this.rounds % roundsBetweenTrims === 0)
      await trimOutbox(this.services.database, { ageMs: keptMs, limit: trimmedPerRound });
    return relayRound(this.ports, messagesPerRound);
  }
}

/** The outbox rows are locked meanwhile, so a queue that does not answer must not hold them. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the queue did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
