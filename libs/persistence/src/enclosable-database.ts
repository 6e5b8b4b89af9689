import { AsyncLocalStorage } from 'node:async_hooks';
import type { TenantId } from '@koppel/domain/kernel';
import { inTenant, type Database, type Tx } from './database.js';

/** Undefined as soon as the enclosing transaction has ended: what is begun later goes its own way. */
interface Enclosure {
  tx: Tx | undefined;
}

/**
 * A database whose transactions can be made parts of one. What is begun within `enclose` (by `inTenant`, `inSystem` or a unit of work)
 * becomes a savepoint of its transaction; everything else takes a connection of the pool, as ever.
 */
export class EnclosableDatabase implements Database {
  private readonly enclosures = new AsyncLocalStorage<Enclosure>();

  constructor(private readonly pool: Database) {}

  get db(): Database['db'] {
    return this.enclosing() ?? this.pool.db;
  }

  /** Who is enclosed has a connection already; waiting for another could wait for ever. */
  get turns(): Database['turns'] {
    return this.enclosing() ? undefined : this.pool.turns;
  }

  /** The enclosing transaction is watched already. */
  get pulse(): Database['pulse'] {
    return this.enclosing() ? undefined : this.pool.pulse;
  }

  get isEnclosed(): boolean {
    return this.enclosing() !== undefined;
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /**
   * Runs `work` in one transaction of a tenant. Commits when it resolves; a throw takes back all of it, also the parts that had ended well.
   * The parts come one after the other: savepoints of one connection cannot be open side by side.
   */
  enclose<T>(tenantId: TenantId, work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTenant(this.pool, tenantId, async (tx) => {
      const enclosure: Enclosure = { tx };
      try {
        return await this.enclosures.run(enclosure, () => work(tx));
      } finally {
        enclosure.tx = undefined;
      }
    });
  }

  private enclosing(): Tx | undefined {
    return this.enclosures.getStore()?.tx;
  }
}
