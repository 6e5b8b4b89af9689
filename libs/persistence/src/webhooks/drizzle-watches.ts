import { eq } from 'drizzle-orm';
import type { AdministrationId, TenantId } from '@koppel/domain/kernel';
import type { Watch, Watches } from '@koppel/domain/webhooks';
import type { Tx } from '../database.js';
import { watches } from '../schema/index.js';

/** Watches over Postgres. */
export class DrizzleWatches implements Watches {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async find(administrationId: AdministrationId): Promise<Watch | undefined> {
    const [row] = await this.tx.select().from(watches).where(eq(watches.administrationId, administrationId));
    return (
      row && {
        administrationId,
        subscriptions: row.subscriptions as Watch['subscriptions'], // our own rows
        attempts: row.attempts,
        failure: row.failure as Watch['failure'],
        checkedAt: row.checkedAt,
      }
    );
  }

  async put(watch: Watch): Promise<void> {
    const { administrationId: _, ...columns } = watch;
    await this.tx
      .insert(watches)
      .values({ ...watch, tenantId: this.tenantId })
      .onConflictDoUpdate({ target: [watches.tenantId, watches.administrationId], set: columns });
  }
}
