import { Module } from '@nestjs/common';
import { createHttpTransport } from '@koppel/exact-client/auth';
import type { TokenCipher } from '@koppel/persistence';
import type { Config } from '../config.js';
import type { Chance } from '../deps.js';
import { CHANCE, CIPHER, CONFIG, CONSENT } from '../tokens.js';
import { ConfigurationController } from './configuration.controller.js';
import { ConnectionsController } from './connections.controller.js';
import { CouplingPage } from './coupling-page.js';
import { ExactConsent } from './exact-consent.js';
import { StepsController } from './steps.controller.js';

@Module({
  controllers: [ConnectionsController, ConfigurationController, StepsController],
  providers: [
    CouplingPage,
    {
      provide: CONSENT,
      inject: [CONFIG, CIPHER, CHANCE],
      useFactory: (config: Config, cipher: TokenCipher, chance: Chance) =>
        new ExactConsent({ config: config.exact, transport: createHttpTransport(), cipher, now: chance.now }),
    },
  ],
})
export class CouplingModule {}
