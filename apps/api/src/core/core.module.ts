import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { EnclosableDatabase, TokenCipher, type Database } from '@koppel/persistence';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { createDeps, type Chance } from '../deps.js';
import type { RequestDurations } from '../metrics/request-durations.js';
import { Callers } from '../session/callers.js';
import { PasswordIdentities } from '../session/identities.js';
import { CALLERS, CHANCE, CIPHER, CONFIG, DATABASE, DEPS, IDENTITIES, LOG, RESERVED } from '../tokens.js';

/** What the whole api shares. Tests hand in their own clock and logger. */
export interface CoreParts {
  readonly config: Config;
  readonly database: Database;
  /** Asked whether requests can be served, whatever these hold of `database`; that one when left out. Who gives it closes it. */
  readonly reserved?: Database;
  readonly chance: Chance;
  readonly log: Logger;
  /** Told of every answer; nobody is when left out. */
  readonly durations?: RequestDurations;
  /** What ends with the api. Given here: once its server is ready, it takes nothing of the kind any more. */
  readonly onClose?: readonly (() => unknown)[];
}

@Global()
@Module({})
export class CoreModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  static of(parts: CoreParts): DynamicModule {
    const database = new EnclosableDatabase(parts.database); // for IdempotencyInterceptor
    const values = [
      { provide: CONFIG, useValue: parts.config },
      { provide: DATABASE, useValue: database },
      { provide: RESERVED, useValue: parts.reserved ?? database },
      { provide: CHANCE, useValue: parts.chance },
      { provide: LOG, useValue: parts.log },
      { provide: DEPS, useValue: createDeps(database, parts.chance) },
      { provide: CALLERS, useValue: new Callers(database, parts.chance) },
      { provide: IDENTITIES, useValue: new PasswordIdentities(database) },
      { provide: CIPHER, useValue: cipherOf(parts.config) },
    ];
    return { module: CoreModule, providers: values, exports: values.map((value) => value.provide) };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

/** The key ring of the configuration. */
export function cipherOf({ encryption }: Config): TokenCipher {
  const keys = Object.entries(encryption.keys).map(([id, key]) => [id, Buffer.from(key.reveal(), 'base64')]);
  return new TokenCipher({
    currentKeyId: encryption.currentKeyId,
    keys: Object.fromEntries(keys) as Record<string, Uint8Array>,
  });
}
