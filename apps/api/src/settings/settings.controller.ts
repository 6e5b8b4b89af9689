import { Controller, Inject } from '@nestjs/common';
import {
  listSettingsEndpoint,
  saveSettingsEndpoint,
  type AdministrationSettings,
  type Response,
} from '@koppel/contracts';
import { asId, ok, type AdministrationId, type Deps, type TenantId } from '@koppel/domain/kernel';
import { saveSettings } from '@koppel/domain/settings';
import type { FullTransaction } from '@koppel/persistence';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { DEPS } from '../tokens.js';
import { toSettingsResponse, withSettings } from './settings-response.js';

@Controller()
export class SettingsController {
  constructor(@Inject(DEPS) private readonly deps: Deps<FullTransaction>) {}

  @Route(listSettingsEndpoint)
  async list(
    @Call() call: Call<typeof listSettingsEndpoint>,
  ): Promise<Response<typeof listSettingsEndpoint>> {
    return { items: await this.read(call.tenantId) };
  }

  @Route(saveSettingsEndpoint)
  async save(@Call() call: Call<typeof saveSettingsEndpoint>): Promise<AdministrationSettings> {
    const administrationId = asId<AdministrationId>(call.params.id);
    const saved = await saveSettings(this.deps, {
      tenantId: call.tenantId,
      administrationId,
      values: call.body.values, // the contract's keys are the domain's
      version: call.body.version,
      actor: call.actor,
    });
    unwrap(saveSettingsEndpoint, saved);
    const [settings] = await this.read(call.tenantId, administrationId);
    return settings as AdministrationSettings; // it was saved above
  }

  private async read(tenantId: TenantId, only?: AdministrationId): Promise<AdministrationSettings[]> {
    const answered = await this.deps.uow.run(tenantId, async (tx) => {
      const coupled = withSettings(await tx.administrations.findMany());
      const items: AdministrationSettings[] = [];
      for (const administration of coupled)
        if (only === undefined || administration.id === only)
          items.push(await toSettingsResponse(tx, administration, coupled[0]));
      return ok(items);
    });
    return answered.ok ? answered.value : [];
  }
}
