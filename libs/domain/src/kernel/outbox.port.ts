import type { Message } from './message.js';

/** Messages that leave with the transaction, or not at all. Delivered at least once. */
export interface Outbox {
  /** `availableAt`: not before this moment; at once when left out. */
  add(message: Message, availableAt?: Date): Promise<void>;
  /** Several, in this order, at once. */
  addMany(messages: readonly Message[]): Promise<void>;
}

/** The part of a transaction that sends messages. */
export interface OutboxTx {
  readonly outbox: Outbox;
}
