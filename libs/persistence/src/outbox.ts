import type { Message, Outbox, TenantId } from '@koppel/domain/kernel';
import type { Tx } from './database.js';
import { portionsOf } from './relations/arrays.js';
import { outbox } from './schema/index.js';
import { sql } from 'drizzle-orm';

const rowsPerStatement = 500;

/** Outbox rows of the running transaction. */
export class DrizzleOutbox implements Outbox {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async add(message: Message, availableAt?: Date): Promise<void> {
    await this.tx
      .insert(outbox)
      .values({ tenantId: this.tenantId, message, availableAt: availableAt ?? sql`now()` });
  }

  async addMany(messages: readonly Message[]): Promise<void> {
    for (const portion of portionsOf(messages, rowsPerStatement))
      await this.tx
        .insert(outbox)
        .values(portion.map((message) => ({ tenantId: this.tenantId, message, availableAt: sql`now()` })));
  }
}
