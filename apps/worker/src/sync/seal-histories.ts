import type { TenantId } from '@koppel/domain/kernel';
import { findUnsealedTenants, sealHistory, type Anchor } from '@koppel/persistence/history';
import type { Services } from '../services.js';

const tenantsMax = 500;
const actsAtOnce = 500;
/** Of each tenant, per round: what a large comparison did is sealed in some rounds. */
const portionsMax = 20;

type Needed = Pick<Services, 'database' | 'log'>;

/** Adds what was done since the last time to the chain of each tenant's history, and tells where it ends: a log kept elsewhere is its anchor. */
export async function sealHistories({ database, log }: Needed): Promise<void> {
  for (const tenantId of await findUnsealedTenants(database, tenantsMax)) {
    const head = await sealOne(database, tenantId);
    if (head) log.info({ tenantId, number: head.number, link: head.link }, 'history sealed');
  }
}

/** Where the chain ends by then; null when nothing was added. */
async function sealOne(database: Needed['database'], tenantId: TenantId): Promise<Anchor | null> {
  let end: Anchor | null = null;
  for (let portion = 0, last = actsAtOnce; last === actsAtOnce && portion < portionsMax; portion += 1) {
    const { acts, head } = await sealHistory(database, { tenantId, limit: actsAtOnce });
    last = acts;
    end = head ?? end;
  }
  return end;
}
