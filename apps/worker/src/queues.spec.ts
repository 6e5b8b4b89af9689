import { describe, expect, it } from 'vitest';
import { asId, type Message, type SyncRunId, type SyncStepId } from '@koppel/domain/kernel';
import { queueOf } from './queues.js';

const runId = asId<SyncRunId>('01900000-0000-7000-8000-000000000001');
const step: Message = {
  kind: 'run-step',
  runId,
  stepId: asId<SyncStepId>('01900000-0000-7000-8000-000000000002'),
};
const comparison: Message = { kind: 'compare-run', runId };

describe('the queue of a message', () => {
  it('lets no first coupling stand before a resync, neither in fetching nor in comparing (F95)', () => {
    const queues = [step, comparison].flatMap((message) =>
      [false, true].map((isOfResync) => queueOf({ message, isOfResync })),
    );

    expect(new Set(queues).size).toBe(4);
  });

  it('asks for no run where there is none', () => {
    expect(queueOf({ message: { kind: 'fetch-noticed' }, isOfResync: false })).toBe('koppel-upkeep');
  });
});
