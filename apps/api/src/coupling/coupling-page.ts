import { Inject, Injectable } from '@nestjs/common';
import type { Coupling } from '@koppel/contracts';
import type { TenantId } from '@koppel/domain/kernel';
import { inTenant, type Database } from '@koppel/persistence';
import { readCoupling } from '@koppel/persistence/read';
import type { Chance } from '../deps.js';
import { CHANCE, DATABASE } from '../tokens.js';
import { toCouplingResponse } from './coupling-response.js';

/** The coupling as every endpoint that moves it answers it. */
@Injectable()
export class CouplingPage {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CHANCE) private readonly chance: Chance,
  ) {}

  async read(tenantId: TenantId): Promise<Coupling> {
    const of = { tenantId, now: this.chance.now() };
    return toCouplingResponse(await inTenant(this.database, tenantId, (tx) => readCoupling(tx, of)));
  }
}
