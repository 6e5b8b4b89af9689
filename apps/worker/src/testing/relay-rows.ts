import { asId, type Message, type TenantId } from '@koppel/domain/kernel';
import type { OutboxEntry } from '@koppel/persistence';

const tenantId = asId<TenantId>('01990000-0000-7000-8000-000000000001');

/** A row of the outbox in a simulation; `uid` stays its own when an older backup gives `id` out again. */
export interface Row {
  readonly uid: number;
  readonly id: number;
  readonly kind: string;
  readonly isOfResync: boolean;
  readonly availableAt: number;
  readonly isSent: boolean;
}

/** A message that tells which one it is. */
interface SentMessage {
  readonly uid: number;
  readonly isOfResync: boolean;
  readonly message: Message;
}

/** A row as the relay reads it. */
export function toEntry({ uid, id, kind, isOfResync, availableAt }: Row): OutboxEntry {
  const bare = { kind } as Message;
  const message = { ...bare, uid, isOfResync, message: bare } as unknown as Message;
  return { id, availableAt: new Date(availableAt), tenantId, message, isOfResync };
}

/** Which row a message came from, and what it carries. */
export function toldBy(message: Message): SentMessage {
  return message as unknown as SentMessage;
}
