import type { TenantId } from '@koppel/domain/kernel';
import type { NoticesTx, WatchesTx } from '@koppel/domain/webhooks';
import type { Tx } from '../database.js';
import { DrizzleNotices } from './drizzle-notices.js';
import { DrizzleWatches } from './drizzle-watches.js';

export type WebhookPorts = NoticesTx & WatchesTx;

/** The adapters of the webhooks context. */
export function webhookPortsOf(tx: Tx, tenantId: TenantId): WebhookPorts {
  return { notices: new DrizzleNotices(tx, tenantId), watches: new DrizzleWatches(tx, tenantId) };
}
