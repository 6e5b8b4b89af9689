import { Module, type DynamicModule } from '@nestjs/common';
import { AdministrationsModule } from './administrations/administrations.module.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { CoreModule, type CoreParts } from './core/core.module.js';
import { CouplingModule } from './coupling/coupling.module.js';
import { DashboardModule } from './dashboard/dashboard.module.js';
import { HealthModule } from './health/health.module.js';
import { InvoicingModule } from './invoicing/invoicing.module.js';
import { IssuesModule } from './issues/issues.module.js';
import { OperatorModule } from './operator/operator.module.js';
import { RelationsModule } from './relations/relations.module.js';
import { SessionModule } from './session/session.module.js';
import { SettingsModule } from './settings/settings.module.js';
import { SyncRunsModule } from './sync-runs/sync-runs.module.js';
import { WebhookEndpointsModule } from './webhook-endpoints/webhook-endpoints.module.js';

/** One module per context; each holds its controllers, and takes the rest from CoreModule. */
const contexts = [
  HealthModule,
  SessionModule,
  OperatorModule,
  ApiKeysModule,
  CouplingModule,
  AdministrationsModule,
  SyncRunsModule,
  RelationsModule,
  IssuesModule,
  SettingsModule,
  InvoicingModule,
  DashboardModule,
  WebhookEndpointsModule,
];

@Module({})
export class AppModule {
  static of(parts: CoreParts): DynamicModule {
    return { module: AppModule, imports: [CoreModule.of(parts), ...contexts] };
  }
}
