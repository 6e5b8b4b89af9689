import { Module } from '@nestjs/common';
import { createHttpTransport, type Transport } from '@koppel/exact-client/auth';
import type { TokenCipher } from '@koppel/persistence';
import type { Config } from '../config.js';
import type { Chance } from '../deps.js';
import { CHANCE, CIPHER, CONFIG, CONSENT, TRANSPORT } from '../tokens.js';
import { ConfigurationController } from './configuration.controller.js';
import { ConnectionsController } from './connections.controller.js';
import { CouplingPage } from './coupling-page.js';
import { ExactConsent } from './exact-consent.js';
import { StepsController } from './steps.controller.js';

@Module({
  controllers: [ConnectionsController, ConfigurationController, StepsController],
  providers: [
    CouplingPage,
    { provide: TRANSPORT, useFactory: (): Transport => createHttpTransport() },
    {
      provide: CONSENT,
      inject: [CONFIG, TRANSPORT, CIPHER, CHANCE],
      useFactory: (config: Config, transport: Transport, cipher: TokenCipher, chance: Chance) =>
        new ExactConsent({ config: config.exact, transport, cipher, now: chance.now }),
    },
  ],
})
export class CouplingModule {}
