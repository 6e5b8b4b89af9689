import { isNotNull } from 'drizzle-orm';
import type { Freeze } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { couplings } from '../schema/index.js';

/** The freeze of the coupling, read under row-level security: one row per tenant. */
export class DrizzleFreeze implements Freeze {
  constructor(private readonly tx: Tx) {}

  async isFrozen(): Promise<boolean> {
    return (await this.tx.$count(couplings, isNotNull(couplings.frozenSince))) > 0;
  }
}
