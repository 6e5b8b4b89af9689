import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Module, type DynamicModule } from '@nestjs/common';
import { Queue } from 'bullmq';
import type { QueueConnection, Queues } from './queues.js';
import { queueNames, upkeepQueue } from './queues.js';
import { OutboxRelay } from './outbox-relay.js';
import { createRunJob } from './run-job.js';
import { WebhookSender } from './events/webhook-sender.js';
import type { Services } from './services.js';
import { Sweeper } from './sweeper.js';
import { processors } from './sync/processors.js';
import { LOG, QUEUES, RUN_JOB, SERVICES } from './tokens.js';

@Module({})
export class WorkerModule {
  /** The worker around its services; everything that runs starts when the application context has started. */
  static of(services: Services, connection: QueueConnection): DynamicModule {
    const { log } = services;
    return {
      module: WorkerModule,
      imports: [
        BullModule.forRoot({ connection: connection.options }),
        BullModule.registerQueue(...queueNames.map((name) => ({ name }))),
      ],
      providers: [
        { provide: SERVICES, useValue: services },
        { provide: LOG, useValue: log },
        {
          provide: RUN_JOB,
          inject: [QUEUES],
          useFactory: (queues: Queues) => createRunJob(services, queues[upkeepQueue]),
        },
        {
          provide: QUEUES,
          inject: queueNames.map((name) => getQueueToken(name)),
          useFactory: (...ofProcessors: Queue[]): Queues => {
            // Not those of the module, whose connections the processors have as well.
            const queues = queueNames.map((name) => new Queue(name, { connection: connection.producers }));
            // Without a listener BullMQ writes an error of a queue to the console.
            for (const queue of [...ofProcessors, ...queues])
              queue.on('error', (error) => log.warn({ queue: queue.name, err: error }, 'queue error'));
            return Object.fromEntries(queues.map((queue) => [queue.name, queue])) as Queues; // one per name
          },
        },
        OutboxRelay,
        WebhookSender,
        Sweeper,
        ...processors,
      ],
    };
  }
}
