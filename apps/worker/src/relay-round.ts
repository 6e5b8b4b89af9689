import type { OutboxEntry, OutboxPortion } from '@koppel/persistence';
import { jobOptions, messageKinds, queueNames, queueOf, type JobData, type QueueName } from './queues.js';

/** A job of a message, as a queue is given it. */
export interface MessageJob {
  readonly name: string;
  readonly data: JobData;
  readonly opts: typeof jobOptions & { readonly jobId: string };
}

/** What one round of the relay works with. */
export interface RelayPorts {
  /** As `dispatchOutbox`: locks a portion, hands it on, and marks it as sent when that resolves. */
  readonly dispatch: (
    portion: OutboxPortion,
    send: (entries: readonly OutboxEntry[]) => Promise<void>,
  ) => Promise<number>;
  /** Adds jobs; a queue passes by ids that it knows. Rejects when the queue does not answer in time. */
  readonly add: (queue: QueueName, jobs: readonly MessageJob[]) => Promise<void>;
  /** A resync is among what is about to be handed on. */
  readonly onResync: () => void;
}

/**
 * Moves one portion of messages from the outbox to their queues: at least once, in order, and marked as sent only when all queues
 * have taken theirs. True when there may be more at once.
 */
export async function relayRound({ dispatch, add, onResync }: RelayPorts, limit: number): Promise<boolean> {
  const sent = await dispatch({ limit, kinds: messageKinds }, async (entries) => {
    if (entries.some(({ isOfResync }) => isOfResync)) onResync();
    for (const queue of queueNames) {
      const jobs = entries.filter((entry) => queueOf(entry) === queue).map(toJob);
      if (jobs.length > 0) await add(queue, jobs);
    }
  });
  return sent === limit;
}

/** The queue passes by ids that it knows: after an older backup was restored, numbers are given out that it has seen (F28). */
function toJob({ id, availableAt, tenantId, message }: OutboxEntry): MessageJob {
  const jobId = `outbox-${id}-${availableAt.getTime()}`;
  return { name: message.kind, data: { kind: 'message', tenantId, message }, opts: { ...jobOptions, jobId } };
}
