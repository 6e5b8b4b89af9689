import { InMemoryOutbox } from './in-memory-outbox.js';
import { describeOutboxContract } from './outbox.contract.js';

describeOutboxContract(async () => {
  const outbox = new InMemoryOutbox();
  const dueAt = async (moment: Date) =>
    outbox.sent.filter((one) => !one.availableAt || one.availableAt <= moment).map((one) => one.message);
  return { outbox, dueAt };
});
