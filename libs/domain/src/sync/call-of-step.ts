import type { Administration } from '../administrations/index.js';
import type { TenantId } from '../kernel/index.js';
import type { CallPurpose, SourceAdministration } from './relation-source.port.js';
import type { SyncRun } from './sync-run.js';

/** Who waits for a call of the run. */
export function purposeOf({ kind, trigger }: SyncRun): CallPurpose {
  if (kind !== 'resync') return 'initial';
  return trigger === 'webhook' ? 'webhook' : 'resync';
}

/** The administration as a source knows it. */
export function sourceOf(tenantId: TenantId, administration: Administration): SourceAdministration {
  const { id, connectionId, region, division } = administration;
  return { tenantId, id, connectionId, region, division };
}
