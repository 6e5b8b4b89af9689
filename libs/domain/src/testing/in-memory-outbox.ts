import type { Message, MessageKind, Outbox } from '../kernel/index.js';

/** An outbox that keeps what was sent, in order. */
export class InMemoryOutbox implements Outbox {
  readonly sent: { readonly message: Message; readonly availableAt: Date | undefined }[] = [];

  async add(message: Message, availableAt?: Date): Promise<void> {
    this.sent.push({ message, availableAt });
  }

  async addMany(messages: readonly Message[]): Promise<void> {
    for (const message of messages) await this.add(message);
  }

  messages(): Message[] {
    return this.sent.map((one) => one.message);
  }

  kinds(): MessageKind[] {
    return this.sent.map((one) => one.message.kind);
  }
}
