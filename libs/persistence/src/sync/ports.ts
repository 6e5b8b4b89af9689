import type { TenantId } from '@koppel/domain/kernel';
import type { SourcePartsTx } from '@koppel/domain/relations';
import type {
  CursorsTx,
  SourceStoreTx,
  SyncPolicyTx,
  SyncRunsTx,
  SyncStepsTx,
  WriteIntentsTx,
} from '@koppel/domain/sync';
import type { Tx } from '../database.js';
import { silentEvents, type Events } from '../events/drizzle-events.js';
import { DrizzleCursors } from './drizzle-cursors.js';
import { DrizzleSourceParts } from './drizzle-source-parts.js';
import { DrizzleSourceStore } from './drizzle-source-store.js';
import { DrizzleSyncPolicy } from './drizzle-sync-policy.js';
import { DrizzleSyncRuns } from './drizzle-sync-runs.js';
import { DrizzleSyncSteps } from './drizzle-sync-steps.js';
import { DrizzleWriteIntents } from './drizzle-write-intents.js';

export type SyncPorts = SyncRunsTx &
  SyncStepsTx &
  CursorsTx &
  SourceStoreTx &
  SourcePartsTx &
  SyncPolicyTx &
  WriteIntentsTx;

/** The adapters of the sync context. */
export function syncPortsOf(tx: Tx, tenantId: TenantId, events: Events = silentEvents): SyncPorts {
  return {
    syncRuns: new DrizzleSyncRuns(tx, tenantId, events),
    syncSteps: new DrizzleSyncSteps(tx, tenantId),
    cursors: new DrizzleCursors(tx, tenantId),
    sourceStore: new DrizzleSourceStore(tx, tenantId),
    sourceParts: new DrizzleSourceParts(tx, tenantId),
    syncPolicy: new DrizzleSyncPolicy(tx, tenantId),
    writeIntents: new DrizzleWriteIntents(tx, tenantId),
  };
}
