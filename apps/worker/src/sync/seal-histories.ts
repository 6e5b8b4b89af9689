import type { TenantId } from '@koppel/domain/kernel';
import type { Database } from '@koppel/persistence';
import { findUnsealedTenants, sealHistory, type Anchor } from '@koppel/persistence/history';
import type { Services } from '../services.js';

const tenantsMax = 500;
const actsAtOnce = 500;
/** Of each tenant, per round: what a large comparison did is sealed in some rounds. */
const portionsMax = 20;
/** What is left after that is for the next schedule: notices of changes and the next resyncs wait behind this round. */
const roundMaxMs = 20_000;

type Needed = Pick<Services, 'database' | 'log' | 'deps' | 'stopping'>;

/** Adds what was done since the last time to the chain of each tenant's history, and tells where it ends: a log kept elsewhere is its anchor. */
export async function sealHistories({ database, log, deps, stopping }: Needed): Promise<void> {
  const until = deps.uptime() + roundMaxMs;
  const isOver = (): boolean => stopping.aborted || deps.uptime() >= until;
  for (const tenantId of await findUnsealedTenants(database, tenantsMax)) {
    if (isOver()) return;
    const head = await sealOne(database, tenantId, isOver);
    if (head) log.info({ tenantId, number: head.number, link: head.link }, 'history sealed');
  }
}

/** Where the chain ends by then; null when nothing was added. */
async function sealOne(
  database: Database,
  tenantId: TenantId,
  isOver: () => boolean,
): Promise<Anchor | null> {
  let end: Anchor | null = null;
  for (let portion = 0; portion < portionsMax; portion += 1) {
    const { acts, head } = await sealHistory(database, { tenantId, limit: actsAtOnce });
    end = head ?? end;
    if (acts < actsAtOnce || isOver()) break;
  }
  return end;
}
