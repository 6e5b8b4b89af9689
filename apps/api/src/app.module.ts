import { Module, type DynamicModule } from '@nestjs/common';
import { CoreModule, type CoreParts } from './core/core.module.js';
import { HealthModule } from './health/health.module.js';
import { SessionModule } from './session/session.module.js';

/** One module per context; each holds its controllers, and takes the rest from CoreModule. */
const contexts = [HealthModule, SessionModule];

@Module({})
export class AppModule {
  static of(parts: CoreParts): DynamicModule {
    return { module: AppModule, imports: [CoreModule.of(parts), ...contexts] };
  }
}
