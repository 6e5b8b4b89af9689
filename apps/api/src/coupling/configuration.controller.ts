import { Controller, Inject } from '@nestjs/common';
import {
  checkCodeEndpoint,
  estimateHandlingEndpoint,
  getConfigurationEndpoint,
  saveConfigurationEndpoint,
  selectAdministrationsEndpoint,
  type Configuration,
  type Coupling,
  type Response,
} from '@koppel/contracts';
import { checkCode } from '@koppel/domain/administrations';
import {
  readConfiguration,
  saveConfiguration,
  selectAdministrations,
  type Configuration as DomainConfiguration,
} from '@koppel/domain/coupling';
import { numberingYear } from '@koppel/domain/invoicing';
import { asId, type AdministrationId, type Deps } from '@koppel/domain/kernel';
import { dutchDay } from '@koppel/domain/relations';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { readHandlingEstimates, readNextSequence } from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { previewNumber } from '../invoicing/preview-number.js';
import { DATABASE, DEPS } from '../tokens.js';
import { CouplingPage } from './coupling-page.js';

@Controller()
export class ConfigurationController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CouplingPage) private readonly page: CouplingPage,
  ) {}

  @Route(selectAdministrationsEndpoint)
  async select(@Call() call: Call<typeof selectAdministrationsEndpoint>): Promise<Coupling> {
    const { tenantId, actor } = call;
    const administrationIds = call.body.administrationIds.map((id) => asId<AdministrationId>(id));
    const selected = await selectAdministrations(this.deps, { tenantId, actor, administrationIds });
    unwrap(selectAdministrationsEndpoint, selected);
    return this.page.read(tenantId);
  }

  @Route(getConfigurationEndpoint)
  async get(@Call() call: Call<typeof getConfigurationEndpoint>): Promise<Configuration> {
    const read = await readConfiguration(this.deps, { tenantId: call.tenantId });
    return toConfigurationResponse(unwrap(getConfigurationEndpoint, read));
  }

  @Route(estimateHandlingEndpoint)
  async estimate(
    @Call() call: Call<typeof estimateHandlingEndpoint>,
  ): Promise<Response<typeof estimateHandlingEndpoint>> {
    return { estimates: await inTenant(this.database, call.tenantId, readHandlingEstimates) };
  }

  @Route(saveConfigurationEndpoint)
  async save(@Call() call: Call<typeof saveConfigurationEndpoint>): Promise<Configuration> {
    const { contactHandling, codes, version } = call.body;
    const saved = await saveConfiguration(this.deps, {
      tenantId: call.tenantId,
      contactHandling,
      version,
      codes: codes.map((one) => ({
        code: one.code,
        administrationId: asId<AdministrationId>(one.administrationId),
      })),
    });
    return toConfigurationResponse(unwrap(saveConfigurationEndpoint, saved));
  }

  @Route(checkCodeEndpoint)
  async check(@Call() call: Call<typeof checkCodeEndpoint>): Promise<Response<typeof checkCodeEndpoint>> {
    const { tenantId } = call;
    const administrationId = asId<AdministrationId>(call.body.administrationId);
    const checked = await checkCode(this.deps, { tenantId, administrationId, code: call.body.code });
    const { verdict, takenBy, code } = unwrap(checkCodeEndpoint, checked);
    if (code === null || (verdict !== 'free' && verdict !== 'own'))
      return { verdict, takenBy, nextInvoiceNumber: null };
    const year = numberingYear(dutchDay(this.deps.now()));
    const next = await inTenant(this.database, tenantId, (tx) =>
      readNextSequence(tx, { administrationId, year }),
    );
    return { verdict, takenBy, nextInvoiceNumber: previewNumber(year, code, next) };
  }
}

function toConfigurationResponse({
  contactHandling,
  codes,
  confirmationText,
  version,
}: DomainConfiguration): Configuration {
  return { contactHandling, codes: codes.map((one) => ({ ...one })), confirmationText, version };
}
