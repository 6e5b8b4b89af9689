import { eq } from 'drizzle-orm';
import {
  accountCreations,
  asId,
  contactHandlings,
  type ConnectionId,
  type TenantId,
} from '@koppel/domain/kernel';
import { usableStates } from '@koppel/domain/administrations';
import type { SyncPolicy } from '@koppel/domain/sync';
import type { Tx } from '../database.js';
import { connections, couplings, tenants } from '../schema/index.js';

const minutesDefault = 60;
const usable: ReadonlySet<string> = new Set(usableStates);

/** What the coupling says about synchronising, over Postgres. */
export class DrizzleSyncPolicy implements SyncPolicy {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async read(): ReturnType<SyncPolicy['read']> {
    const [found] = await this.tx
      .select()
      .from(couplings)
      .leftJoin(tenants, eq(tenants.id, couplings.tenantId))
      .where(eq(couplings.tenantId, this.tenantId));
    const coupling = found?.couplings;
    const states = await this.tx.select({ id: connections.id, state: connections.state }).from(connections);
    return {
      // Without a choice nothing is merged by itself.
      contactHandling: contactHandlings.find((one) => one === coupling?.contactHandling) ?? 'manual',
      resyncMinutes: coupling?.resyncMinutes ?? minutesDefault,
      accountCreation: accountCreations.find((one) => one === coupling?.accountCreation) ?? 'first-use',
      isActive: Boolean(coupling?.activatedAt && found?.tenants?.featureEnabledAt),
      brokenConnectionIds: states
        .filter((row) => !usable.has(row.state))
        .map((row) => asId<ConnectionId>(row.id)),
    };
  }
}
