import type { Result, TenantId, UnitOfWork } from '@koppel/domain/kernel';
import { inTenant, type Database } from './database.js';
import { portsOf, type FullTransaction } from './ports.js';

/** Carries an err result through drizzle's roll-back, which only a throw starts. */
class RolledBack extends Error {
  constructor(readonly error: unknown) {
    super('rolled back');
  }
}

/** UnitOfWork over Postgres: read committed, row-level security for the tenant. */
export class DrizzleUnitOfWork implements UnitOfWork<FullTransaction> {
  constructor(private readonly database: Database) {}

  async run<T, E>(
    tenantId: TenantId,
    work: (tx: FullTransaction) => Promise<Result<T, E>>,
  ): Promise<Result<T, E>> {
    try {
      return await inTenant(this.database, tenantId, async (tx) => {
        const result = await work(portsOf(tx, tenantId));
        if (!result.ok) throw new RolledBack(result.error);
        return result;
      });
    } catch (error) {
      if (error instanceof RolledBack) return { ok: false, error: error.error as E }; // only `work` makes one
      throw error;
    }
  }
}
