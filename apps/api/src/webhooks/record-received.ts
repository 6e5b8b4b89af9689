import type { Deps } from '@koppel/domain/kernel';
import { recordNotices } from '@koppel/domain/webhooks';
import { findCoupledDivisions, type Database, type FullTransaction } from '@koppel/persistence';
import type { CountedNotice } from './notice-inbox.js';

/** Hands each notice to every tenant that has the administration active; those of nobody are dropped without a word. */
export async function recordReceived(
  { database, deps }: { readonly database: Database; readonly deps: Deps<FullTransaction> },
  received: readonly CountedNotice[],
): Promise<void> {
  const keys = new Map(
    received.map(({ region, division }) => [`${region} ${division}`, { region, division }]),
  );
  const coupled = await findCoupledDivisions(database, [...keys.values()]);
  for (const [tenantId, own] of Map.groupBy(coupled, (each) => each.tenantId)) {
    const notices = own.flatMap(({ administrationId, region, division }) =>
      received
        .filter((notice) => notice.region === region && notice.division === division)
        .map(({ topic, count }) => ({ administrationId, topic, count })),
    );
    await recordNotices(deps, { tenantId, notices });
  }
}
