import { Module } from '@nestjs/common';
import type { Consents } from '@koppel/domain/coupling';
import { createHttpTransport } from '@koppel/exact-client/auth';
import { DrizzleConsentsElsewhere, type Database, type TokenCipher } from '@koppel/persistence';
import type { Config } from '../config.js';
import type { Chance } from '../deps.js';
import { CHANCE, CIPHER, CONFIG, CONSENTS, DATABASE } from '../tokens.js';
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
      provide: CONSENTS,
      inject: [CONFIG, CIPHER, CHANCE, DATABASE],
      useFactory: consentsOf,
    },
  ],
})
export class CouplingModule {}

function consentsOf(...parts: [Config, TokenCipher, Chance, Database]): Consents {
  const [{ exact }, cipher, { now }, database] = parts;
  return {
    consent: new ExactConsent({ config: exact, transport: createHttpTransport(), cipher, now }),
    elsewhere: new DrizzleConsentsElsewhere(database),
  };
}
