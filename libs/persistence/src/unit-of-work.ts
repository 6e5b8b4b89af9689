import { setTimeout } from 'node:timers/promises';
import type { Result, TenantId, UnitOfWork } from '@koppel/domain/kernel';
import { isCollision } from './collision.js';
import { inTenant, type Database } from './database.js';
import { portsOf, type FullTransaction } from './ports.js';

/** Carries an err result through drizzle's roll-back, which only a throw starts. */
class RolledBack extends Error {
  constructor(readonly error: unknown) {
    super('rolled back');
  }
}

/** What happens to work that collided with another transaction (deadlock, serialization failure). */
export interface CollisionPolicy {
  /** Times that it is done again before the error is the caller's. */
  readonly retriesMax: number;
  /** From 0 to 1: spreads the pauses between. */
  readonly random: () => number;
}

/** The longest pause before the first retry; each next one may be twice as long. */
const pauseMs = 50;

/** UnitOfWork over Postgres: read committed, row-level security for the tenant. */
export class DrizzleUnitOfWork implements UnitOfWork<FullTransaction> {
  constructor(
    private readonly database: Database,
    private readonly policy: CollisionPolicy = { retriesMax: 0, random: () => 0 },
  ) {}

  async run<T, E>(
    tenantId: TenantId,
    work: (tx: FullTransaction) => Promise<Result<T, E>>,
  ): Promise<Result<T, E>> {
    for (let retry = 0; retry < this.policy.retriesMax; retry += 1)
      try {
        return await this.attempt(tenantId, work);
      } catch (error) {
        if (!isCollision(error)) throw error;
        await setTimeout(this.policy.random() * pauseMs * 2 ** retry);
      }
    return this.attempt(tenantId, work);
  }

  private async attempt<T, E>(
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
