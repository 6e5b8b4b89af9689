import { Controller, Inject } from '@nestjs/common';
import {
  listSettingsEndpoint,
  saveSettingsEndpoint,
  saveWritePolicyEndpoint,
  type AdministrationSettings,
  type Response,
} from '@koppel/contracts';
import { numberingYear } from '@koppel/domain/invoicing';
import { asId, ok, type AdministrationId, type Deps, type TenantId } from '@koppel/domain/kernel';
import { dutchDay } from '@koppel/domain/relations';
import { saveSettings, saveWritePolicy, withSettings } from '@koppel/domain/settings';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { listNumberSeries } from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { previewNumber } from '../invoicing/preview-number.js';
import { DATABASE, DEPS } from '../tokens.js';
import { toSettingsResponse } from './settings-response.js';

@Controller()
export class SettingsController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

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
      follow: call.body.follow ?? [],
      version: call.body.version,
      actor: call.actor,
    });
    unwrap(saveSettingsEndpoint, saved);
    return this.readOne(call.tenantId, administrationId);
  }

  @Route(saveWritePolicyEndpoint)
  async savePolicy(@Call() call: Call<typeof saveWritePolicyEndpoint>): Promise<AdministrationSettings> {
    const { tenantId, actor } = call;
    const { version, ...policy } = call.body;
    const administrationId = asId<AdministrationId>(call.params.id);
    const command = { tenantId, administrationId, policy, version, actor };
    unwrap(saveWritePolicyEndpoint, await saveWritePolicy(this.deps, command));
    return this.readOne(tenantId, administrationId);
  }

  private async readOne(tenantId: TenantId, id: AdministrationId): Promise<AdministrationSettings> {
    const [settings] = await this.read(tenantId, id);
    return settings as AdministrationSettings; // it was saved a moment ago
  }

  private async read(tenantId: TenantId, only?: AdministrationId): Promise<AdministrationSettings[]> {
    const year = numberingYear(dutchDay(this.deps.now()));
    const series = await inTenant(this.database, tenantId, listNumberSeries);
    const nextOf = (id: string) =>
      series.find((one) => one.administrationId === id && one.year === year)?.next ?? 1;
    const answered = await this.deps.uow.run(tenantId, async (tx) => {
      const coupled = withSettings(await tx.administrations.findMany());
      const items: AdministrationSettings[] = [];
      for (const one of coupled) {
        if (only !== undefined && one.id !== only) continue;
        const nextInvoiceNumber = previewNumber(year, one.code, nextOf(one.id));
        items.push(await toSettingsResponse(tx, one, { first: coupled[0], nextInvoiceNumber }));
      }
      return ok(items);
    });
    return answered.ok ? answered.value : [];
  }
}
