import type { OutboxTx, TenantId } from '@koppel/domain/kernel';
import type { Tx } from './database.js';
import { DrizzleOutbox } from './outbox.js';

/** Every port that a use case can ask for. Each context adds its own part. */
export type FullTransaction = OutboxTx;

/** The adapters of one running transaction. */
export function portsOf(tx: Tx, tenantId: TenantId): FullTransaction {
  return { outbox: new DrizzleOutbox(tx, tenantId) };
}
