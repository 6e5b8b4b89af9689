import { Controller, Inject } from '@nestjs/common';
import {
  listTenantFeaturesEndpoint,
  notFound,
  setTenantFeatureEndpoint,
  type Response,
} from '@koppel/contracts';
import { openCoupling } from '@koppel/domain/coupling';
import { cancelOpenRun } from '@koppel/domain/sync';
import { asId, type Deps, type TenantId } from '@koppel/domain/kernel';
import { inSystem, type EnclosableDatabase, type FullTransaction } from '@koppel/persistence';
import { findTenantFeatures, saveTenantFeature, type TenantFeature } from '@koppel/persistence/tenancy';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { DATABASE, DEPS } from '../tokens.js';

/** Step 0: helpdesk and consultants switch the feature on for an organisation; switched off, what is running ends (F82). */
@Controller()
export class OperatorController {
  constructor(
    @Inject(DATABASE) private readonly database: EnclosableDatabase,
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
  ) {}

  @Route(listTenantFeaturesEndpoint)
  async list(): Promise<Response<typeof listTenantFeaturesEndpoint>> {
    const items = await inSystem(this.database, (tx) => findTenantFeatures(tx));
    return { items: items.map(toResponse) };
  }

  @Route(setTenantFeatureEndpoint)
  async set(
    @Call() call: Call<typeof setTenantFeatureEndpoint>,
  ): Promise<Response<typeof setTenantFeatureEndpoint>> {
    const tenantId = asId<TenantId>(call.params.id);
    const enabled = call.body.isEnabled ? { at: this.deps.now(), by: call.actor.name } : null;
    // In one transaction: an organisation that is off never keeps a run that goes on.
    return this.database.enclose(tenantId, async () => {
      const saved = await inSystem(this.database, (tx) => saveTenantFeature(tx, tenantId, enabled));
      if (!saved) throw new ProblemError(notFound);
      if (enabled) await openCoupling(this.deps, { tenantId });
      else await cancelOpenRun(this.deps, { tenantId });
      return toResponse(saved);
    });
  }
}

function toResponse({
  id,
  name,
  enabledAt,
  enabledBy,
}: TenantFeature): Response<typeof setTenantFeatureEndpoint> {
  return {
    id,
    name,
    isFeatureEnabled: enabledAt !== null,
    enabledAt: enabledAt?.toISOString() ?? null,
    enabledBy,
  };
}
